"""Why a unit has its score: the division, the sources of its points, how they spread over its people."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import formats
from dashboard.components.headline import block
from dashboard.components.markup import cell, position, show, table, text, tier_mark
from dashboard.translations import _


@dataclass(frozen=True)
class Source:
    """Points of one kind in the quarter."""

    kind: str
    points: float


def score_card(title: str, tier: tuple[int, str] | None, note: str, points: float, headcount: int) -> None:
    """Points ÷ people = score, written out."""
    mark = tier_mark(*tier) + "&emsp;" if tier else ""
    show(
        block(title),
        f'<p class="sub">{mark}{text(note)}</p>',
        '<div class="sum" style="margin-top:14px">'
        f"<div>{text(_('Points in total'))}<b>{formats.decimal(points, 0 if points == int(points) else 1)}</b></div>"
        f"<i>÷</i><div>{text(_('People at the end'))}<b>{formats.integer(headcount)}</b></div><i>=</i>"
        f"<div>{text(_('Unit score'))}<b>{formats.decimal(points / headcount if headcount else None, 2)}</b></div></div>",
    )


def source_table(sources: Sequence[Source], headcount: int) -> None:
    """Kinds of points with their sum, the share per person and their part of the whole; deductions in violet."""
    total = sum(source.points for source in sources) or 1
    largest = max((abs(source.points) for source in sources), default=1) or 1
    headers = [(_("Source"), ""), (_("Points"), "r"), (_("Per person"), "r"), (_("Share"), "")]
    rows = []
    for source in sources:
        bar = (
            f'<span class="track"><i class="{"bad" if source.points < 0 else ""}" '
            f'style="width:{position(abs(source.points), 0, largest) * 0.72}%"></i>'
            f'<span class="mute">{formats.decimal(source.points / total * 100, 0)}%</span></span>'
        )
        rows.append(
            "<tr>"
            + cell(text(source.kind))
            + cell(formats.decimal(source.points, 0), "r")
            + cell(formats.decimal(source.points / headcount if headcount else None), "r mute")
            + f'<td style="width:45%">{bar}</td></tr>'
        )
    show(table(headers, rows))


def spread_chart(title: str, subtitle: str, points: Sequence[float], zero: int) -> None:
    """How many people earned how much; those without any point stand apart in violet."""
    width, bins = _bins([value for value in points if value != 0])
    tallest = max([zero, *bins.values(), 1])
    bars = [(_("Zero {count}").format(count=zero), zero, "none", "")] if zero else []
    bars += [
        (
            "",
            count,
            "",
            _("{low}–{high} points: {count} people").format(low=n * width, high=(n + 1) * width, count=count),
        )
        for n, count in bins.items()
    ]
    drawn = "".join(
        f'<div class="{kind}" title="{text(hover)}"><span>{text(label)}</span>'
        f'<i style="height:{count / tallest * 92:.1f}px"></i></div>'
        for label, count, kind, hover in bars
    )
    scale = ["<span></span>"] * (1 if zero else 0)
    scale += [
        f"<span><em>{n * width}</em></span>" if (n - min(bins)) % 2 == 0 else "<span></span>" for n in bins
    ]
    show(
        block(title, subtitle),
        f'<div class="spread"><b class="top">{tallest}</b>{drawn}</div><div class="spreadx">{"".join(scale)}</div>',
    )


def fact_rows(facts: Sequence[tuple[str, str]], pairs: bool = False) -> None:
    """Two columns: what, and its value; two facts in a row as `pairs`, where the screen is wide enough."""
    show(
        f'<div class="facts{" pairs" if pairs else ""}">{"".join(f"<span>{text(name)}</span><b>{text(value)}</b>" for name, value in facts)}</div>'
    )


def _bins(points: Sequence[float]) -> tuple[int, dict[int, int]]:
    """Class width and people per class (class n runs from n to n+1 widths), at most fourteen classes."""
    low, high = min([0.0, *points]), max([1.0, *points])
    width = next((step for step in (5, 10, 20, 30, 50, 100, 200, 500) if (high - low) / step <= 13), 1000)
    bins = dict.fromkeys(range(int(low // width), int(high // width) + 1), 0)
    for value in points:
        bins[int(value // width)] += 1
    return width, bins
