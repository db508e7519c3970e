-- grain: one row per wave, month, community, dimension and code
-- needs: facts.satisfaction, facts.units
-- Sums of weights for rate and interval, over answers with an opinion; answers counts them all.
WITH base AS (
    SELECT
        s.wave, CAST(date_trunc('month', s.surveyed_on) AS DATE) AS month, s.community_no, s.topic,
        coalesce(u.unit_id, '') AS unit,
        s.opinion,
        s.weight * s.opinion AS weight,
        s.weight * s.positive AS positive
    FROM facts.satisfaction AS s
    LEFT JOIN facts.units AS u ON u.unit_no = s.unit_no
)
SELECT
    'month' AS grain,
    b.month AS period_start,
    b.wave,
    b.community_no,
    CASE WHEN grouping(b.topic) = 0 THEN 'topic' WHEN grouping(b.unit) = 0 THEN 'unit' ELSE '' END AS dimension,
    coalesce(b.topic, b.unit, '') AS code,
    count(*) AS answers,
    sum(b.opinion) AS opinions,
    sum(b.positive) AS positive,
    sum(b.weight) AS weight,
    sum(b.weight * b.weight) AS weight_squares
FROM base AS b
GROUP BY GROUPING SETS (
    (b.wave, b.month, b.community_no), (b.wave, b.month, b.community_no, b.topic),
    (b.wave, b.month, b.community_no, b.unit)
)
