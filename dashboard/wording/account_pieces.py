"""The pieces of a unit's account: the finding, the cut, single rows; and what can be opened.

As with `unit_pieces`, of a quarter as it stands where the quarters `published` are published.
"""

from dashboard.board import unit_accounts as accounts
from dashboard.board import units
from dashboard.board.door import Serving
from dashboard.board.kept_answers import answer
from dashboard.board.people import names as known_names
from dashboard.board.units import Published
from dashboard.components.folded_table import folded_table
from dashboard.components.headline import block_head, headline
from dashboard.components.plain_table import plain_table
from dashboard.translations import _, language
from dashboard.wording import publication
from dashboard.wording import unit_accounts as words
from dashboard.wording.figures import kicker
from dashboard.wording.pieces import piece
from pipelines.periods import Period


def unit_names(live: Serving, quarter: Period, published: Published) -> dict[str, str]:
    """The units to choose from, in the order of the ranking."""
    return _unit_names(language(), live, quarter, published)


@answer
def _unit_names(_language: str, live: Serving, quarter: Period, published: Published) -> dict[str, str]:
    return words.unit_names(units.standing_of(live, quarter, published).rows)


def picks(board: Serving, quarter: Period, unit: str, by: str) -> dict[str, str]:
    """What may be opened of a cut."""
    every, called = (
        words.every_row(units.explain_unit(board, quarter, unit)),
        _called(board, quarter, unit, by),
    )
    return {accounts.EVERY: every, **called}


def _called(board: Serving, quarter: Period, unit: str, by: str) -> dict[str, str]:
    return _labels(language(), board, quarter, unit, by)


@answer
def _labels(_language: str, board: Serving, quarter: Period, unit: str, by: str) -> dict[str, str]:
    return words.labels(by, accounts.cut(board, quarter, unit, by), known_names(board))


@piece
def finding(live: Serving, quarter: Period, published: Published, unit: str) -> None:
    """The score as a division."""
    standing = units.standing_of(live, quarter, published)
    why = units.explain_unit(standing.board, quarter, unit)
    marks = kicker(_("Where scores come from"), quarter, publication.marks(standing))
    headline(marks, words.title(words.unit_name(standing.rows, unit), why), words.standfirst(why))


@piece
def ledger(board: Serving, quarter: Period, unit: str, by: str, pick: str) -> None:
    """The newest rows of what is open."""
    why, called = units.explain_unit(board, quarter, unit), _called(board, quarter, unit, by)
    found, opened = accounts.picked(board, quarter, unit, by, pick), called.get(pick, _("All rows"))
    shown = accounts.disclosure(board, why.headcount)
    plain_table(*words.ledger_table(found, opened, why, known_names(board), shown))


@piece
def cut(board: Serving, quarter: Period, unit: str, by: str, pick: str) -> None:
    """The parts that add up to the score."""
    why, parts = units.explain_unit(board, quarter, unit), accounts.cut(board, quarter, unit, by)
    block_head(*words.cut_head(by, parts, why, accounts.disclosure(board, why.headcount)))
    folded_table(*words.cut_table(by, parts, why, _called(board, quarter, unit, by), pick))
