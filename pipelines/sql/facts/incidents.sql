-- grain: one row per petition, accident or case
-- needs: staged.incidents
SELECT
    incident_id,
    kind,
    community_no,
    occurred_on,
    closed_on
FROM staged.incidents
