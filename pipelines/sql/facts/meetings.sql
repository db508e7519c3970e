-- grain: one row per meeting
-- needs: staged.meetings
SELECT
    meeting_id,
    kind,
    community_no,
    held_on,
    attendees,
    raised,
    settled
FROM staged.meetings
