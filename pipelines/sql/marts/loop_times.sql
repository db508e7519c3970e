-- grain: one row per period (month, quarter, year) of acceptance, district or subdistrict, and step of the task loop
-- needs: facts.tasks, facts.area_paths, derived.percentiles
-- Seconds that a step took after the one before it: number of tasks that took it, 10th, 50th and 90th percentile.
WITH base AS (
    SELECT
        p.ancestor_no AS area_no,
        CAST(date_trunc('month', t.accepted_at) AS DATE) AS month,
        CAST(date_trunc('quarter', t.accepted_at) AS DATE) AS quarter_start,
        CAST(date_trunc('year', t.accepted_at) AS DATE) AS year_start,
        CAST(epoch(t.routed_at) - epoch(t.accepted_at) AS INTEGER) AS routing,
        CAST(epoch(t.supervised_at) - epoch(t.accepted_at) AS INTEGER) AS supervision,
        CAST(epoch(t.feedback_at) - epoch(coalesce(t.routed_at, t.accepted_at)) AS INTEGER) AS feedback,
        CAST(epoch(t.closed_at) - epoch(coalesce(t.feedback_at, t.routed_at, t.accepted_at)) AS INTEGER) AS closing,
        CAST(epoch(t.assessed_at) - epoch(t.closed_at) AS INTEGER) AS assessment
    FROM facts.tasks AS t
    INNER JOIN facts.area_paths AS p
        ON p.area_no = t.community_no AND p.level IN ('district', 'subdistrict')
    WHERE t.accepted_at IS NOT NULL
), sums AS (
    SELECT
        CASE
            WHEN grouping(month) = 0 THEN 'month' WHEN grouping(quarter_start) = 0 THEN 'quarter' ELSE 'year'
        END AS grain,
        coalesce(month, quarter_start, year_start) AS period_start,
        area_no,
        count(routing) AS routed, derived.percentiles(routing) AS routing,
        count(supervision) AS supervised, derived.percentiles(supervision) AS supervision,
        count(feedback) AS fed_back, derived.percentiles(feedback) AS feedback,
        count(closing) AS closed, derived.percentiles(closing) AS closing,
        count(assessment) AS assessed, derived.percentiles(assessment) AS assessment
    FROM base
    GROUP BY GROUPING SETS ((month, area_no), (quarter_start, area_no), (year_start, area_no))
), steps AS (
    SELECT grain, period_start, area_no, 'route' AS step, routed AS tasks, routing AS seconds FROM sums
    UNION ALL
    SELECT grain, period_start, area_no, 'supervise', supervised, supervision FROM sums
    UNION ALL
    SELECT grain, period_start, area_no, 'feedback', fed_back, feedback FROM sums
    UNION ALL
    SELECT grain, period_start, area_no, 'close', closed, closing FROM sums
    UNION ALL
    SELECT grain, period_start, area_no, 'assess', assessed, assessment FROM sums
)
SELECT
    grain,
    period_start,
    area_no,
    step,
    tasks,
    derived.nth(seconds, 1) AS p10,
    derived.nth(seconds, 2) AS p50,
    derived.nth(seconds, 3) AS p90
FROM steps
WHERE tasks > 0
