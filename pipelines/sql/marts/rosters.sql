-- grain: one row per period (month, quarter, year, all), community and class of the people on the roster at its end
-- needs: facts.stewards, meta.periods
-- Each person once: of overlapping rows the latest. households counts only where the export gives them.
SELECT
    p.period_no,
    s.community_no,
    s.steward_number,
    count(*) AS stewards,
    count(CASE WHEN s.steward_number >= 4 THEN 1 END) AS residents,
    count(CASE WHEN s.party_member THEN 1 END) AS party_stewards,
    count(s.unit_no) AS members,
    coalesce(sum(s.households), 0) AS households,
    count(s.households) AS with_households
FROM meta.periods AS p
INNER JOIN facts.stewards AS s
    ON s.joined_on <= p.roster_day
    AND s.valid_to > p.roster_day
    AND (s.left_on IS NULL OR s.left_on > p.roster_day)
GROUP BY p.period_no, s.community_no, s.steward_number
