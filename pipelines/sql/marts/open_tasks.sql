-- grain: one row per task that is not closed at data until
-- needs: facts.tasks, derived.claimed_tasks
-- Few of all tasks are open, so what waits can be counted by age and listed without reading all of them.
SELECT
    t.task_no,
    t.task_id,
    CASE WHEN t.title <> '' THEN t.title ELSE t.category END AS title,
    t.category,
    t.difficulty,
    t.place,
    t.community_no,
    t.published_at,
    t.due_at,
    t.accepted_at,
    t.routed_at,
    t.supervised_at,
    t.feedback_at,
    coalesce(c.claims, 0) AS claims
FROM facts.tasks AS t
LEFT JOIN derived.claimed_tasks AS c ON c.task_no = t.task_no
WHERE t.closed_at IS NULL AND t.published_at IS NOT NULL
