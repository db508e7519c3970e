"""One small panel per area or channel on the same axis."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.components.headline import Head, block
from dashboard.components.markup import picture, show, text
from dashboard.components.svg import panel
from dashboard.formats import decimal, is_missing, percent_number
from dashboard.theme import palette

_STEPS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5)


@dataclass(frozen=True)
class Panel:
    """Name, shares over time (oldest first), a note under the name; `lags` paints it violet."""

    name: str
    values: Sequence[float | None]
    note: str = ""
    lags: bool = False


def small_multiples(
    head: Head, panels: Sequence[Panel], baseline: Sequence[float | None], ends: tuple[str, str]
) -> None:
    """Panels of rates with the district behind each in grey; `ends` names the first and the last period."""
    if not panels:
        return
    colours = palette()
    ticks = share_ticks([*baseline, *(value for one in panels for value in one.values)])
    drawn = "".join(
        _panel(one, picture(panel(one.values, baseline, ticks, ends, colours, _colour(one)), one.name))
        for one in panels
    )
    show(block(*head, f'<div class="multiples" style="margin-top:10px">{drawn}</div>'))


def share_ticks(values: Sequence[float | None]) -> list[tuple[float, str]]:
    """Three to five even ticks around all shares, never above 100 %."""
    known = [float(value) for value in values if not is_missing(value)]  # type: ignore[arg-type]
    if not known:
        return [(0.0, "0"), (1.0, "100")]
    low, high = min(known), max(known)
    step = next((step for step in _STEPS if (high - low) / step <= 3), _STEPS[-1])
    first, last = int(low / step + 1e-9), int(-(-high // step))
    last = max(min(last, round(1 / step)), first + 1)
    return [(n * step, decimal(n * step * 100, 1 if step < 0.01 else 0)) for n in range(first, last + 1)]


def _colour(one: Panel) -> str:
    return palette().violet if one.lags else palette().teal


def _panel(one: Panel, drawn: str) -> str:
    known = [value for value in one.values if not is_missing(value)]
    mood = "bad" if one.lags else "good"
    note = f'<div class="sub" style="font-size:12px">{text(one.note)}</div>' if one.note else ""
    return (
        f'<div><div class="top"><span>{text(one.name)}</span>'
        f'<b class="{mood}">{percent_number(known[-1] if known else None)}</b></div>{note}{drawn}</div>'
    )
