-- grain: one row per day or month, community checked into, dimension and code
-- needs: facts.checkins, facts.units
-- located: the community has a registered point, so that there is a distance; only these can be judged.
WITH base AS (
    SELECT
        CAST(c.checked_in_at AS DATE) AS day,
        CAST(date_trunc('month', c.checked_in_at) AS DATE) AS month,
        c.community_no, coalesce(CAST(c.steward_number AS VARCHAR), '') AS steward_number,
        coalesce(u.unit_id, '') AS unit,
        CASE
            WHEN c.distance_m IS NULL THEN ''
            WHEN c.distance_m <= 10 THEN '0-10' WHEN c.distance_m <= 20 THEN '10-20'
            WHEN c.distance_m <= 30 THEN '20-30' WHEN c.distance_m <= 40 THEN '30-40'
            WHEN c.distance_m <= 50 THEN '40-50' WHEN c.distance_m <= 60 THEN '50-60'
            WHEN c.distance_m <= 80 THEN '60-80' WHEN c.distance_m <= 100 THEN '80-100'
            WHEN c.distance_m <= 200 THEN '100-200' WHEN c.distance_m <= 500 THEN '200-500'
            WHEN c.distance_m <= 1000 THEN '500-1000' ELSE '1000+'
        END AS distance,
        c.distance_m,
        CASE WHEN c.valid THEN 1 END AS valid
    FROM facts.checkins AS c
    LEFT JOIN facts.units AS u ON u.unit_no = c.unit_no
)
SELECT
    CASE WHEN grouping(b.day) = 0 THEN 'day' ELSE 'month' END AS grain,
    coalesce(b.day, b.month) AS period_start,
    b.community_no,
    CASE
        WHEN grouping(b.steward_number) = 0 THEN 'steward_number'
        WHEN grouping(b.unit) = 0 THEN 'unit'
        WHEN grouping(b.distance) = 0 THEN 'distance'
        ELSE ''
    END AS dimension,
    coalesce(b.steward_number, b.unit, b.distance, '') AS code,
    count(*) AS checkins,
    count(b.distance_m) AS located,
    count(b.valid) AS valid
FROM base AS b
GROUP BY GROUPING SETS (
    (b.day, b.community_no), (b.month, b.community_no), (b.month, b.community_no, b.steward_number),
    (b.month, b.community_no, b.unit), (b.month, b.community_no, b.distance)
)
