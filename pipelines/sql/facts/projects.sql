-- grain: one row per project with a physical outcome
-- needs: staged.projects
SELECT
    project_id,
    name,
    kind,
    community_no,
    steward_no,
    started_on,
    finished_on,
    quantity,
    suffix,
    amount
FROM staged.projects
