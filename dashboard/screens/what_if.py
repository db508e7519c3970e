"""What if 单位排名试算: other score lines or another headcount, and who would change tier; nothing official changes."""

import streamlit as st

from dashboard.board import unit_trials as trials
from dashboard.board import units
from dashboard.board.door import serving
from dashboard.components.filters import choose_period, filter_row
from dashboard.components.footnote import footnote, nothing_here
from dashboard.components.headline import headline
from dashboard.components.tier_bars import tier_bars
from dashboard.components.unit_changes import unit_changes
from dashboard.components.unit_strip import unit_strip
from dashboard.components.unit_tabs import unit_tabs
from dashboard.components.unit_trial import trial_inputs, trial_mark
from dashboard.selection import asked
from dashboard.translations import _
from dashboard.wording import publication
from dashboard.wording import unit_trials as words
from dashboard.wording.figures import kicker
from dashboard.wording.footnotes import footnotes
from dashboard.wording.units import nothing_to_rank
from dashboard.wording.workbook import offer_download

live = serving()
unit_tabs("what-if")
choices = filter_row()
with choices:
    quarter = choose_period(live.first_day, live.last_day, ("quarter",))
standing = units.standing(live, quarter)
if standing.ranking.empty:
    nothing_here(nothing_to_rank(), footnotes(live))

tiers, official = standing.tiers, standing.lines
attempt = trials.attempt(official, asked("lines"), asked("headcount") or trials.OFFICIAL_RULE)
trial_mark(words.mark(attempt, official))
trial_inputs(attempt.asked, official, tiers, words.rule_labels(), trials.OFFICIAL_RULE)
if attempt.lines is None:
    nothing_here(words.no_lines(), footnotes(standing.board))

pairs = words.pairs(standing.ranking, trials.tried(standing.board, quarter, attempt))
headline(
    kicker(_("What if"), quarter, publication.marks(standing)),
    words.title(pairs, attempt, tiers),
    words.standfirst(pairs, attempt),
)
left, right = st.columns([7, 5], gap="large")
with left:
    unit_strip(words.strip_head(attempt), words.marks(pairs, tiers), tiers, attempt.asked)
    unit_changes(words.changers_head(pairs), words.sides(), words.changers(pairs, tiers), tiers)
with right:
    tier_bars(words.tiers_head(), tiers, words.tier_rows(pairs, tiers))
    unit_changes(words.followers_head(pairs), words.sides(), words.followers(pairs, tiers), tiers)

footnote(footnotes(standing.board, _("A trial is told by its address: share the link to show it to others")))
with choices:
    offer_download(live, f"what-if-{quarter.key}", lambda: words.download(pairs))
