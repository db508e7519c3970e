-- grain: one row per day or month of occurrence, community, dimension and code
-- needs: facts.incidents
SELECT
    CASE WHEN grouping(day) = 0 THEN 'day' ELSE 'month' END AS grain,
    coalesce(day, month) AS period_start,
    community_no,
    CASE WHEN grouping(kind) = 0 THEN 'kind' ELSE '' END AS dimension,
    coalesce(kind, '') AS code,
    count(*) AS incidents,
    count(closed_on) AS closed,
    max(last_on) AS last_on
FROM (
    SELECT
        occurred_on AS day, occurred_on AS last_on, CAST(date_trunc('month', occurred_on) AS DATE) AS month,
        community_no, kind, closed_on
    FROM facts.incidents
) AS base
GROUP BY GROUPING SETS ((day, community_no), (month, community_no), (month, community_no, kind))
