-- grain: one row per year, community of the person, dimension and code
-- needs: marts.steward_years
-- How far the people have come towards the annual target of their own class, in tenths of it.
WITH base AS (
    SELECT
        period_start,
        community_no,
        CASE
            WHEN target IS NULL OR target <= 0 THEN ''
            WHEN earned <= 0 THEN '0'
            WHEN earned < target THEN
                CASE CAST(floor(earned * 10 / target) AS INTEGER)
                    WHEN 0 THEN '0-10' WHEN 1 THEN '10-20' WHEN 2 THEN '20-30' WHEN 3 THEN '30-40'
                    WHEN 4 THEN '40-50' WHEN 5 THEN '50-60' WHEN 6 THEN '60-70' WHEN 7 THEN '70-80'
                    WHEN 8 THEN '80-90' ELSE '90-100'
                END
            WHEN earned < target * 15e-1 THEN '100-150'
            ELSE '150+'
        END AS progress
    FROM marts.steward_years
)
SELECT
    'year' AS grain,
    period_start,
    community_no,
    CASE WHEN grouping(progress) = 0 THEN 'progress' ELSE '' END AS dimension,
    coalesce(progress, '') AS code,
    count(*) AS stewards
FROM base
GROUP BY GROUPING SETS ((period_start, community_no), (period_start, community_no, progress))
