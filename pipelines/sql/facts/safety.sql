-- grain: one row per answer of a survey of safety sense
-- needs: staged.safety, meta.safe, meta.unknown
-- opinion is 0 for "don't know", which is left out of every base; positive is 1 for a safe answer.
SELECT
    r.response_id,
    r.wave,
    r.surveyed_on,
    r.community_no,
    r.answer,
    CAST(coalesce(r.weight, 1) AS DECIMAL(18, 6)) AS weight,
    CASE WHEN u.answer IS NULL THEN 1 ELSE 0 END AS opinion,
    CASE WHEN u.answer IS NULL AND s.answer IS NOT NULL THEN 1 ELSE 0 END AS positive
FROM staged.safety AS r
LEFT JOIN meta.safe AS s ON s.answer = r.answer
LEFT JOIN meta.unknown AS u ON u.answer = r.answer
