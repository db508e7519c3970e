-- grain: one row per period (month, quarter, year, all), unit and person on its roster at the period's end
-- needs: facts.stewards, marts.steward_months, meta.periods, meta.period_months
-- All that the person did in the period counts, wherever it was done. Who stands on the rosters of two units at
-- once (a finding) is counted by both, once each.
WITH own AS (
    SELECT m.period_start, m.steward_no, m.earned, m.entries, m.checkins, m.valid_checkins
    FROM marts.steward_months AS m
    WHERE m.steward_no IN (SELECT steward_no FROM facts.stewards WHERE unit_no IS NOT NULL)
), sums AS (
    SELECT
        p.period_no, m.steward_no,
        sum(m.earned) AS earned, CAST(sum(m.entries) AS BIGINT) AS entries,
        sum(m.checkins) AS checkins, sum(m.valid_checkins) AS valid_checkins
    FROM own AS m
    INNER JOIN meta.period_months AS p ON p.month = m.period_start
    GROUP BY p.period_no, m.steward_no
), members AS (
    SELECT p.period_no, s.unit_no, s.steward_no, max(s.roster_no) AS roster_no
    FROM meta.periods AS p
    INNER JOIN facts.stewards AS s
        ON s.joined_on <= p.roster_day AND (s.left_on IS NULL OR s.left_on > p.roster_day)
    WHERE s.unit_no IS NOT NULL
    GROUP BY p.period_no, s.unit_no, s.steward_no
)
SELECT
    p.grain,
    p.first_day AS period_start,
    m.unit_no,
    m.roster_no,
    m.steward_no,
    s.community_no,
    s.steward_number,
    s.party_member,
    coalesce(e.earned, 0) AS earned,
    coalesce(e.entries, 0) AS entries,
    coalesce(e.checkins, 0) AS checkins,
    coalesce(e.valid_checkins, 0) AS valid_checkins
FROM members AS m
INNER JOIN meta.periods AS p ON p.period_no = m.period_no
INNER JOIN facts.stewards AS s ON s.roster_no = m.roster_no
LEFT JOIN sums AS e ON e.period_no = m.period_no AND e.steward_no = m.steward_no
-- The people of a unit stand together: a question of one unit reads one part of the table.
ORDER BY p.grain, p.first_day, m.unit_no
