-- grain: one row per day or month, community of the person, dimension and code
-- needs: facts.points, facts.units, facts.sites
-- Every part reads the ledger on its own: sharing one reading would copy all of it first.
WITH months AS (
    SELECT
        CAST(date_trunc('month', occurred_at) AS DATE) AS period_start, community_no, kind, steward_number,
        count(*) AS entries, sum(earned) AS earned, sum(spent) AS spent
    FROM facts.points
    GROUP BY CAST(date_trunc('month', occurred_at) AS DATE), community_no, kind, steward_number
), parts AS (
    SELECT
        'day' AS grain, CAST(occurred_at AS DATE) AS period_start, community_no, '' AS dimension, '' AS code,
        count(*) AS entries, sum(earned) AS earned, sum(spent) AS spent,
        sum(CASE WHEN kind = '抽奖' THEN spent ELSE 0 END) AS lottery,
        count(CASE WHEN kind = '抽奖' THEN 1 END) AS draws,
        sum(CASE WHEN kind = '扣减' THEN -earned ELSE 0 END) AS deducted
    FROM facts.points
    GROUP BY CAST(occurred_at AS DATE), community_no
    UNION ALL
    SELECT
        'month', period_start, community_no,
        CASE WHEN grouping(kind) = 0 THEN 'kind' WHEN grouping(steward_number) = 0 THEN 'steward_number' ELSE '' END,
        coalesce(kind, CAST(steward_number AS VARCHAR), ''), sum(entries), sum(earned), sum(spent),
        sum(CASE WHEN kind = '抽奖' THEN spent ELSE 0 END),
        sum(CASE WHEN kind = '抽奖' THEN entries ELSE 0 END),
        sum(CASE WHEN kind = '扣减' THEN -earned ELSE 0 END)
    FROM months
    GROUP BY GROUPING SETS (
        (period_start, community_no), (period_start, community_no, kind),
        (period_start, community_no, steward_number)
    )
    UNION ALL
    SELECT
        'month', CAST(date_trunc('month', p.occurred_at) AS DATE), p.community_no, 'unit', u.unit_id,
        count(*), sum(p.earned), sum(p.spent), sum(CASE WHEN p.kind = '抽奖' THEN p.spent ELSE 0 END),
        count(CASE WHEN p.kind = '抽奖' THEN 1 END), sum(CASE WHEN p.kind = '扣减' THEN -p.earned ELSE 0 END)
    FROM facts.points AS p
    INNER JOIN facts.units AS u ON u.unit_no = p.unit_no
    GROUP BY CAST(date_trunc('month', p.occurred_at) AS DATE), p.community_no, u.unit_id
    UNION ALL
    SELECT
        'month', CAST(date_trunc('month', p.occurred_at) AS DATE), p.community_no, 'merchant', m.site_id,
        count(*), sum(p.earned), sum(p.spent), sum(CASE WHEN p.kind = '抽奖' THEN p.spent ELSE 0 END),
        count(CASE WHEN p.kind = '抽奖' THEN 1 END), sum(CASE WHEN p.kind = '扣减' THEN -p.earned ELSE 0 END)
    FROM facts.points AS p
    INNER JOIN facts.sites AS m ON m.site_no = p.merchant_no
    GROUP BY CAST(date_trunc('month', p.occurred_at) AS DATE), p.community_no, m.site_id
)
SELECT
    grain, period_start, community_no, dimension, code,
    CAST(entries AS BIGINT) AS entries, CAST(earned AS DECIMAL(18, 4)) AS earned,
    CAST(spent AS DECIMAL(18, 4)) AS spent, CAST(lottery AS DECIMAL(18, 4)) AS lottery,
    CAST(draws AS BIGINT) AS draws, CAST(deducted AS DECIMAL(18, 4)) AS deducted
FROM parts
