"""The pieces of the units' screen: the finding, the strip, one unit, the ranking; and what can be chosen.

All of a quarter as it stands where the quarters `published` are published, which may change while a version serves.
"""

from dashboard.board import units
from dashboard.board.door import Serving
from dashboard.board.kept_answers import answer
from dashboard.board.units import Published
from dashboard.components.headline import headline
from dashboard.components.ranking_table import RankedUnit, ranking_table
from dashboard.components.unit_card import fact_rows, score_card, source_table, spread_chart
from dashboard.components.unit_strip import unit_strip
from dashboard.theme import on_paper
from dashboard.translations import _, language
from dashboard.wording import publication
from dashboard.wording import unit_lists as lists
from dashboard.wording import units as words
from dashboard.wording.figures import kicker
from dashboard.wording.pieces import piece
from pipelines.periods import Period


def groups(live: Serving, quarter: Period, published: Published) -> dict[str, str]:
    """The ranking groups to choose from."""
    return _groups(language(), on_paper(), live, quarter, published)


@answer
def _groups(
    _language: str, _paper: bool, live: Serving, quarter: Period, published: Published
) -> dict[str, str]:
    return lists.groups(units.standing_of(live, quarter, published).rows)


def rows(live: Serving, quarter: Period, published: Published, group: str) -> list[RankedUnit]:
    """The units of a group, best first."""
    return _rows(language(), live, quarter, published, group)


@answer
def _rows(
    _language: str, live: Serving, quarter: Period, published: Published, group: str
) -> list[RankedUnit]:
    standing = units.standing_of(live, quarter, published)
    members, trends = units.rows_in(standing.rows, group), units.score_trends(standing.board, quarter)
    return words.table_rows(members, standing.lines, standing.tiers, trends)


@piece
def finding(live: Serving, quarter: Period, published: Published, group: str) -> None:
    """How the units are spread over the tiers."""
    standing = units.standing_of(live, quarter, published)
    members, lines, tiers = units.rows_in(standing.rows, group), standing.lines, standing.tiers
    marks = [lists.named(group), *publication.marks(standing)]
    where = kicker(_("Unit service ranking"), quarter, marks)
    headline(where, words.title(members, tiers), words.standfirst(members, lines, tiers))


@piece
def strip(live: Serving, quarter: Period, published: Published, group: str) -> None:
    """Every unit on the line of scores."""
    standing = units.standing_of(live, quarter, published)
    members, lines, tiers = units.rows_in(standing.rows, group), standing.lines, standing.tiers
    head = words.strip_head(members, lines, standing.board.district)
    unit_strip(head, words.marks(members, tiers), tiers, lines)


@piece
def card(live: Serving, quarter: Period, published: Published, group: str, opened: str) -> None:
    """Why one unit has its score."""
    standing = units.standing_of(live, quarter, published)
    ranked, lines, tiers = rows(live, quarter, published, group), standing.lines, standing.tiers
    chosen, why = words.row_of(ranked, opened), units.explain_unit(standing.board, quarter, opened)
    score_card(*words.card_head(chosen, tiers, len(ranked)), why.points, why.headcount)
    source_table(words.sources(why), why.headcount)
    spread_chart(words.spread_title(why), words.spread_subtitle(why), why.people, why.zero)
    fact_rows(words.facts(chosen, why, lines, tiers))


@piece
def table(
    live: Serving, quarter: Period, published: Published, group: str, opened: str, folded: bool
) -> None:
    """The ranking with the open unit marked."""
    standing = units.standing_of(live, quarter, published)
    ranked = rows(live, quarter, published, group)
    ranking_table(ranked, standing.tiers, standing.lines, opened, folded=folded)
