-- grain: one row per list, year or month of it, and person's honour
-- needs: facts.honours, facts.areas
-- Who has a medal (of a year), who is a star (of a month), and who has stars of the year but no medal of it: in the
-- community of the latest star. Places are those in the community, best or newest first: the first ones of a larger
-- area are among the first ones of its communities, so a screen reads as many of each; `every` counts them all.
WITH base AS (
    SELECT
        CAST(date_trunc('year', awarded_on) AS DATE) AS year, CAST(date_trunc('month', awarded_on) AS DATE) AS month,
        honour_id, steward_no, steward_id, roster_no, steward_number, community_no, kind, awarded_on AS day,
        CASE WHEN kind = '红管家之星' THEN 1 END AS star,
        CASE kind WHEN '金质' THEN 1 WHEN '银质' THEN 2 WHEN '铜质' THEN 3 END AS medal
    FROM facts.honours
), counted AS (
    SELECT
        year, month, steward_id, roster_no, steward_number, community_no, kind, day, star, medal,
        count(star) OVER (PARTITION BY year, steward_no) AS stars,
        count(medal) OVER (PARTITION BY year, steward_no) AS medals,
        row_number() OVER (PARTITION BY year, steward_no, star ORDER BY day DESC, honour_id) AS newest
    FROM base
), listed AS (
    SELECT
        'medals' AS list, year AS period_start, community_no, steward_id, roster_no, steward_number, kind, day,
        0 AS stars, medal AS class, NULL AS newest_day
    FROM counted
    WHERE medal > 0
    UNION ALL
    SELECT 'stars', month, community_no, steward_id, roster_no, steward_number, kind, day, 0, NULL, day
    FROM counted
    WHERE star = 1
    UNION ALL
    SELECT 'candidates', year, community_no, steward_id, roster_no, steward_number, kind, day, stars, NULL, day
    FROM counted
    WHERE star = 1 AND newest = 1 AND medals = 0
)
SELECT
    l.list, l.period_start, l.community_no, a.area_code, l.steward_id, l.roster_no, l.steward_number, l.kind, l.class,
    l.day, l.stars,
    row_number() OVER (
        PARTITION BY l.list, l.period_start, l.community_no
        ORDER BY l.class, l.stars DESC, l.newest_day DESC, l.roster_no, l.day DESC
    ) AS place,
    count(*) OVER (PARTITION BY l.list, l.period_start, l.community_no) AS every
FROM listed AS l
LEFT JOIN facts.areas AS a ON a.area_no = l.community_no
ORDER BY l.list, l.period_start
