-- grain: one row per wave, community and answer
-- needs: facts.safety
-- Answers with an opinion, so that who answered what is told without reading every answer.
SELECT
    s.wave,
    s.community_no,
    s.answer,
    max(s.positive) AS positive,
    sum(s.weight) AS weight,
    count(*) AS n
FROM facts.safety AS s
WHERE s.opinion = 1
GROUP BY s.wave, s.community_no, s.answer
