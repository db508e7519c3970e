-- severity: warning
-- export: points
-- needs: facts.points, meta.rules
-- Points of an assigned or urgent task outside the range of the rule, corrections included.
WITH entries AS (
    SELECT
        p.entry_id,
        p.kind,
        CAST(p.points AS VARCHAR) AS points,
        CAST(CASE WHEN p.kind = '派单任务' THEN r.assigned_low ELSE r.urgent_low END AS VARCHAR) AS low,
        CAST(CASE WHEN p.kind = '派单任务' THEN r.assigned_high ELSE r.urgent_high END AS VARCHAR) AS high
    FROM facts.points AS p
    CROSS JOIN meta.rules AS r
    WHERE
        (p.kind = '派单任务' AND (p.points < r.assigned_low OR p.points > r.assigned_high))
        OR (p.kind = '突发任务' AND (p.points < r.urgent_low OR p.points > r.urgent_high))
)
SELECT
    entry_id AS key,
    kind || ' ' || trim(TRAILING '.' FROM trim(TRAILING '0' FROM points)) || ' 分，规则是 '
    || trim(TRAILING '.' FROM trim(TRAILING '0' FROM low)) || ' 至 '
    || trim(TRAILING '.' FROM trim(TRAILING '0' FROM high)) || ' 分' AS message
FROM entries
