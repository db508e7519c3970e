-- grain: one row per day or month of verification and community of the task
-- needs: facts.claims
WITH days AS (
    SELECT
        CAST(verified_at AS DATE) AS day,
        community_no,
        count(*) AS verified,
        count(CASE WHEN stars = 5 THEN 1 END) AS five_star
    FROM facts.claims
    WHERE verified_at IS NOT NULL
    GROUP BY CAST(verified_at AS DATE), community_no
)
SELECT 'day' AS grain, day AS period_start, community_no, '' AS dimension, '' AS code, verified, five_star
FROM days
UNION ALL
SELECT
    'month', CAST(date_trunc('month', day) AS DATE), community_no, '', '',
    CAST(sum(verified) AS BIGINT), CAST(sum(five_star) AS BIGINT)
FROM days
GROUP BY CAST(date_trunc('month', day) AS DATE), community_no
