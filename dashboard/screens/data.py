"""Data 数据: which files came in, do they balance, what was rejected and how is it mended, what looks wrong?"""

from functools import partial

import streamlit as st

from dashboard.board import data
from dashboard.board.authority import may_change
from dashboard.board.door import serving
from dashboard.components.correction_sheet import correction_sheet
from dashboard.components.decision_list import decision_list
from dashboard.components.filters import choose, filter_row
from dashboard.components.footnote import footnote
from dashboard.components.headline import headline
from dashboard.components.plain_table import plain_table
from dashboard.translations import _
from dashboard.wording import data as words
from dashboard.wording import data_findings as found
from dashboard.wording import data_rejects as refused
from dashboard.wording.footnotes import footnotes
from dashboard.wording.workbook import offer_download
from pipelines.rejected_records import OPEN

board = serving()
files, rejects, findings = data.files(board), partial(data.rejects, board), partial(data.findings, board)
with (choices := filter_row()):
    part = choose("part", _("Part"), words.parts(), words.FILES, control="segments")
    export = choose("export", _("Export"), words.export_choice(files["export"]), words.EVERY)
headline([_("Data"), words.parts()[part]], words.title(files), words.standfirst(board, files))

left, right = st.columns([7, 6], gap="large")
if part == words.FILES:
    with left:
        plain_table(*words.export_table(files))
    with right:
        plain_table(*words.file_table(files, export))
if part == words.REJECTS:
    with choices:
        reason = choose("reason", _("Reason"), refused.reason_choice(rejects()), words.EVERY)
        file = choose("file", _("File"), refused.file_choice(rejects()), words.EVERY, width=240)
        state = choose("state", _("State"), refused.state_choice(), OPEN, control="segments")
    mending = data.chosen_rejects(rejects(), export)
    shown = (rejects := partial(data.chosen_rejects, rejects(), export, reason, file, state))()
    with left:
        plain_table(*refused.reject_table(shown))
    with right:
        decision_list(refused.rejects_head(shown), refused.reject_decisions(shown))
        correction_sheet(*refused.sheets_of(board, mending, export, allowed=may_change()))
if part == words.FINDINGS:
    with choices:
        check = choose("check", _("Finding"), found.check_choice(findings()), words.EVERY, width=240)
    noted = (findings := partial(data.chosen_findings, findings(), export, check))()
    with left:
        plain_table(*found.finding_table(noted))
    with right:
        decision_list(found.findings_head(noted), found.finding_decisions(noted))

footnote(footnotes(board))
with choices:
    offer_download(board, "data", words.download(part, files, rejects, findings))
