-- grain: one row per check-in
-- needs: staged.checkins, derived.checkin_distance, facts.stewards, meta.rules
-- community_no is the community checked into, unit and class those of the person on that day. Where the
-- community has no registered point there is no distance, and the check-in is neither valid nor invalid.
SELECT
    c.checkin_id,
    c.steward_no,
    s.roster_no,
    c.community_no,
    s.unit_no,
    s.steward_number,
    c.checked_in_at,
    c.longitude,
    c.latitude,
    d.distance_m,
    d.distance_m <= r.radius_m AS valid
FROM staged.checkins AS c
CROSS JOIN meta.rules AS r
LEFT JOIN derived.checkin_distance AS d ON d.checkin_id = c.checkin_id
LEFT JOIN facts.stewards AS s
    ON s.steward_no = c.steward_no
    AND s.valid_from <= CAST(c.checked_in_at AS DATE)
    AND s.valid_to > CAST(c.checked_in_at AS DATE)
