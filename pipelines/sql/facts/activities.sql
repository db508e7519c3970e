-- grain: one row per activity
-- needs: staged.activities
SELECT
    activity_id,
    kind,
    community_no,
    unit_no,
    held_on,
    participants,
    served,
    alliance,
    funds
FROM staged.activities
