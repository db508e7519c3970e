-- grain: one row per day or month, community, dimension and code
-- needs: facts.meetings
SELECT
    CASE WHEN grouping(day) = 0 THEN 'day' ELSE 'month' END AS grain,
    coalesce(day, month) AS period_start,
    community_no,
    CASE WHEN grouping(kind) = 0 THEN 'kind' ELSE '' END AS dimension,
    coalesce(kind, '') AS code,
    count(*) AS meetings,
    count(prize) AS prize_meetings,
    coalesce(sum(attendees), 0) AS attendees,
    coalesce(sum(raised), 0) AS raised,
    coalesce(sum(settled), 0) AS settled
FROM (
    SELECT
        held_on AS day, CAST(date_trunc('month', held_on) AS DATE) AS month, community_no, kind,
        CASE WHEN kind = '积分奖励大会' THEN 1 END AS prize, attendees, raised, settled
    FROM facts.meetings
) AS base
GROUP BY GROUPING SETS ((day, community_no), (month, community_no), (month, community_no, kind))
