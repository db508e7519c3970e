-- grain: one row per period (month, quarter, year, all), unit or community, and number of valid check-ins
-- needs: marts.unit_people
-- How many people of units reached a target follows from it for every target, without counting person by person.
SELECT
    grain,
    period_start,
    CASE WHEN grouping(unit_no) = 0 THEN 'unit' ELSE 'community' END AS dimension,
    unit_no,
    community_no,
    valid_checkins,
    count(*) AS people
FROM marts.unit_people
GROUP BY GROUPING SETS (
    (grain, period_start, unit_no, valid_checkins),
    (grain, period_start, community_no, valid_checkins)
)
