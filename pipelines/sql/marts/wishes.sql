-- grain: one row per day or month of collection, community, dimension and code
-- needs: facts.wishes, meta.rules
-- What became of the wishes by data until; the age of an open one is counted in days from its collection.
WITH base AS (
    SELECT
        CAST(w.collected_at AS DATE) AS day, CAST(date_trunc('month', w.collected_at) AS DATE) AS month,
        w.community_no, w.category, coalesce(w.small_kind, '') AS small_kind, coalesce(w.channel, '') AS channel,
        w.adopted_at, w.fulfilled_at,
        CASE
            WHEN w.fulfilled_at IS NOT NULL THEN ''
            WHEN w.collected_at > r.data_until - INTERVAL '7' DAY THEN '0-6'
            WHEN w.collected_at > r.data_until - INTERVAL '30' DAY THEN '7-29'
            WHEN w.collected_at > r.data_until - INTERVAL '90' DAY THEN '30-89'
            WHEN w.collected_at > r.data_until - INTERVAL '180' DAY THEN '90-179'
            ELSE '180+'
        END AS age
    FROM facts.wishes AS w
    CROSS JOIN meta.rules AS r
)
SELECT
    CASE WHEN grouping(b.day) = 0 THEN 'day' ELSE 'month' END AS grain,
    coalesce(b.day, b.month) AS period_start,
    b.community_no,
    CASE
        WHEN grouping(b.category) = 0 THEN 'category'
        WHEN grouping(b.small_kind) = 0 THEN 'small_kind'
        WHEN grouping(b.channel) = 0 THEN 'channel'
        WHEN grouping(b.age) = 0 THEN 'age'
        ELSE ''
    END AS dimension,
    coalesce(b.category, b.small_kind, b.channel, b.age, '') AS code,
    count(*) AS collected,
    count(b.adopted_at) AS adopted,
    count(b.fulfilled_at) AS fulfilled,
    count(CASE WHEN b.fulfilled_at IS NULL THEN 1 END) AS still_open
FROM base AS b
GROUP BY GROUPING SETS (
    (b.day, b.community_no), (b.month, b.community_no), (b.month, b.community_no, b.category),
    (b.month, b.community_no, b.small_kind), (b.month, b.community_no, b.channel),
    (b.month, b.community_no, b.age)
)
HAVING grouping(b.age) = 1 OR b.age <> ''
