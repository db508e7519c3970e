-- grain: one row per area (NULL: everybody, whatever the community), month and merchant
-- needs: marts.points, facts.area_paths
-- marts.points holds merchants by community, which grows with the entries; of this only the rows of one area are read.
SELECT
    CAST(NULL AS INTEGER) AS area_no,
    period_start,
    code AS merchant,
    CAST(sum(entries) AS BIGINT) AS entries,
    CAST(sum(spent - lottery) AS DECIMAL(18, 4)) AS redeemed
FROM marts.points
WHERE grain = 'month' AND dimension = 'merchant'
GROUP BY period_start, code
UNION ALL
SELECT
    a.ancestor_no AS area_no,
    p.period_start,
    p.code AS merchant,
    CAST(sum(p.entries) AS BIGINT) AS entries,
    CAST(sum(p.spent - p.lottery) AS DECIMAL(18, 4)) AS redeemed
FROM marts.points AS p
INNER JOIN facts.area_paths AS a ON a.area_no = p.community_no
WHERE p.grain = 'month' AND p.dimension = 'merchant'
GROUP BY a.ancestor_no, p.period_start, p.code
ORDER BY area_no NULLS FIRST, period_start, merchant
