-- severity: warning
-- export: (column)
-- needs: facts.tasks, facts.checkins, facts.sites
-- One exact point for at least 20 records of two or more communities: what an app writes when it knows no place.
WITH points AS (
    SELECT 'tasks' AS export, longitude, latitude, community_no FROM facts.tasks
    UNION ALL
    SELECT 'sites', longitude, latitude, community_no FROM facts.sites
    UNION ALL
    SELECT 'checkins', longitude, latitude, community_no FROM facts.checkins
), crowded AS (
    SELECT
        export,
        longitude,
        latitude,
        count(*) AS records,
        min(community_no) AS one_community,
        max(community_no) AS other_community
    FROM points
    WHERE longitude IS NOT NULL AND latitude IS NOT NULL
    GROUP BY export, longitude, latitude
    HAVING count(*) >= 20
)
SELECT
    export,
    CAST(longitude AS VARCHAR) || ',' || CAST(latitude AS VARCHAR) AS key,
    CAST(records AS VARCHAR) || ' 条不同社区的记录用同一个坐标，像是默认值' AS message
FROM crowded
WHERE one_community <> other_community
