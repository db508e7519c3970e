-- grain: one row per rating of a task by one party
-- needs: staged.ratings
SELECT
    rating_id,
    task_no,
    rater,
    score,
    rated_on
FROM staged.ratings
