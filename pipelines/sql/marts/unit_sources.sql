-- grain: one row per quarter, unit, month and kind of the points behind the unit's score
-- needs: facts.points, marts.unit_people
-- Whose points count is what unit_people says of the quarter; spending (兑换, 抽奖) is no part of a score.
SELECT
    m.period_start,
    m.unit_no,
    CAST(date_trunc('month', p.occurred_at) AS DATE) AS month,
    p.kind,
    count(*) AS entries,
    CAST(sum(p.earned) AS DECIMAL(18, 4)) AS earned
FROM facts.points AS p
INNER JOIN marts.unit_people AS m
    ON m.steward_no = p.steward_no AND m.period_start = CAST(date_trunc('quarter', p.occurred_at) AS DATE)
WHERE m.grain = 'quarter' AND p.kind NOT IN ('兑换', '抽奖')
GROUP BY m.period_start, m.unit_no, CAST(date_trunc('month', p.occurred_at) AS DATE), p.kind
