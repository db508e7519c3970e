"""Definitions 指标口径: what does each figure mean? Written by nobody twice: it is the catalogue that computes them."""

from dashboard.board.door import metrics, serving
from dashboard.components.filters import choose, filter_row
from dashboard.components.footnote import footnote, nothing_here
from dashboard.components.headline import headline
from dashboard.components.plain_table import plain_table
from dashboard.components.search_field import search_field
from dashboard.translations import _
from dashboard.wording import data_definitions as words
from dashboard.wording.footnotes import footnotes
from dashboard.wording.workbook import offer_download

board = serving()
catalogue = metrics()
choices = filter_row()
with choices:
    subjects = words.subjects(catalogue)
    subject = choose("subject", _("Subject"), subjects, next(iter(subjects)))
    wanted = search_field("find", _("Words in name or definition"))
found = words.found(catalogue, subject, wanted)

headline([_("Definitions")], words.title(catalogue, found, wanted), words.standfirst())
if not found:
    nothing_here(words.nothing(wanted), footnotes(board))
plain_table(*words.definition_table(found, subjects[subject], wanted))

footnote(footnotes(board))
with choices:
    offer_download(board, "definitions", lambda: words.download(found))
