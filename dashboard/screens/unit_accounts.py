"""Unit accounts 单位得分来源: whose points, of which kind and month, down to single rows, add up to the score?"""

from functools import partial

import streamlit as st

from dashboard.board import unit_accounts as accounts
from dashboard.board import units
from dashboard.board.door import serving
from dashboard.board.people import names as known_names
from dashboard.components.filters import choose, choose_period, filter_row
from dashboard.components.folded_table import folded_table
from dashboard.components.footnote import footnote, nothing_here
from dashboard.components.headline import block_head, headline
from dashboard.components.plain_table import plain_table
from dashboard.components.unit_tabs import unit_tabs
from dashboard.translations import _
from dashboard.wording import publication
from dashboard.wording import unit_accounts as words
from dashboard.wording.figures import kicker
from dashboard.wording.footnotes import footnotes
from dashboard.wording.units import nothing_to_rank
from dashboard.wording.workbook import offer_download

live = serving()
unit_tabs()
with (choices := filter_row()):
    quarter = choose_period(live.first_day, live.last_day, ("quarter",))
standing = units.standing(live, quarter)
board, ranking = standing.board, standing.ranking
if ranking.empty:
    nothing_here(nothing_to_rank(), footnotes(live))
with choices:
    offered, first = words.unit_names(ranking), str(ranking["unit_id"].iloc[0])
    unit = choose("unit", _("Unit"), offered, first, width=300, stated=False)

why, names = units.explain_unit(board, quarter, unit), known_names(board)
shown = accounts.disclosure(board, why.headcount)
marks = kicker(_("Where scores come from"), quarter, publication.marks(standing))
headline(marks, words.title(words.unit_name(ranking, unit), why), words.standfirst(why))
left, right = st.columns([5, 7], gap="large")
with left:
    by = choose("cut", _("Cut"), words.cut_labels(shown), shown.cuts[0], control="segments")
    called = words.labels(by, parts := accounts.cut(board, quarter, unit, by), names)
with right:
    pick = accounts.EVERY
    if shown.rows:
        pick = choose("pick", _("Open"), words.picks(parts, called, why), pick, width="stretch")
        found = accounts.picked(board, quarter, unit, by, pick)
        plain_table(*words.ledger_table(found, called.get(pick, _("All rows")), why, names, shown))
    else:
        block_head(*words.withheld())
with left:
    block_head(*words.cut_head(by, parts, why, shown))
    folded_table(*words.cut_table(by, parts, why, called, pick))

footnote(footnotes(board, names.fault, standing.fault))
with choices:
    sheets = partial(words.sheets, partial(accounts.whole, board, quarter, unit, shown), names, shown)
    offer_download(live, f"unit-{unit}-{quarter.key}", sheets)
