-- grain: one row per area of any level
-- needs: staged.areas
SELECT
    area_no,
    area_code,
    name,
    level,
    parent_no,
    longitude,
    latitude,
    households,
    population
FROM staged.areas
