"""The room 会议模式: what does the committee have to see, sheet by sheet, and what does it decide? Run by app.py."""

from dashboard.board import meeting
from dashboard.components.stage import newer, newer_version, stage
from dashboard.formats import period_label
from dashboard.meeting import agenda
from dashboard.selection import chosen_period
from dashboard.translations import in_this_language, language

board = meeting.opened()
period = chosen_period(board.first_day, board.last_day)

stage(
    agenda.made(board, period),
    where=f"{board.district.name}　{period_label(period)}",
    version=board.version,
    choices={"grain": period.grain, "period": period.key, "lang": language()},
)
newer_version(in_this_language(lambda: newer() if meeting.is_newer(board) else ""))
