-- grain: one row per site
-- needs: staged.sites
SELECT
    site_no,
    site_id,
    kind,
    name,
    community_no,
    longitude,
    latitude
FROM staged.sites
