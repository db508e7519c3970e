-- grain: one row per day or month of claiming, community of the task, dimension and code
-- needs: facts.claims, facts.stewards
-- What became of the claims by data until; steward_number is the class of the claimant on the day of the claim.
WITH days AS (
    SELECT
        CAST(claimed_at AS DATE) AS day,
        community_no,
        count(*) AS claims,
        count(completed_at) AS completed,
        count(verified_at) AS verified,
        count(CASE WHEN verdict = '通过' THEN 1 END) AS passed,
        count(CASE WHEN verdict = '退回' THEN 1 END) AS returned,
        count(stars) AS rated,
        CAST(coalesce(sum(stars), 0) AS BIGINT) AS stars,
        count(CASE WHEN stars = 5 THEN 1 END) AS five_star,
        count(CASE WHEN verifier_no = steward_no THEN 1 END) AS self_verified
    FROM facts.claims
    GROUP BY CAST(claimed_at AS DATE), community_no
)
SELECT
    'day' AS grain, day AS period_start, community_no, '' AS dimension, '' AS code,
    claims, completed, verified, passed, returned, rated, stars, five_star, self_verified
FROM days
UNION ALL
SELECT
    'month', CAST(date_trunc('month', day) AS DATE), community_no, '', '',
    CAST(sum(claims) AS BIGINT), CAST(sum(completed) AS BIGINT), CAST(sum(verified) AS BIGINT),
    CAST(sum(passed) AS BIGINT), CAST(sum(returned) AS BIGINT), CAST(sum(rated) AS BIGINT),
    CAST(sum(stars) AS BIGINT), CAST(sum(five_star) AS BIGINT), CAST(sum(self_verified) AS BIGINT)
FROM days
GROUP BY CAST(date_trunc('month', day) AS DATE), community_no
UNION ALL
SELECT
    'month', CAST(date_trunc('month', c.claimed_at) AS DATE), c.community_no, 'steward_number',
    coalesce(CAST(s.steward_number AS VARCHAR), ''), count(*), count(c.completed_at), count(c.verified_at),
    count(CASE WHEN c.verdict = '通过' THEN 1 END), count(CASE WHEN c.verdict = '退回' THEN 1 END),
    count(c.stars), CAST(coalesce(sum(c.stars), 0) AS BIGINT), count(CASE WHEN c.stars = 5 THEN 1 END),
    count(CASE WHEN c.verifier_no = c.steward_no THEN 1 END)
FROM facts.claims AS c
LEFT JOIN facts.stewards AS s
    ON s.steward_no = c.steward_no
    AND s.valid_from <= CAST(c.claimed_at AS DATE)
    AND s.valid_to > CAST(c.claimed_at AS DATE)
GROUP BY CAST(date_trunc('month', c.claimed_at) AS DATE), c.community_no, s.steward_number
