-- grain: one row per month of completion, community, kind of project and measuring unit
-- needs: facts.projects
-- Quantities of different measuring units never meet in a sum: there is no row without a kind.
SELECT
    'month' AS grain,
    CAST(date_trunc('month', finished_on) AS DATE) AS period_start,
    community_no,
    'kind' AS dimension,
    kind AS code,
    coalesce(suffix, '') AS suffix,
    count(*) AS projects,
    sum(quantity) AS quantity
FROM facts.projects
WHERE finished_on IS NOT NULL AND quantity IS NOT NULL
GROUP BY CAST(date_trunc('month', finished_on) AS DATE), community_no, kind, coalesce(suffix, '')
