"""Unit accounts 单位得分来源: whose points, of which kind and month, down to single rows, add up to the score?"""

from functools import partial

import streamlit as st

from dashboard.board import unit_accounts as accounts
from dashboard.board import units
from dashboard.board.door import serving
from dashboard.board.people import names as known_names
from dashboard.components.filters import choose, choose_period, filter_row
from dashboard.components.footnote import footnote, nothing_here
from dashboard.components.headline import block_head
from dashboard.components.unit_tabs import unit_tabs
from dashboard.translations import _
from dashboard.wording import account_pieces as pieces
from dashboard.wording import unit_accounts as words
from dashboard.wording.footnotes import footnotes
from dashboard.wording.units import nothing_to_rank
from dashboard.wording.workbook import offer_download

live = serving()
unit_tabs("unit-accounts")
with (choices := filter_row()):
    quarter = choose_period(live.first_day, live.last_day, ("quarter",))
standing = units.standing(live, quarter)
board, official = standing.board, (live, quarter, standing.published)
if standing.ranking.empty:
    nothing_here(nothing_to_rank(), footnotes(live))
with choices:
    offered, first = pieces.unit_names(*official), str(standing.ranking["unit_id"].iloc[0])
    unit = choose("unit", _("Unit"), offered, first, width=300, stated=False)

names, shown = (
    known_names(board),
    accounts.disclosure(board, units.explain_unit(board, quarter, unit).headcount),
)
pieces.finding(*official, unit)
left, right = st.columns([5, 7], gap="large")
with left:
    by = choose("cut", _("Cut"), words.cut_labels(shown), shown.cuts[0], control="segments")
with right:
    pick = accounts.EVERY
    if shown.rows:
        pick = choose("pick", _("Open"), pieces.picks(board, quarter, unit, by), pick, width="stretch")
        pieces.ledger(board, quarter, unit, by, pick)
    else:
        block_head(*words.withheld())
with left:
    pieces.cut(board, quarter, unit, by, pick)

footnote(footnotes(board, names.fault, standing.fault))
with choices:
    sheets = partial(words.sheets, partial(accounts.whole, board, quarter, unit, shown), names, shown)
    offer_download(live, f"unit-{unit}-{quarter.key}", sheets)
