-- grain: one row per wave, community, topic and answer
-- needs: facts.satisfaction
-- Answers with an opinion, so that who answered what is told without reading every answer.
SELECT
    s.wave,
    s.community_no,
    coalesce(s.topic, '') AS topic,
    s.answer,
    max(s.positive) AS positive,
    sum(s.weight) AS weight,
    count(*) AS n
FROM facts.satisfaction AS s
WHERE s.opinion = 1
GROUP BY s.wave, s.community_no, coalesce(s.topic, ''), s.answer
