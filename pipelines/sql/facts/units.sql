-- grain: one row per unit
-- needs: staged.units
SELECT
    unit_no,
    unit_id,
    name,
    kind,
    ranking_group,
    community_no,
    alliance
FROM staged.units
