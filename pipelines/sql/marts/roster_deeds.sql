-- grain: one row per period (month, quarter, year, all), community and class of the people on the roster at its
-- end: what they did in the period, in parts
-- needs: facts.stewards, marts.steward_months, meta.period_months
-- Nearly everyone has one roster row. Their deeds are summed first by the days between which the row is in force,
-- then asked of each period; only those with several rows (movers) are matched person by person.
WITH settled AS (
    SELECT
        m.period_start, s.community_no, s.steward_number, s.left_on,
        CASE WHEN s.joined_on > m.period_start THEN s.joined_on ELSE m.period_start END AS in_force_from,
        sum(m.earned) AS earned,
        sum(CASE WHEN s.unit_no IS NULL THEN 0 ELSE m.checkins END) AS checkins,
        sum(CASE WHEN s.unit_no IS NULL THEN 0 ELSE m.valid_checkins END) AS valid_checkins
    FROM marts.steward_months AS m
    INNER JOIN facts.stewards AS s ON s.roster_no = m.roster_no
    WHERE s.valid_from = DATE '0001-01-01' AND s.valid_to = DATE '9999-12-31'
    GROUP BY
        m.period_start, s.community_no, s.steward_number, s.left_on,
        CASE WHEN s.joined_on > m.period_start THEN s.joined_on ELSE m.period_start END
), moved AS (
    SELECT
        m.period_start, m.earned, m.checkins, m.valid_checkins,
        s.community_no, s.steward_number, s.unit_no, s.joined_on, s.left_on, s.valid_to
    FROM marts.steward_months AS m
    INNER JOIN facts.stewards AS s ON s.steward_no = m.steward_no
    WHERE s.valid_from > DATE '0001-01-01' OR s.valid_to < DATE '9999-12-31'
)
SELECT
    p.period_no, m.community_no, m.steward_number,
    sum(m.earned) AS earned, sum(m.checkins) AS checkins, sum(m.valid_checkins) AS valid_checkins
FROM settled AS m
INNER JOIN meta.period_months AS p ON p.month = m.period_start
WHERE m.in_force_from <= p.roster_day AND (m.left_on IS NULL OR m.left_on > p.roster_day)
GROUP BY p.period_no, m.community_no, m.steward_number
UNION ALL
SELECT
    p.period_no, m.community_no, m.steward_number,
    sum(m.earned),
    sum(CASE WHEN m.unit_no IS NULL THEN 0 ELSE m.checkins END),
    sum(CASE WHEN m.unit_no IS NULL THEN 0 ELSE m.valid_checkins END)
FROM moved AS m
INNER JOIN meta.period_months AS p ON p.month = m.period_start
WHERE m.joined_on <= p.roster_day AND m.valid_to > p.roster_day AND (m.left_on IS NULL OR m.left_on > p.roster_day)
GROUP BY p.period_no, m.community_no, m.steward_number
