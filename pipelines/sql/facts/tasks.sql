-- grain: one row per task
-- needs: staged.tasks
-- Where the tasks themselves did not come, those that claims name stand here by their code alone.
SELECT
    task_no,
    task_id,
    title,
    category,
    kind,
    horn_level,
    channel,
    difficulty,
    method,
    community_no,
    grid_no,
    place,
    longitude,
    latitude,
    CAST(points AS DECIMAL(10, 4)) AS points,
    published_at,
    due_at,
    accepted_at,
    routed_at,
    supervised_at,
    feedback_at,
    closed_at,
    assessed_at
FROM staged.tasks
