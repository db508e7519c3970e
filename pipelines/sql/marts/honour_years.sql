-- grain: one row per year, community, class and kind of honour
-- needs: facts.honours
SELECT
    CAST(date_trunc('year', h.awarded_on) AS DATE) AS period_start,
    h.community_no,
    h.steward_number,
    h.kind,
    count(*) AS honours
FROM facts.honours AS h
GROUP BY CAST(date_trunc('year', h.awarded_on) AS DATE), h.community_no, h.steward_number, h.kind
