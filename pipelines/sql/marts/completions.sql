-- grain: one row per day or month of completion and community of the task
-- needs: facts.claims
WITH days AS (
    SELECT CAST(completed_at AS DATE) AS day, community_no, count(*) AS completed
    FROM facts.claims
    WHERE completed_at IS NOT NULL
    GROUP BY CAST(completed_at AS DATE), community_no
)
SELECT 'day' AS grain, day AS period_start, community_no, '' AS dimension, '' AS code, completed FROM days
UNION ALL
SELECT 'month', CAST(date_trunc('month', day) AS DATE), community_no, '', '', CAST(sum(completed) AS BIGINT)
FROM days
GROUP BY CAST(date_trunc('month', day) AS DATE), community_no
