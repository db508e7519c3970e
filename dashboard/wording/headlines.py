"""The strip of headline numbers with what each rate rests on."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard import formats
from dashboard.board.figures import Figure
from dashboard.components.kpi_strip import Change, Kpi
from dashboard.translations import _
from dashboard.wording.figures import is_share, kpi


def strip(figures: Sequence[Figure]) -> list[Kpi]:
    """One card per figure; a share names its numerator and denominator."""
    return [_with_base(figure) for figure in figures]


def _with_base(figure: Figure) -> Kpi:
    card = kpi(figure)
    if figure.previous == figure.year_earlier:
        # The year before is both: said once.
        card = replace(card, changes=[replace(change, second=False) for change in card.changes[-1:]])
    if figure.now.value is None:
        card = replace(card, suffix="")
        if figure.metric.mart == "places":
            card = replace(card, changes=[Change(_("latest period only"), "")])
    if sum(value is not None for value in figure.trend) < 2:
        card = replace(card, trend=())
    if not is_share(figure.metric) or figure.now.denominator is None:
        return card
    base = formats.fraction(figure.now.numerator, figure.now.denominator)
    return replace(card, name=f"{card.name}　{base}")
