-- severity: warning
-- export: stewards
-- needs: staged.stewards
-- The same name and phone under several codes; the message gives codes only.
WITH people AS (
    SELECT DISTINCT name, phone, steward_id
    FROM staged.stewards
    WHERE name IS NOT NULL AND phone IS NOT NULL
), twice AS (
    SELECT name, phone, min(steward_id) AS first_id, count(*) AS codes
    FROM people
    GROUP BY name, phone
    HAVING count(*) > 1
)
SELECT
    p.steward_id AS key,
    '与 ' || t.first_id || ' 姓名、手机号都相同，共 ' || CAST(t.codes AS VARCHAR) || ' 个编号' AS message
FROM people AS p
INNER JOIN twice AS t ON t.name = p.name AND t.phone = p.phone
WHERE p.steward_id <> t.first_id
