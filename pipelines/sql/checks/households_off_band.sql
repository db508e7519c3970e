-- severity: info
-- export: stewards
-- needs: facts.stewards, meta.rules
-- One steward is meant to look after 5 to 15 households; only rows that are in force at data until.
SELECT
    s.steward_id AS key,
    '联系 ' || CAST(s.households AS VARCHAR) || ' 户，应为 5 至 15 户' AS message
FROM facts.stewards AS s
CROSS JOIN meta.rules AS r
WHERE
    (s.households < 5 OR s.households > 15)
    AND s.joined_on <= CAST(r.data_until AS DATE)
    AND s.valid_to > CAST(r.data_until AS DATE)
    AND (s.left_on IS NULL OR s.left_on > CAST(r.data_until AS DATE))
