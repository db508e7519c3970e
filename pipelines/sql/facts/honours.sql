-- grain: one row per honour awarded to a steward
-- needs: staged.honours, facts.stewards
-- Place, unit and class are those of the person on the day of the award. The code stands here too: lists of honours are
-- short, and to look it up again reads the whole roster.
SELECT
    h.honour_id,
    h.steward_no,
    s.roster_no,
    s.steward_id,
    h.kind,
    h.awarded_on,
    s.community_no,
    s.unit_no,
    s.steward_number
FROM staged.honours AS h
LEFT JOIN facts.stewards AS s
    ON s.steward_no = h.steward_no
    AND s.valid_from <= h.awarded_on
    AND s.valid_to > h.awarded_on
