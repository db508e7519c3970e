"""Query SQL 查询: an analyst's own SELECT on public data, beside a browser of tables and columns."""

import streamlit as st

from dashboard.board import query
from dashboard.board.door import serving
from dashboard.components.download_menu import download_menu
from dashboard.components.filters import choose, filter_row
from dashboard.components.footnote import footnote, nothing_here
from dashboard.components.headline import headline
from dashboard.components.plain_table import plain_table
from dashboard.components.sql_editor import sql_editor
from dashboard.translations import _
from dashboard.wording import query as words
from dashboard.wording.footnotes import footnotes

board = serving()
if board.district.burden_relief:
    nothing_here(words.relieved(), footnotes(board))
choices, top = filter_row(), st.container()
with choices:
    tables = words.table_labels(query.tables(board))
    table = choose("table", _("Tables and columns"), tables, words.FIRST_TABLE, width=320)

left, right = st.columns([7, 5], gap="large")
with right:
    plain_table(*words.schema_table(query.columns(board, table), table))
with left:
    statement = sql_editor(words.EXAMPLE)
    outcome = query.run(board, statement) if statement is not None else None
    if outcome is not None:
        plain_table(*words.result_table(outcome))
with top:
    headline([_("SQL query"), board.version], words.title(outcome), words.standfirst(query.LIMITS))

footnote(footnotes(board))
if outcome is not None and outcome.answer is not None:
    with choices:
        download_menu("query", lambda: words.download(outcome), dict)
