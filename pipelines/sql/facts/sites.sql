-- grain: one row per site
-- needs: staged.sites
-- Where the sites themselves did not come, those that points name stand here by their code alone.
SELECT
    site_no,
    site_id,
    kind,
    name,
    community_no,
    longitude,
    latitude
FROM staged.sites
