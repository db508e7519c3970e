-- severity: warning
-- export: claims
-- needs: facts.claims
SELECT
    claim_id AS key,
    '核查人就是领取人' AS message
FROM facts.claims
WHERE verifier_no = steward_no
