"""Rates with what they rest on: numerator and denominator beside headline numbers, intervals beside areas."""

from dataclasses import replace

import pandas as pd

from dashboard import formats
from dashboard.board.figures import Figure
from dashboard.components.interval_charts import Estimate
from dashboard.components.kpi_strip import Kpi
from dashboard.wording.figures import kpi
from pipelines.surveys import wilson


def kpi_with_base(figure: Figure) -> Kpi:
    """The card of a headline number; numerator and denominator stand beside the name of a rate.

    Of a year 环比 and 同比 are the same comparison and stand once.
    """
    card = kpi(figure)
    changes = [replace(change, second=False) for change in card.changes]
    if figure.previous == figure.year_earlier:
        changes = changes[:1]
    if figure.now.denominator is None or figure.now.value is None:
        return replace(card, changes=changes)
    base = formats.fraction(figure.now.numerator, figure.now.denominator)
    return replace(card, changes=changes, name=f"{card.name}　{base}")


def estimates(frame: pd.DataFrame, level: str) -> list[Estimate]:
    """Areas with the 95 % interval that so few cases allow, in the order of the frame."""
    columns = [f"{level}_name", "value", "denominator"]
    return [_estimate(str(name), float(value), int(base)) for name, value, base in frame[columns].to_numpy()]


def _estimate(name: str, value: float, base: int) -> Estimate:
    low, high = wilson(value, base)
    return Estimate(name, value, float(low), float(high), base)


def or_nothing(value: object) -> str:
    """A name, or — where there is none."""
    return formats.NOTHING if formats.is_missing(value) or value == "" else str(value)
