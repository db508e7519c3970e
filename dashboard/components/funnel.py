"""Steps of a process: how many reached each one, how many were lost on the way, and how long it took."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import formats
from dashboard.components.headline import Head, block
from dashboard.components.markup import position, show, text


@dataclass(frozen=True)
class Step:
    """A step with its count; times in days to reach it from the step before, None where nothing is timed."""

    name: str
    count: int
    median: float | None = None
    p10: float | None = None
    p90: float | None = None


def funnel(head: Head, steps: Sequence[Step]) -> None:
    """Bars against the first step, losses between, times at right; the largest loss and time are violet."""
    base = max(steps[0].count, 1)
    losses = step_losses(steps)
    slowest = max((step.median for step in steps if step.median is not None), default=None)
    longest = max((step.p90 for step in steps if step.p90 is not None), default=1.0) or 1.0
    rows: list[str] = []
    for n, step in enumerate(steps):
        if n:
            worst = " bad" if losses[n] == max(losses) > 0 else ""
            loss = formats.decimal(-losses[n], 0) if losses[n] else ""
            rows.append(f'<div></div><div class="loss{worst}">{loss}</div><div></div>')
        rows.append(_row(step, base, longest, step.median is not None and step.median == slowest))
    show(block(*head, f'<div class="funnel" style="margin-top:14px">{"".join(rows)}</div>'))


def step_losses(steps: Sequence[Step]) -> list[int]:
    """How many were lost before each step since the last one that all must pass.

    A step with fewer cases than a later one is optional (not every task is supervised): nobody is lost there.
    """
    passed, losses = steps[0].count, [0]
    for n, step in enumerate(steps[1:], start=1):
        if step.count < max((later.count for later in steps[n + 1 :]), default=0):
            losses.append(0)
        else:
            losses.append(passed - step.count)
            passed = step.count
    return losses


def _row(step: Step, base: int, longest: float, slowest: bool) -> str:
    bar = (
        f'<div class="bar"><i style="width:{position(step.count, 0, base)}%"></i>'
        f"<span><b>{formats.integer(step.count)}</b>{formats.percent(step.count / base)}</span></div>"
    )
    return f'<div class="step">{text(step.name)}</div>{bar}{_time(step, longest, slowest)}'


def _time(step: Step, longest: float, slowest: bool) -> str:
    if step.median is None or formats.is_missing(step.median):
        return "<div></div>"
    left, middle, right = (position(value or 0, 0, longest) for value in (step.p10, step.median, step.p90))
    return (
        f'<div class="time{" bad" if slowest else ""}"><u style="left:{left}%;width:{right - left:.2f}%"></u>'
        f'<i style="left:{middle}%"></i><b style="left:{max(middle, 3)}%">{formats.decimal(step.median)}</b>'
        f'<em style="left:{right}%">{formats.decimal(step.p90)}</em></div>'
    )
