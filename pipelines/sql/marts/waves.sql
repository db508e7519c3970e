-- grain: one row per wave of any survey or bulletin
-- needs: facts.satisfaction, facts.safety, facts.bulletins
-- The first day orders the waves; a wave that only a bulletin names has none.
SELECT
    wave,
    min(surveyed_on) AS first_day,
    max(surveyed_on) AS last_day
FROM (
    SELECT wave, surveyed_on FROM facts.satisfaction
    UNION ALL
    SELECT wave, surveyed_on FROM facts.safety
    UNION ALL
    SELECT wave, CAST(NULL AS DATE) FROM facts.bulletins
) AS every_wave
GROUP BY wave
