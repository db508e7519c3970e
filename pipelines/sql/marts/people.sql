-- grain: one row per period (month, quarter, year, all), community, dimension and code
-- needs: facts.areas, facts.units, marts.rosters, marts.roster_deeds, marts.steward_years, marts.unit_people, meta.periods
-- The people on the roster on the last day of the period (a running one: data until) and all that they did in it.
-- A row of a unit counts its people wherever they serve; its community_no is the one that the unit is linked to.
WITH parts AS (
    SELECT
        period_no, community_no, steward_number, 0 AS communities, stewards, residents, party_stewards, members,
        households, with_households, 0 AS earned, 0 AS checkins, 0 AS valid_checkins, 0 AS reached
    FROM marts.rosters
    UNION ALL
    SELECT p.period_no, a.area_no, NULL, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
    FROM meta.periods AS p
    CROSS JOIN facts.areas AS a
    WHERE a.level = 'community'
    UNION ALL
    SELECT
        period_no, community_no, steward_number, 0, 0, 0, 0, 0, 0, 0, earned, checkins, valid_checkins, 0
    FROM marts.roster_deeds
    UNION ALL
    SELECT
        p.period_no, y.community_no, y.steward_number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        count(CASE WHEN y.earned >= y.target THEN 1 END)
    FROM marts.steward_years AS y
    INNER JOIN meta.periods AS p ON p.grain = 'year' AND p.first_day = y.period_start
    GROUP BY p.period_no, y.community_no, y.steward_number
)
SELECT
    p.grain, p.first_day AS period_start, s.community_no,
    CASE WHEN grouping(s.steward_number) = 0 THEN 'steward_number' ELSE '' END AS dimension,
    coalesce(CAST(s.steward_number AS VARCHAR), '') AS code, sum(s.communities) AS communities,
    sum(s.stewards) AS stewards, sum(s.residents) AS residents, sum(s.party_stewards) AS party_stewards,
    sum(s.members) AS members, sum(s.households) AS households, sum(s.with_households) AS with_households,
    sum(s.earned) AS earned, sum(s.checkins) AS checkins, sum(s.valid_checkins) AS valid_checkins,
    sum(s.reached) AS reached
FROM parts AS s
INNER JOIN meta.periods AS p ON p.period_no = s.period_no
GROUP BY GROUPING SETS (
    (p.grain, p.first_day, s.community_no), (p.grain, p.first_day, s.community_no, s.steward_number)
)
HAVING grouping(s.steward_number) = 1 OR s.steward_number IS NOT NULL
UNION ALL
SELECT
    m.grain, m.period_start, u.community_no, 'unit', u.unit_id, 0, count(*),
    count(CASE WHEN m.steward_number >= 4 THEN 1 END), count(CASE WHEN m.party_member THEN 1 END), count(*),
    0, 0, sum(m.earned), sum(m.checkins), sum(m.valid_checkins), 0
FROM marts.unit_people AS m
INNER JOIN facts.units AS u ON u.unit_no = m.unit_no
GROUP BY m.grain, m.period_start, u.community_no, u.unit_id
