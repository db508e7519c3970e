-- grain: one row per day or month of award, community of the person, dimension and code
-- needs: facts.honours, facts.units
WITH base AS (
    SELECT
        h.awarded_on AS day, CAST(date_trunc('month', h.awarded_on) AS DATE) AS month, h.community_no, h.kind,
        coalesce(CAST(h.steward_number AS VARCHAR), '') AS steward_number, u.unit_id AS unit,
        CASE WHEN h.kind = '红管家之星' THEN 1 END AS star,
        CASE WHEN h.kind IN ('金质', '银质', '铜质') THEN 1 END AS medal
    FROM facts.honours AS h
    LEFT JOIN facts.units AS u ON u.unit_no = h.unit_no
)
SELECT
    CASE WHEN grouping(b.day) = 0 THEN 'day' ELSE 'month' END AS grain,
    coalesce(b.day, b.month) AS period_start,
    b.community_no,
    CASE
        WHEN grouping(b.kind) = 0 THEN 'kind'
        WHEN grouping(b.steward_number) = 0 THEN 'steward_number'
        WHEN grouping(b.unit) = 0 THEN 'unit'
        ELSE ''
    END AS dimension,
    coalesce(b.kind, b.steward_number, b.unit, '') AS code,
    count(*) AS honours,
    count(b.star) AS stars,
    count(b.medal) AS medals
FROM base AS b
GROUP BY GROUPING SETS (
    (b.day, b.community_no), (b.month, b.community_no), (b.month, b.community_no, b.kind),
    (b.month, b.community_no, b.steward_number), (b.month, b.community_no, b.unit)
)
HAVING grouping(b.unit) = 1 OR b.unit IS NOT NULL
