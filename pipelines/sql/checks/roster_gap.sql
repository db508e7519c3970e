-- severity: info
-- export: stewards
-- needs: facts.stewards
-- Days between two rows of a person on which nobody counts the person.
WITH rows_in_order AS (
    SELECT
        steward_id,
        joined_on,
        lag(left_on) OVER (PARTITION BY steward_no ORDER BY joined_on) AS earlier_left_on
    FROM facts.stewards
)
SELECT
    steward_id AS key,
    CAST(earlier_left_on AS VARCHAR) || ' 退出，' || CAST(joined_on AS VARCHAR) || ' 才另起一行，其间不在名册' AS message
FROM rows_in_order
WHERE earlier_left_on < joined_on
