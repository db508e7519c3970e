"""The unit ranking as a table: tier, score, distance to the nearest score line, movement, consequence."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from dashboard import formats
from dashboard.components.markup import cell, name, position, show, table, text, tier_mark
from dashboard.components.strokes import sparkline
from dashboard.translations import _

_AROUND = 3  # rows kept on each side of a score line
_COLUMNS = 10
_ONE_LINE = 12


@dataclass(frozen=True)
class RankedUnit:
    """One row; `tier` and `line` are places (0 is the best), `flags` are (word, colour class) pairs."""

    unit_id: str
    name: str
    rank: int | None
    tied: bool
    score: float | None
    tier: int | None
    margin: float | None
    line: int | None
    headcount: int
    previous_rank: int | None
    trend: Sequence[float | None] = ()
    flags: Sequence[tuple[str, str]] = field(default=())


def ranking_table(
    units: Sequence[RankedUnit],
    words: Sequence[str],
    lines: Sequence[float],
    selected: str | None,
    folded: bool,
) -> None:
    """Units best first; `folded` keeps the ends, both sides of every line, flagged units and the selected one."""
    at_lines = "·".join(formats.decimal(line, 0 if line == int(line) else 1) for line in reversed(lines))
    headers = [
        (_("Rank"), "r"), (_("Unit"), ""), (_("Tier"), "nw"), (_("Score"), "r"),
        (_("From the nearest score line (ticks at {lines})").format(lines=at_lines) if lines else "", "mid"),
        (_("Margin"), "r"), ("", "wide"), (_("People"), "r wide"), (_("Movement"), "r wide"),
        (_("Last 8 quarters"), "spark"), ("", ""),
    ]  # fmt: skip
    kept = _kept(units, selected) if folded else set(range(len(units)))
    show(table(headers, _rows(units, words, lines, selected, kept)))


def _kept(units: Sequence[RankedUnit], selected: str | None) -> set[int]:
    kept = {0, len(units) - 1} | {n for n, unit in enumerate(units) if unit.flags or unit.unit_id == selected}
    for n in range(1, len(units)):
        if units[n].tier != units[n - 1].tier:
            kept |= set(range(n - 1, n + _AROUND))
    return {n for n in kept if 0 <= n < len(units)}


def _rows(
    units: Sequence[RankedUnit],
    words: Sequence[str],
    lines: Sequence[float],
    selected: str | None,
    kept: set[int],
) -> list[str]:
    rows: list[str] = []
    hidden = 0
    span = _scale(units, lines)
    for n, unit in enumerate(units):
        if n not in kept:
            hidden += 1
            continue
        if hidden:
            rows.append(_fold(hidden))
            hidden = 0
        if n and unit.tier is not None and units[n - 1].tier is not None:
            rows.extend(
                _score_line(words[line], lines[line]) for line in range(units[n - 1].tier or 0, unit.tier)
            )
        rows.append(_row(unit, words, lines, span, unit.unit_id == selected))
    return rows


def _fold(count: int) -> str:
    words = text(_("{count} units").format(count=count))
    return f'<tr class="fold"><td colspan="{_COLUMNS + 1}">· · ·&emsp;{words}&emsp;· · ·</td></tr>'


def _score_line(word: str, line: float) -> str:
    words = _("{tier} line {score} points").format(
        tier=word, score=formats.decimal(line, 0 if line == int(line) else 1)
    )
    return f'<tr class="line"><td colspan="{_COLUMNS + 1}">{text(words)}</td></tr>'


def _row(
    unit: RankedUnit, words: Sequence[str], lines: Sequence[float], span: tuple[float, float], selected: bool
) -> str:
    line_name = "" if unit.line is None else _("{tier} line").format(tier=words[unit.line])
    flags = "".join(f'<span class="flag {kind}">{text(word)}</span>' for word, kind in unit.flags)
    trend = sparkline(unit.trend) if len(unit.trend) > 1 else ""
    cells = [
        cell(formats.rank(unit.rank, unit.tied), "r"),
        cell(name(unit.name), "unit short" if len(unit.name) <= _ONE_LINE else "unit"),
        cell(tier_mark(unit.tier, words[unit.tier]) if unit.tier is not None else formats.NOTHING, "nw"),
        cell(formats.decimal(unit.score), "r strong"),
        cell(_lollipop(unit, lines, span), "mid"),
        cell(formats.signed(unit.margin), "r"),
        cell(text(line_name), "mute nw wide"),
        cell(formats.integer(unit.headcount), "r mute wide"),
        cell(formats.movement(unit.rank, unit.previous_rank), "r mute wide"),
        cell(trend, "spark"),
        cell(flags, "nw flags"),
    ]
    return f"<tr{' class=sel' if selected else ''}>{''.join(cells)}</tr>"


def _scale(units: Sequence[RankedUnit], lines: Sequence[float]) -> tuple[float, float]:
    values = [float(unit.score) for unit in units if unit.score is not None] + list(lines)
    low, high = min(values, default=0.0), max(values, default=1.0)
    pad = (high - low) * 0.03 or 1.0
    return low - pad, high + pad


def _lollipop(unit: RankedUnit, lines: Sequence[float], span: tuple[float, float]) -> str:
    if unit.score is None or unit.tier is None or unit.line is None:
        return ""
    ticks = "".join(f'<i style="left:{position(line, *span)}%"></i>' for line in lines)
    at, anchor = position(unit.score, *span), position(lines[unit.line], *span)
    return (
        f'<span class="lolly">{ticks}<u class="f{unit.tier + 1}" style="left:{min(at, anchor)}%;'
        f'width:{abs(at - anchor):.2f}%"></u><span class="shape s{unit.tier + 1}" style="left:{at}%"></span></span>'
    )
