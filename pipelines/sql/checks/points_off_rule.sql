-- severity: warning
-- export: points
-- needs: marts.points_off_rule
-- Points of an assigned or urgent task outside the range of the rule, corrections included.
WITH entries AS (
    SELECT
        entry_id,
        kind,
        CAST(points AS VARCHAR) AS points,
        CAST(low AS VARCHAR) AS low,
        CAST(high AS VARCHAR) AS high
    FROM marts.points_off_rule
)
SELECT
    entry_id AS key,
    kind || ' ' || trim(TRAILING '.' FROM trim(TRAILING '0' FROM points)) || ' 分，规则是 '
    || trim(TRAILING '.' FROM trim(TRAILING '0' FROM low)) || ' 至 '
    || trim(TRAILING '.' FROM trim(TRAILING '0' FROM high)) || ' 分' AS message
FROM entries
