-- grain: one row per month of publication, community, category and cell of 0.005 degrees (about 500 m)
-- needs: facts.tasks, meta.rules
-- The tasks on the map; longitude and latitude are the middle of the cell, in the district's datum.
SELECT
    CAST(date_trunc('month', t.published_at) AS DATE) AS period_start,
    t.community_no,
    t.category,
    (floor(t.longitude * 2e2) + 5e-1) / 2e2 AS longitude,
    (floor(t.latitude * 2e2) + 5e-1) / 2e2 AS latitude,
    count(*) AS tasks,
    count(t.closed_at) AS closed,
    count(CASE WHEN t.closed_at IS NULL AND t.due_at < r.data_until THEN 1 END) AS overdue
FROM facts.tasks AS t
CROSS JOIN meta.rules AS r
WHERE t.published_at IS NOT NULL AND t.longitude IS NOT NULL AND t.latitude IS NOT NULL
GROUP BY
    CAST(date_trunc('month', t.published_at) AS DATE),
    t.community_no,
    t.category,
    floor(t.longitude * 2e2),
    floor(t.latitude * 2e2)
