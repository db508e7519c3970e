"""Headline numbers that carry their base: 2,559 / 2,968 beside the rate."""

from dataclasses import replace

from dashboard import formats
from dashboard.board.figures import Figure
from dashboard.components.kpi_strip import Change, Kpi
from dashboard.wording.figures import is_share, kpi


def kpi_with_base(figure: Figure) -> Kpi:
    """The card of a headline number; numerator and denominator stand first under a rate."""
    card = kpi(figure)
    if figure.now.denominator is None or figure.now.value is None:
        return card
    base = Change("", formats.fraction(figure.now.numerator, figure.now.denominator))
    changes = (
        [replace(change, second=False) for change in card.changes]
        if is_share(figure.metric)
        else card.changes
    )
    return replace(card, changes=[base, *changes])
