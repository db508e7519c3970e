-- grain: one row per quarter, unit and one of the 25 newest entries of the ledger behind the unit's score
-- needs: facts.points, facts.stewards, facts.tasks, marts.unit_people
-- What the account of a unit shows first, which is then not looked for among all entries of a month.
SELECT
    n.period_start,
    n.unit_no,
    n.place,
    n.entry_id,
    n.occurred_at,
    n.kind,
    n.earned,
    s.steward_id,
    t.task_id,
    t.title
FROM (
    SELECT
        m.period_start,
        m.unit_no,
        m.roster_no,
        p.entry_id,
        p.occurred_at,
        p.kind,
        p.earned,
        p.task_no,
        row_number() OVER (PARTITION BY m.period_start, m.unit_no ORDER BY p.occurred_at DESC, p.entry_id) AS place
    FROM facts.points AS p
    INNER JOIN marts.unit_people AS m
        ON m.steward_no = p.steward_no AND m.period_start = CAST(date_trunc('quarter', p.occurred_at) AS DATE)
    WHERE m.grain = 'quarter' AND p.kind NOT IN ('兑换', '抽奖')
) AS n
INNER JOIN facts.stewards AS s ON s.roster_no = n.roster_no
LEFT JOIN facts.tasks AS t ON t.task_no = n.task_no
WHERE n.place <= 25
