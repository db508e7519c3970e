-- grain: one row per row of the roster: a person in a place from joined_on until left_on
-- needs: staged.stewards
-- No names and no phones. valid_from and valid_to part the whole of time among the rows of a person, so that
-- every entry finds exactly one row, also before the first and after the last; whether someone is on the
-- roster is a question to joined_on and left_on alone. Where the roster did not come, the people that others name
-- stand here by their code, without joined_on.
SELECT
    CAST(row_number() OVER (ORDER BY steward_id, joined_on) AS INTEGER) AS roster_no,
    steward_no,
    steward_id,
    steward_number,
    unit_no,
    community_no,
    grid_no,
    building,
    party_member,
    households,
    joined_on,
    left_on,
    CASE
        WHEN lag(joined_on) OVER (PARTITION BY steward_no ORDER BY joined_on) IS NULL THEN DATE '0001-01-01'
        ELSE joined_on
    END AS valid_from,
    coalesce(
        lead(joined_on) OVER (PARTITION BY steward_no ORDER BY joined_on), DATE '9999-12-31'
    ) AS valid_to
FROM staged.stewards
