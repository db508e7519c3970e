-- grain: one row per month and merchant, whatever the community of the people
-- needs: marts.points
-- marts.points holds merchants by community, which grows with the entries; this is read for the whole district.
SELECT
    period_start,
    code AS merchant,
    CAST(sum(entries) AS BIGINT) AS entries,
    CAST(sum(spent - lottery) AS DECIMAL(18, 4)) AS redeemed
FROM marts.points
WHERE grain = 'month' AND dimension = 'merchant'
GROUP BY period_start, code
