-- grain: one row per entry of the points ledger
-- needs: staged.points, facts.stewards
-- Place, unit and class are those of the roster row in which the entry falls. Spending (兑换, 抽奖) is no loss
-- of earned points, whatever its sign; a deduction (扣减) is one; a correction keeps its sign.
SELECT
    p.entry_id,
    p.steward_no,
    s.roster_no,
    p.occurred_at,
    CAST(p.points AS DECIMAL(10, 4)) AS points,
    p.kind,
    CAST(
        CASE
            WHEN p.kind IN ('兑换', '抽奖') THEN 0
            WHEN p.kind = '扣减' THEN -abs(p.points)
            ELSE p.points
        END AS DECIMAL(10, 4)
    ) AS earned,
    CAST(CASE WHEN p.kind IN ('兑换', '抽奖') THEN abs(p.points) ELSE 0 END AS DECIMAL(10, 4)) AS spent,
    p.task_no,
    p.merchant_no,
    s.community_no,
    s.unit_no,
    s.steward_number
FROM staged.points AS p
LEFT JOIN facts.stewards AS s
    ON s.steward_no = p.steward_no
    AND s.valid_from <= CAST(p.occurred_at AS DATE)
    AND s.valid_to > CAST(p.occurred_at AS DATE)
