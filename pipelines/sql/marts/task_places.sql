-- grain: one row per place of the task, month of publication, category and age
-- needs: facts.tasks, derived.claimed_tasks, marts.task_spots, meta.rules
-- The tasks of marts.task_cells by building, market or street; marts.task_spots says what and where each of them is.
SELECT
    s.spot_no,
    t.community_no,
    CAST(date_trunc('month', t.published_at) AS DATE) AS period_start,
    t.category,
    CASE
        WHEN t.closed_at IS NOT NULL THEN NULL
        WHEN t.published_at > r.data_until - INTERVAL '3' DAY THEN '0-2'
        WHEN t.published_at > r.data_until - INTERVAL '7' DAY THEN '3-6'
        WHEN t.published_at > r.data_until - INTERVAL '30' DAY THEN '7-29'
        WHEN t.published_at > r.data_until - INTERVAL '90' DAY THEN '30-89'
        ELSE '90+'
    END AS age,
    count(*) AS tasks,
    count(t.closed_at) AS closed,
    count(CASE WHEN c.claims IS NULL THEN 1 END) AS unclaimed,
    count(c.class_1) AS class_1,
    count(c.class_2) AS class_2,
    count(c.class_3) AS class_3,
    count(c.class_4) AS class_4,
    count(c.class_5) AS class_5,
    count(c.class_6) AS class_6
FROM facts.tasks AS t
CROSS JOIN meta.rules AS r
JOIN marts.task_spots AS s
    ON s.community_no = coalesce(t.community_no, -1)
    AND s.place = coalesce(t.place, '')
    AND s.east = CASE WHEN coalesce(t.place, '') = '' THEN floor(t.longitude * 1e3) ELSE 0e0 END
    AND s.north = CASE WHEN coalesce(t.place, '') = '' THEN floor(t.latitude * 1e3) ELSE 0e0 END
LEFT JOIN derived.claimed_tasks AS c ON c.task_no = t.task_no
WHERE t.published_at IS NOT NULL AND t.longitude IS NOT NULL AND t.latitude IS NOT NULL
GROUP BY 1, 2, 3, 4, 5
ORDER BY s.spot_no
