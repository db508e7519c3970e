-- grain: one row per roster row of a person, month and source (ledger or check-ins)
-- needs: facts.points, facts.checkins
-- Grows with people and months, not with entries; what people did in a period is summed from it. entries are those
-- of the ledger that count towards a score: all but spending.
SELECT
    CAST(date_trunc('month', occurred_at) AS DATE) AS period_start,
    roster_no,
    steward_no,
    CAST(sum(earned) AS DECIMAL(18, 4)) AS earned,
    count(*) AS entries,
    CAST(0 AS BIGINT) AS checkins,
    CAST(0 AS BIGINT) AS valid_checkins
FROM facts.points
WHERE kind NOT IN ('兑换', '抽奖')
GROUP BY CAST(date_trunc('month', occurred_at) AS DATE), roster_no, steward_no
UNION ALL
SELECT
    CAST(date_trunc('month', checked_in_at) AS DATE),
    roster_no,
    steward_no,
    0,
    0,
    count(*),
    count(CASE WHEN valid THEN 1 END)
FROM facts.checkins
GROUP BY CAST(date_trunc('month', checked_in_at) AS DATE), roster_no, steward_no
