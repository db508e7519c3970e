-- grain: one row per month of publication, community, category, age and cell of 0.005 degrees (about 500 m)
-- needs: facts.tasks, derived.claimed_tasks, meta.rules
-- The tasks on the map; longitude and latitude are the middle of the cell, in the district's datum. An open task's age
-- is counted in days from its publication to data until, a closed one has none. class_1 to class_6 count the tasks that
-- a steward of that class has claimed, so a task may stand in several of them.
SELECT
    CAST(date_trunc('month', t.published_at) AS DATE) AS period_start,
    t.community_no,
    t.category,
    CASE
        WHEN t.closed_at IS NOT NULL THEN NULL
        WHEN t.published_at > r.data_until - INTERVAL '3' DAY THEN '0-2'
        WHEN t.published_at > r.data_until - INTERVAL '7' DAY THEN '3-6'
        WHEN t.published_at > r.data_until - INTERVAL '30' DAY THEN '7-29'
        WHEN t.published_at > r.data_until - INTERVAL '90' DAY THEN '30-89'
        ELSE '90+'
    END AS age,
    (floor(t.longitude * 2e2) + 5e-1) / 2e2 AS longitude,
    (floor(t.latitude * 2e2) + 5e-1) / 2e2 AS latitude,
    count(*) AS tasks,
    count(t.closed_at) AS closed,
    count(CASE WHEN t.closed_at IS NULL AND t.due_at < r.data_until THEN 1 END) AS overdue,
    count(CASE WHEN c.claims IS NULL THEN 1 END) AS unclaimed,
    count(c.class_1) AS class_1,
    count(c.class_2) AS class_2,
    count(c.class_3) AS class_3,
    count(c.class_4) AS class_4,
    count(c.class_5) AS class_5,
    count(c.class_6) AS class_6
FROM facts.tasks AS t
CROSS JOIN meta.rules AS r
LEFT JOIN derived.claimed_tasks AS c ON c.task_no = t.task_no
WHERE t.published_at IS NOT NULL AND t.longitude IS NOT NULL AND t.latitude IS NOT NULL
GROUP BY 1, 2, 3, 4, floor(t.longitude * 2e2), floor(t.latitude * 2e2)
