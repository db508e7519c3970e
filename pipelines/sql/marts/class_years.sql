-- grain: one row per year, community and class of the people on the roster at the year's end
-- needs: marts.steward_years, facts.stewards
-- How far the people of a class have come towards their own target; target is that of one person.
SELECT
    y.period_start,
    y.community_no,
    y.steward_number,
    count(*) AS stewards,
    count(CASE WHEN s.party_member THEN 1 END) AS party_stewards,
    count(CASE WHEN y.earned <= 0 AND y.earned < y.target THEN 1 END) AS without_points,
    count(CASE WHEN y.earned > 0 AND y.earned < y.target / 2 THEN 1 END) AS below_half,
    count(CASE WHEN y.earned > 0 AND y.earned >= y.target / 2 AND y.earned < y.target THEN 1 END) AS above_half,
    count(CASE WHEN y.earned >= y.target THEN 1 END) AS reached,
    CAST(sum(y.earned) AS DECIMAL(18, 4)) AS earned,
    max(y.target) AS target
FROM marts.steward_years AS y
INNER JOIN facts.stewards AS s ON s.roster_no = y.roster_no
GROUP BY y.period_start, y.community_no, y.steward_number
