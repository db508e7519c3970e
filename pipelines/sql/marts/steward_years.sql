-- grain: one row per year and person on the roster at its end (the running year: data until)
-- needs: facts.stewards, marts.steward_months, meta.periods, meta.class_targets
-- Points of the whole year against the target of the person's own class.
WITH sums AS (
    SELECT CAST(date_trunc('year', period_start) AS DATE) AS period_start, steward_no, sum(earned) AS earned
    FROM marts.steward_months
    GROUP BY CAST(date_trunc('year', period_start) AS DATE), steward_no
)
SELECT
    p.first_day AS period_start,
    s.roster_no,
    s.steward_no,
    s.community_no,
    s.steward_number,
    coalesce(m.earned, 0) AS earned,
    t.target
FROM meta.periods AS p
INNER JOIN facts.stewards AS s
    ON s.joined_on <= p.roster_day AND s.valid_to > p.roster_day
    AND (s.left_on IS NULL OR s.left_on > p.roster_day)
LEFT JOIN sums AS m ON m.steward_no = s.steward_no AND m.period_start = p.first_day
LEFT JOIN meta.class_targets AS t ON t.steward_number = s.steward_number
WHERE p.grain = 'year'
