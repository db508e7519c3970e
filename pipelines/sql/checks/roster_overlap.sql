-- severity: warning
-- export: stewards
-- needs: facts.stewards
-- A person has a new row before the old one ends: the old unit would keep on counting the person.
WITH rows_in_order AS (
    SELECT
        steward_id,
        joined_on,
        lag(joined_on) OVER (PARTITION BY steward_no ORDER BY joined_on) AS earlier_joined_on,
        lag(left_on) OVER (PARTITION BY steward_no ORDER BY joined_on) AS earlier_left_on
    FROM facts.stewards
)
SELECT
    steward_id AS key,
    CAST(joined_on AS VARCHAR) || ' 另起一行，而 ' || CAST(earlier_joined_on AS VARCHAR) || ' 起的一行'
    || CASE
        WHEN earlier_left_on IS NULL THEN '没有退出日期'
        ELSE '到 ' || CAST(earlier_left_on AS VARCHAR) || ' 才退出'
    END AS message
FROM rows_in_order
WHERE earlier_joined_on IS NOT NULL AND (earlier_left_on IS NULL OR earlier_left_on > joined_on)
