-- grain: one row per day or month of closing, community, dimension and code
-- needs: facts.tasks
WITH base AS (
    SELECT
        CAST(closed_at AS DATE) AS day,
        CAST(date_trunc('month', closed_at) AS DATE) AS month,
        community_no,
        coalesce(category, '') AS category,
        kind
    FROM facts.tasks
    WHERE closed_at IS NOT NULL
)
SELECT
    CASE WHEN grouping(day) = 0 THEN 'day' ELSE 'month' END AS grain,
    coalesce(day, month) AS period_start,
    community_no,
    CASE WHEN grouping(category) = 0 THEN 'category' WHEN grouping(kind) = 0 THEN 'kind' ELSE '' END AS dimension,
    coalesce(category, kind, '') AS code,
    count(*) AS closed
FROM base
GROUP BY GROUPING SETS (
    (day, community_no), (month, community_no), (month, community_no, category), (month, community_no, kind)
)
