"""A limit and whether it holds."""

import math
from dataclasses import dataclass

from tests.benchmarks.measured import Spread


@dataclass(frozen=True)
class Verdict:
    """A limit, what was measured, and whether it holds; None: measured without a limit, or not measurable here."""

    what: str
    limit: str
    found: str
    holds: bool | None


def each_within(
    what: str, limit: float, values: list[float], form: str = "{:.2f}", suffix: str = ""
) -> Verdict:
    """Every one of many values under one limit."""
    if not values or any(map(math.isnan, values)):
        return Verdict(what, f"each ≤ {limit:g}{suffix}", "not measured", None)
    over = sum(value > limit for value in values)
    return Verdict(
        what, f"each ≤ {limit:g}{suffix}", f"{Spread(values).text(form)}{suffix}, {over} over", not over
    )


def within(what: str, limit: float, value: float, form: str = "{:.2f}", suffix: str = "") -> Verdict:
    """One value under a limit."""
    if math.isnan(value):
        return Verdict(what, f"≤ {limit:g}{suffix}", "not measured", None)
    return Verdict(what, f"≤ {limit:g}{suffix}", f"{form.format(value)}{suffix}", value <= limit)
