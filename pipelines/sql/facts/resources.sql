-- grain: one row per item of the service, need, volunteer, fund or staff list
-- needs: staged.resources
SELECT
    resource_no,
    resource_id,
    list,
    alliance,
    unit_no,
    community_no,
    item,
    quantity,
    suffix,
    matched_no
FROM staged.resources
