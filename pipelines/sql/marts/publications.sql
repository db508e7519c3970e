-- grain: one row per day or month of publication, community, dimension and code
-- needs: facts.tasks, derived.claimed_tasks, meta.rules
-- How far the tasks published then have come by data until. A task without a claim that is closed some other way
-- waits for nobody; the age of a waiting one is counted in days from its publication.
WITH base AS (
    SELECT
        CAST(t.published_at AS DATE) AS day, CAST(date_trunc('month', t.published_at) AS DATE) AS month,
        t.community_no, coalesce(t.category, '') AS category, t.kind, t.points, c.claims,
        c.completed_at, c.verified_at, c.five_star,
        CASE
            WHEN c.task_no IS NOT NULL OR t.closed_at IS NOT NULL THEN ''
            WHEN t.published_at > r.data_until - INTERVAL '3' DAY THEN '0-2'
            WHEN t.published_at > r.data_until - INTERVAL '7' DAY THEN '3-6'
            WHEN t.published_at > r.data_until - INTERVAL '30' DAY THEN '7-29'
            WHEN t.published_at > r.data_until - INTERVAL '90' DAY THEN '30-89'
            ELSE '90+'
        END AS age
    FROM facts.tasks AS t
    CROSS JOIN meta.rules AS r
    LEFT JOIN derived.claimed_tasks AS c ON c.task_no = t.task_no
    WHERE t.published_at IS NOT NULL
)
SELECT
    CASE WHEN grouping(b.day) = 0 THEN 'day' ELSE 'month' END AS grain,
    coalesce(b.day, b.month) AS period_start,
    b.community_no,
    CASE
        WHEN grouping(b.category) = 0 THEN 'category'
        WHEN grouping(b.kind) = 0 THEN 'kind'
        WHEN grouping(b.age) = 0 THEN 'age'
        ELSE ''
    END AS dimension,
    coalesce(b.category, b.kind, b.age, '') AS code,
    count(*) AS published,
    count(b.claims) AS claimed,
    count(b.completed_at) AS completed,
    count(b.verified_at) AS verified,
    count(b.five_star) AS five_star,
    count(CASE WHEN b.age <> '' THEN 1 END) AS unclaimed,
    CAST(coalesce(sum(b.claims), 0) AS BIGINT) AS claims,
    CAST(coalesce(sum(b.points), 0) AS DECIMAL(18, 4)) AS points
FROM base AS b
GROUP BY GROUPING SETS (
    (b.day, b.community_no), (b.month, b.community_no), (b.month, b.community_no, b.category),
    (b.month, b.community_no, b.kind), (b.month, b.community_no, b.age)
)
HAVING grouping(b.age) = 1 OR b.age <> ''
