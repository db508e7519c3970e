-- grain: one row per day or month of beginning, community, dimension and code
-- needs: facts.projects
-- finished: by data until.
SELECT
    CASE WHEN grouping(day) = 0 THEN 'day' ELSE 'month' END AS grain,
    coalesce(day, month) AS period_start,
    community_no,
    CASE WHEN grouping(kind) = 0 THEN 'kind' ELSE '' END AS dimension,
    coalesce(kind, '') AS code,
    count(*) AS projects,
    count(finished_on) AS finished,
    coalesce(sum(amount), 0) AS amount
FROM (
    SELECT
        started_on AS day, CAST(date_trunc('month', started_on) AS DATE) AS month, community_no, kind,
        finished_on, amount
    FROM facts.projects
) AS base
GROUP BY GROUPING SETS ((day, community_no), (month, community_no), (month, community_no, kind))
