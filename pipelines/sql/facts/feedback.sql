-- grain: one row per item disclosed or fed back
-- needs: staged.feedback
SELECT
    item_id,
    kind,
    community_no,
    recorded_at,
    closed_at
FROM staged.feedback
