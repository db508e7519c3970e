"""One small panel per area or channel on the same axis."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboard.components.headline import Head, block
from dashboard.components.markup import position, show, text
from dashboard.components.strokes import stroke
from dashboard.formats import decimal, is_missing, known, percent_number

# About how large the field of a panel is, in pixels.
_FIELD = (200, 96)
_STEPS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5)


@dataclass(frozen=True)
class Panel:
    """Name, values over time (oldest first), a note under the name; `lags` paints it violet.

    `shown` is the figure beside the name; without it the last one of the line.
    """

    name: str
    values: Sequence[float | None]
    note: str = ""
    lags: bool = False
    shown: float | None = None


@dataclass(frozen=True)
class Scale:
    """The common axis: its two ends, ticks as (value, words), and how a panel's figure is written."""

    bounds: tuple[float, float]
    ticks: Sequence[tuple[float, str]]
    words: Callable[[float | None], str]


def small_multiples(
    head: Head,
    panels: Sequence[Panel],
    baseline: Sequence[float | None],
    ends: tuple[str, str],
    scale: Scale | None = None,
    note: str = "",
    columns: int | None = None,
) -> None:
    """Panels with the whole behind each in grey, of shares unless `scale` says otherwise.

    `ends` names the first and the last period, `note` stands below all panels; they stand in one row, or in so many
    `columns`.
    """
    if not panels:
        return
    scale = scale or share_scale([*baseline, *(value for one in panels for value in one.values)])
    drawn = "".join(_panel(one, baseline, scale, ends) for one in panels)
    below = f'<p class="sub" style="padding:6px 0">{text(note)}</p>' if note else ""
    show(block(*head, f'<div class="multiples m{min(columns or len(panels), 7)}">{drawn}</div>{below}'))


def share_scale(values: Sequence[float | None]) -> Scale:
    """An axis around shares."""
    ticks = share_ticks(values)
    return Scale((ticks[0][0], ticks[-1][0]), ticks, percent_number)


def share_ticks(values: Sequence[float | None]) -> list[tuple[float, str]]:
    """Three to five even ticks around all shares, never above 100 %."""
    found = known(values)
    if not found:
        return [(0.0, "0"), (1.0, "100")]
    low, high = min(found), max(found)
    step = next((step for step in _STEPS if (high - low) / step <= 3), _STEPS[-1])
    first, last = int(low / step + 1e-9), int(-(-high // step))
    last = max(min(last, round(1 / step)), first + 1)
    return [(n * step, decimal(n * step * 100, 1 if step < 0.01 else 0)) for n in range(first, last + 1)]


def _panel(one: Panel, baseline: Sequence[float | None], scale: Scale, ends: tuple[str, str]) -> str:
    low, high = scale.bounds
    lines = stroke(baseline, low, high, "comparison", 1.4, _FIELD) + stroke(
        one.values, low, high, "violet" if one.lags else "teal", 2.2, _FIELD
    )
    grid = "".join(
        f'<i style="bottom:{position(at, low, high)}%"><em>{text(label)}</em></i>'
        for at, label in scale.ticks
    )
    known = [(place, value) for place, value in enumerate(one.values) if not is_missing(value)]
    dot = ""
    if known:
        place, value = known[-1]
        left, bottom = position(place, 0, max(1, len(one.values) - 1)), position(float(value or 0), low, high)
        dot = f'<u style="left:{left}%;bottom:{bottom}%"></u>'
    shown = one.shown if one.shown is not None else (known[-1][1] if known else None)
    mood = "bad" if one.lags else "good"
    note = f'<div class="note">{text(one.note)}</div>' if one.note else ""
    return (
        f'<div class="{mood}"><div class="top"><span>{text(one.name)}</span><b>{text(scale.words(shown))}</b></div>{note}'
        f'<div class="field">{grid}{lines}{dot}</div><div class="ends"><span>{text(ends[0])}</span><span>{text(ends[1])}</span></div></div>'
    )
