-- grain: one row per claim of a task by a steward
-- needs: staged.claims, facts.tasks
-- community_no is that of the task.
SELECT
    c.claim_id,
    c.task_no,
    c.steward_no,
    c.verifier_no,
    c.claimed_at,
    c.completed_at,
    c.verified_at,
    c.verdict,
    c.stars,
    t.community_no
FROM staged.claims AS c
LEFT JOIN facts.tasks AS t ON t.task_no = c.task_no
