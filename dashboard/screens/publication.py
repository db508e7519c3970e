"""Publication 单位排名公布: fix a finished quarter's ranking, see what was published and what later data would change."""

import streamlit as st

from dashboard.board import publication, units
from dashboard.board.door import serving
from dashboard.components.filters import choose_period, filter_row
from dashboard.components.footnote import empty_state, footnote, nothing_here
from dashboard.components.headline import block_head, headline
from dashboard.components.named_step import named_step, say
from dashboard.components.plain_table import plain_table
from dashboard.components.unit_card import fact_rows
from dashboard.components.unit_changes import unit_changes
from dashboard.components.unit_tabs import unit_tabs
from dashboard.theme import on_paper
from dashboard.translations import _
from dashboard.wording import publication as words
from dashboard.wording.figures import kicker
from dashboard.wording.footnotes import footnotes
from dashboard.wording.units import nothing_to_rank
from dashboard.wording.workbook import offer_download

board = serving()
unit_tabs("publication")
choices = filter_row()
with choices:
    quarter = choose_period(board.first_day, board.last_day, ("quarter",))
standing = units.standing(board, quarter)
if standing.ranking.empty:
    nothing_here(nothing_to_rank(), footnotes(board))

changes = publication.changes(board, quarter, standing)
headline(
    kicker(_("Publishing"), quarter, words.marks(standing)),
    words.title(standing, quarter, changes, running=quarter.is_running(board.last_day)),
    words.standfirst(standing),
)
left, right = st.columns([7, 5], gap="large")
with left:
    if standing.fixed is not None:
        rows = words.revision_rows(changes, standing.tiers)
        unit_changes(words.revisions_head(changes, board), words.revision_columns(), rows, standing.tiers)
    elif reason := words.refusal(board, quarter, standing, publication.may_change()):
        empty_state(*reason)
    elif not on_paper():
        block_head(*words.steps_head(quarter))
        steps = words.steps(board, quarter, standing.ranking)
        if who := named_step(f"fix_{quarter.key}_{board.version}", steps):
            if refused := publication.publish(board, quarter, who):
                say(refused, bad=True)
            else:
                st.rerun()
    plain_table(*words.list_table(publication.publications(board)))
with right:
    block_head(*words.facts_head(standing))
    fact_rows(words.facts(board, standing))

footnote(footnotes(board, standing.fault))
with choices:
    offer_download(board, f"publication-{quarter.key}", lambda: words.download(standing, changes))
