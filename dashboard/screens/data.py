"""Data 数据: which files came in, do they balance, what was rejected, what looks wrong, what do figures mean?"""

import streamlit as st

from dashboard.board import data
from dashboard.board.door import metrics, serving
from dashboard.components.decision_list import decision_list
from dashboard.components.filters import filter_row
from dashboard.components.footnote import footnote
from dashboard.components.headline import headline
from dashboard.components.plain_table import plain_table
from dashboard.translations import _
from dashboard.wording import data as words
from dashboard.wording.footnotes import footnotes
from dashboard.wording.workbook import offer_download

board = serving()
files, rejects, findings = data.files(board), data.rejects(board), data.findings(board)
with filter_row():
    offer_download(board, "data", lambda: words.download(files, rejects, findings))

headline([_("Data"), board.version], words.title(files), words.standfirst(board, files))

left, right = st.columns([7, 5], gap="large")
with left:
    plain_table(
        _("Every file balances: records = loaded + superseded + rejected"),
        _("Records by export"),
        words.file_columns(),
        words.file_rows(files),
    )
    plain_table(
        _("What the figures mean"),
        _("Definitions of all metrics, from the catalogue"),
        words.definition_columns(),
        words.definition_rows(metrics().values()),
    )
with right:
    decision_list(words.rejects_head(rejects), words.reject_decisions(rejects))
    decision_list(words.findings_head(findings), words.finding_decisions(findings))

footnote(footnotes(board))
