-- severity: warning
-- export: points
-- needs: facts.points, meta.rules
-- Points of an assigned or urgent task outside the range of the rule, corrections included.
SELECT
    p.entry_id AS key,
    p.kind || ' ' || CAST(CAST(p.points AS DOUBLE) AS VARCHAR) || ' 分，规则是 '
    || CAST(CASE WHEN p.kind = '派单任务' THEN r.assigned_low ELSE r.urgent_low END AS VARCHAR) || ' 至 '
    || CAST(CASE WHEN p.kind = '派单任务' THEN r.assigned_high ELSE r.urgent_high END AS VARCHAR) || ' 分' AS message
FROM facts.points AS p
CROSS JOIN meta.rules AS r
WHERE
    (p.kind = '派单任务' AND (p.points < r.assigned_low OR p.points > r.assigned_high))
    OR (p.kind = '突发任务' AND (p.points < r.urgent_low OR p.points > r.urgent_high))
