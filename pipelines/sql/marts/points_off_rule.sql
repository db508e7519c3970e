-- grain: one row per entry of an assigned or urgent task outside the range of the rule, corrections included
-- needs: facts.points, meta.rules
-- points as they were entered; low and high are the rule's.
SELECT
    p.entry_id,
    p.occurred_at,
    p.kind,
    p.points,
    CASE WHEN p.kind = '派单任务' THEN r.assigned_low ELSE r.urgent_low END AS low,
    CASE WHEN p.kind = '派单任务' THEN r.assigned_high ELSE r.urgent_high END AS high,
    p.community_no
FROM facts.points AS p
CROSS JOIN meta.rules AS r
WHERE
    (p.kind = '派单任务' AND (p.points < r.assigned_low OR p.points > r.assigned_high))
    OR (p.kind = '突发任务' AND (p.points < r.urgent_low OR p.points > r.urgent_high))
