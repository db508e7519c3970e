-- grain: one row per community, month in which open tasks fell due, and age in days past due at data until
-- needs: marts.open_tasks, meta.rules
-- What waits too long is counted here once, so that no screen reads every open task. Overdue for long are those of
-- more than 30 days, as the calendar counts.
SELECT
    t.community_no,
    CAST(date_trunc('month', t.due_at) AS DATE) AS due_month,
    CASE
        WHEN t.due_at > r.data_until - INTERVAL '3' DAY THEN '0-2'
        WHEN t.due_at > r.data_until - INTERVAL '7' DAY THEN '3-6'
        WHEN t.due_at > r.data_until - INTERVAL '30' DAY THEN '7-29'
        WHEN t.due_at > r.data_until - INTERVAL '90' DAY THEN '30-89'
        ELSE '90+'
    END AS age,
    count(*) AS tasks,
    count(CASE WHEN CAST(t.due_at AS DATE) < CAST(r.data_until AS DATE) - INTERVAL '30' DAY THEN 1 END) AS overdue_long
FROM marts.open_tasks AS t
CROSS JOIN meta.rules AS r
WHERE t.due_at < r.data_until
GROUP BY 1, 2, 3
