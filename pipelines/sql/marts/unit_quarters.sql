-- grain: one row per quarter and unit
-- needs: facts.units, marts.unit_people, meta.periods
-- Base of the unit score: points of all people on the roster of the last day, and their number. A unit without
-- people stands here with a headcount of 0.
SELECT
    q.first_day AS period_start,
    u.unit_no,
    count(p.steward_no) AS headcount,
    coalesce(sum(p.earned), 0) AS points,
    count(CASE WHEN p.earned = 0 THEN 1 END) AS without_points
FROM meta.periods AS q
CROSS JOIN facts.units AS u
LEFT JOIN marts.unit_people AS p
    ON p.grain = 'quarter' AND p.period_start = q.first_day AND p.unit_no = u.unit_no
WHERE q.grain = 'quarter'
GROUP BY q.first_day, u.unit_no
