-- grain: one row per day or month, community, dimension and code
-- needs: facts.activities, facts.units
WITH base AS (
    SELECT
        a.held_on AS day,
        CAST(date_trunc('month', a.held_on) AS DATE) AS month,
        a.community_no,
        a.kind,
        coalesce(u.unit_id, '') AS unit,
        a.participants,
        a.served,
        a.funds
    FROM facts.activities AS a
    LEFT JOIN facts.units AS u ON u.unit_no = a.unit_no
)
SELECT
    CASE WHEN grouping(b.day) = 0 THEN 'day' ELSE 'month' END AS grain,
    coalesce(b.day, b.month) AS period_start,
    b.community_no,
    CASE WHEN grouping(b.kind) = 0 THEN 'kind' WHEN grouping(b.unit) = 0 THEN 'unit' ELSE '' END AS dimension,
    coalesce(b.kind, b.unit, '') AS code,
    count(*) AS activities,
    coalesce(sum(b.participants), 0) AS participants,
    coalesce(sum(b.served), 0) AS served,
    coalesce(sum(b.funds), 0) AS funds
FROM base AS b
GROUP BY GROUPING SETS (
    (b.day, b.community_no), (b.month, b.community_no), (b.month, b.community_no, b.kind),
    (b.month, b.community_no, b.unit)
)
