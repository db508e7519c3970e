-- grain: one row per wave, area and indicator; once more without indicator for safety sense, which the question
-- for the bulletin means when it names none
-- needs: facts.bulletins, facts.areas
SELECT
    b.wave,
    a.level,
    b.area_no AS community_no,
    'indicator' AS dimension,
    b.indicator AS code,
    1 AS entries,
    b.value,
    b.rank,
    CASE WHEN b.rank IS NULL THEN 0 ELSE 1 END AS ranked,
    b.ranked_of
FROM facts.bulletins AS b
LEFT JOIN facts.areas AS a ON a.area_no = b.area_no
UNION ALL
SELECT
    b.wave,
    a.level,
    b.area_no,
    '',
    '',
    1,
    b.value,
    b.rank,
    CASE WHEN b.rank IS NULL THEN 0 ELSE 1 END,
    b.ranked_of
FROM facts.bulletins AS b
LEFT JOIN facts.areas AS a ON a.area_no = b.area_no
WHERE b.indicator = '安全感'
