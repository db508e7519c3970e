-- grain: one row per micro-wish
-- needs: staged.wishes
SELECT
    wish_id,
    community_no,
    category,
    small_kind,
    channel,
    collected_at,
    adopted_at,
    adopter_no,
    fulfilled_at
FROM staged.wishes
