-- grain: one row per wave, month and community
-- needs: facts.safety
-- Sums of weights for rate and interval, over answers with an opinion; answers counts them all.
SELECT
    'month' AS grain,
    CAST(date_trunc('month', surveyed_on) AS DATE) AS period_start,
    wave,
    community_no,
    '' AS dimension,
    '' AS code,
    count(*) AS answers,
    sum(opinion) AS opinions,
    sum(weight * positive) AS positive,
    sum(weight * opinion) AS weight,
    sum(weight * weight * opinion) AS weight_squares
FROM facts.safety
GROUP BY CAST(date_trunc('month', surveyed_on) AS DATE), wave, community_no
