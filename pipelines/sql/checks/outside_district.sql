-- severity: warning
-- export: (column)
-- needs: facts.areas, facts.tasks, facts.sites, facts.checkins
-- The district is the rectangle round the points of all areas, widened by 0.1 degrees (some 10 km) on each side:
-- boundaries are not always there, and a task just across the line is no error.
WITH district AS (
    SELECT
        min(longitude) - 1e-1 AS west,
        max(longitude) + 1e-1 AS east,
        min(latitude) - 1e-1 AS south,
        max(latitude) + 1e-1 AS north
    FROM facts.areas
), points AS (
    SELECT 'tasks' AS export, task_id AS key, longitude, latitude FROM facts.tasks
    UNION ALL
    SELECT 'sites', site_id, longitude, latitude FROM facts.sites
    UNION ALL
    SELECT 'checkins', checkin_id, longitude, latitude FROM facts.checkins
)
SELECT
    p.export,
    p.key,
    '坐标（' || CAST(p.longitude AS VARCHAR) || '，' || CAST(p.latitude AS VARCHAR) || '）不在本区' AS message
FROM points AS p
CROSS JOIN district AS d
WHERE p.longitude < d.west OR p.longitude > d.east OR p.latitude < d.south OR p.latitude > d.north
