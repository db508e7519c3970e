-- grain: one row per item of a duty list
-- needs: staged.duties
SELECT
    duty_id,
    unit_no,
    field,
    item,
    due_on,
    done_on
FROM staged.duties
