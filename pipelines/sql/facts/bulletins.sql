-- grain: one row per wave, indicator and area of a bulletin from above
-- needs: staged.bulletins
SELECT
    wave,
    indicator,
    area_no,
    value,
    rank,
    ranked_of
FROM staged.bulletins
