"""Monthly report 月报: what would the district send out for a month? Read it, put in one's own words, take it along."""

import streamlit as st

from dashboard.board.authority import may_change
from dashboard.board.door import serving
from dashboard.board.monthly_report import LONGEST
from dashboard.components.copy_text import copy_text
from dashboard.components.filters import choose, choose_period, filter_row
from dashboard.components.footnote import footnote, nothing_here
from dashboard.components.headline import block_head, headline
from dashboard.components.named_step import named_step, say
from dashboard.components.paper import TEXT
from dashboard.components.text_editor import text_editor
from dashboard.report import reading
from dashboard.report.on_screen import as_text, printed
from dashboard.report.pack_box import pack_box
from dashboard.translations import _
from dashboard.wording import monthly_report as words
from dashboard.wording.figures import kicker
from dashboard.wording.footnotes import footnotes

board = serving()
choices = filter_row()
with choices:
    month = choose_period(board.first_day, board.last_day, ("month",))
    extent = choose("extent", *words.extents(), TEXT, control="segments", stated=False)
read = reading.read(board, month)
if read.report is None:
    nothing_here(words.nothing_to_report(month, read.fault), footnotes(board))

headline(
    kicker(_("Monthly report"), month),
    read.report.title,
    words.standfirst(len(read.report.tables), len(read.own)),
)
left, right = st.columns([8, 5], gap="large")
with right, st.container(key="report_side"):
    pack = st.container()
    block_head(*words.passages_head())
    say(words.refused(read.fault), bad=True)
    if not may_change():
        say(words.not_here())
    elif read.free:
        labels = words.passage_labels({one.free: (one.heading, one.text) for one in read.free})
        chosen = choose("passage", words.passage_label(), labels, next(iter(labels)), "stretch")
        say(words.origin(labels[chosen], own=chosen in read.own))
        text = text_editor("passage_text", words.passage_label(), read.text_of(chosen), LONGEST)
        if who := named_step(f"passage_{month.key}_{chosen}", words.keep_words(month, text)):
            failed = reading.rewrite(board, month, chosen, text, who)
            say(failed, bad=True) if failed else st.rerun()
with left:
    printed(board, read.kept, extent)
with choices:
    copy_text("report_copy", as_text(read.report))

footnote(footnotes(board))
with pack:
    # Last, because it may take a while: everything else stands on the screen by then.
    pack_box(board, month, read.texts)
