-- grain: one row per grain, community, dimension and code: the sites as they stand at data until
-- needs: facts.areas, facts.sites, meta.periods
-- Sites have no dates: the only periods are those that hold data until. Every community counts, also without a site.
WITH by_kind AS (
    SELECT
        community_no, kind, 0 AS communities, 0 AS without_station, count(*) AS sites,
        count(CASE WHEN kind = '驿站' THEN 1 END) AS stations,
        count(CASE WHEN kind = '工作室' THEN 1 END) AS studios,
        count(CASE WHEN kind = '商户' THEN 1 END) AS merchants
    FROM facts.sites
    WHERE kind IS NOT NULL
    GROUP BY community_no, kind
), parts AS (
    SELECT community_no, '' AS dimension, '' AS code, communities, without_station, sites, stations, studios, merchants
    FROM by_kind
    UNION ALL
    SELECT community_no, 'kind', kind, communities, without_station, sites, stations, studios, merchants
    FROM by_kind
    UNION ALL
    SELECT a.area_no, '', '', 1, CASE WHEN coalesce(s.stations, 0) = 0 THEN 1 ELSE 0 END, 0, 0, 0, 0
    FROM facts.areas AS a
    LEFT JOIN by_kind AS s ON s.community_no = a.area_no AND s.kind = '驿站'
    WHERE a.level = 'community'
)
SELECT
    p.grain,
    p.first_day AS period_start,
    s.community_no,
    s.dimension,
    s.code,
    sum(s.communities) AS communities,
    sum(s.without_station) AS without_station,
    sum(s.sites) AS sites,
    sum(s.stations) AS stations,
    sum(s.studios) AS studios,
    sum(s.merchants) AS merchants
FROM meta.periods AS p
CROSS JOIN parts AS s
WHERE p.is_last
GROUP BY p.grain, p.first_day, s.community_no, s.dimension, s.code
