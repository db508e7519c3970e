-- grain: one row per month and cell of 0.005 degrees (about 500 m)
-- needs: facts.checkins
-- The check-ins on the map; longitude and latitude are the middle of the cell, in the district's datum. Nobody can be
-- found in it: it holds no person, and the map leaves out cells with few check-ins.
SELECT
    CAST(date_trunc('month', c.checked_in_at) AS DATE) AS period_start,
    (floor(c.longitude * 2e2) + 5e-1) / 2e2 AS longitude,
    (floor(c.latitude * 2e2) + 5e-1) / 2e2 AS latitude,
    count(*) AS checkins,
    count(CASE WHEN c.valid THEN 1 END) AS valid
FROM facts.checkins AS c
GROUP BY
    CAST(date_trunc('month', c.checked_in_at) AS DATE),
    floor(c.longitude * 2e2),
    floor(c.latitude * 2e2)
