-- grain: one row per day or month of counting, community, dimension and code
-- needs: facts.tasks, facts.areas, meta.rules
-- A task counts on the day of its acceptance, else of its publication; the sums say what became of it by data
-- until. The steps of the loop, closed among them, are those of accepted tasks; done are all closed ones. A task
-- can be judged for timeliness when it has a due time and is closed or past due.
WITH base AS (
    SELECT
        CAST(coalesce(t.accepted_at, t.published_at) AS DATE) AS day,
        CAST(date_trunc('month', coalesce(t.accepted_at, t.published_at)) AS DATE) AS month,
        t.community_no, coalesce(g.area_code, '') AS grid, coalesce(t.category, '') AS category, t.kind,
        coalesce(t.horn_level, '') AS horn_level, coalesce(t.channel, '') AS channel,
        coalesce(t.difficulty, '') AS difficulty, coalesce(t.method, '') AS method,
        t.accepted_at, t.closed_at AS done_at,
        CASE WHEN t.accepted_at IS NOT NULL THEN t.routed_at END AS routed_at,
        CASE WHEN t.accepted_at IS NOT NULL THEN t.supervised_at END AS supervised_at,
        CASE WHEN t.accepted_at IS NOT NULL THEN t.feedback_at END AS feedback_at,
        CASE WHEN t.accepted_at IS NOT NULL THEN t.closed_at END AS closed_at,
        CASE WHEN t.accepted_at IS NOT NULL THEN t.assessed_at END AS assessed_at,
        CASE WHEN t.due_at < r.data_until OR t.closed_at IS NOT NULL THEN t.due_at END AS due_at,
        CASE WHEN t.closed_at <= t.due_at THEN 1 END AS in_time,
        CASE WHEN t.closed_at IS NULL AND t.due_at < r.data_until THEN 1 END AS overdue
    FROM facts.tasks AS t
    CROSS JOIN meta.rules AS r
    LEFT JOIN facts.areas AS g ON g.area_no = t.grid_no
    WHERE t.published_at IS NOT NULL
)
SELECT
    CASE WHEN grouping(b.day) = 0 THEN 'day' ELSE 'month' END AS grain,
    coalesce(b.day, b.month) AS period_start,
    b.community_no,
    CASE
        WHEN grouping(b.grid) = 0 THEN 'grid'
        WHEN grouping(b.category) = 0 THEN 'category'
        WHEN grouping(b.kind) = 0 THEN 'kind'
        WHEN grouping(b.horn_level) = 0 THEN 'horn_level'
        WHEN grouping(b.channel) = 0 THEN 'channel'
        WHEN grouping(b.difficulty) = 0 THEN 'difficulty'
        WHEN grouping(b.method) = 0 THEN 'method'
        ELSE ''
    END AS dimension,
    coalesce(b.grid, b.category, b.kind, b.horn_level, b.channel, b.difficulty, b.method, '') AS code,
    count(*) AS tasks,
    count(b.done_at) AS done,
    count(b.accepted_at) AS accepted,
    count(b.routed_at) AS routed,
    count(b.supervised_at) AS supervised,
    count(b.feedback_at) AS fed_back,
    count(b.closed_at) AS closed,
    count(b.assessed_at) AS assessed,
    count(b.due_at) AS due,
    count(b.in_time) AS in_time,
    count(b.overdue) AS overdue
FROM base AS b
GROUP BY GROUPING SETS (
    (b.day, b.community_no), (b.month, b.community_no),
    (b.month, b.community_no, b.grid), (b.month, b.community_no, b.category),
    (b.month, b.community_no, b.kind), (b.month, b.community_no, b.horn_level),
    (b.month, b.community_no, b.channel), (b.month, b.community_no, b.difficulty),
    (b.month, b.community_no, b.method)
)
