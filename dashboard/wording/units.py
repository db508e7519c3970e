"""Sentences and records of the unit ranking."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from dashboard import formats
from dashboard.board.units import UnitExplanation
from dashboard.components.headline import Head
from dashboard.components.ranking_table import RankedUnit
from dashboard.components.unit_card import Source
from dashboard.components.unit_strip import Mark
from dashboard.table_rows import Row
from dashboard.translations import _
from dashboard.wording.choices import choice_label
from pipelines.district import District


def title(units: Sequence[Row], words: Sequence[str]) -> str:
    """How many units in the best and the worst tier, and how many stand near a line."""
    ranked = [row for row in units if not formats.is_missing(row["rank"])]
    if not ranked:
        return _("No unit has people in this quarter")
    tiers = [row["tier"] for row in ranked]
    if not any(tier for tier in tiers if not formats.is_missing(tier)):
        return _("{count} units ranked, no score lines in force").format(count=len(ranked))
    best, worst = tiers.count(words[0]), tiers.count(words[3])
    clauses = _("{best} units {excellent}, {worst} {fail}").format(
        best=best, excellent=words[0], worst=worst, fail=words[3]
    )
    near = sum(not formats.is_missing(row["near_line"]) and bool(row["near_line"]) for row in ranked)
    return clauses + (
        _("; {count} stand near a score line").format(count=near) if near else _("; none near a score line")
    )


def standfirst(units: Sequence[Row], lines: Sequence[float], words: Sequence[str]) -> str:
    """Consequences, the rule of the score, and the lines."""
    flags = [_consequence(row) for row in units]
    text = _(
        "{commended} commended, {explaining} explain in writing. Score = points of all people ÷ all people, those without points included."
    ).format(
        commended=sum("commended" in flag for flag in flags),
        explaining=sum("explains" in flag for flag in flags),
    )
    if not lines:
        return text
    drawn = _(" / ").join(f"{word} {_line(line)}" for word, line in zip(words, lines, strict=False))
    return text + _(" Score lines: {lines}; equal to a line takes the higher tier.").format(lines=drawn)


def group_labels(groups: Mapping[str, int]) -> dict[str, str]:
    """区直单位（46个）"""
    return {
        group: _("{group} ({count})").format(group=group or _("Without group"), count=count)
        for group, count in groups.items()
    }


def nothing_to_rank() -> Head:
    """What to say without units, and what to do."""
    return (
        _("No units to rank"),
        _("Put the exports of units, stewards and points into the inbox and build again."),
    )


def strip_head(units: Sequence[Row], lines: Sequence[float], district: District) -> Head:
    """Finding and reading of the strip."""
    reading = _strip_subtitle(district) if lines else _("Unit score, points")
    return _strip_title(units, lines, district.tiers.names), reading


def _strip_title(units: Sequence[Row], lines: Sequence[float], words: Sequence[str]) -> str:
    """Where most units stand near a line."""
    scores = formats.known(row["score"] for row in units)
    if not lines or not scores:
        return _("One mark per unit")
    within = [sum(abs(score - line) <= 5 for score in scores) for line in lines]
    if max(within) == 0:
        return _("One mark per unit: no unit within 5 points of a line")
    crowded = within.index(max(within))
    return _("One mark per unit: {count} within 5 points of the {tier} line").format(
        count=max(within), tier=words[crowded]
    )


def marks(units: Sequence[Row], words: Sequence[str]) -> list[Mark]:
    """One mark per ranked unit."""
    return [
        Mark(str(row["unit"]), float(row["score"]), _tier_place(row["tier"], words), bool(row["near_line"]))
        for row in units
        if not formats.is_missing(row["score"])
    ]


def table_rows(
    units: Sequence[Row],
    lines: Sequence[float],
    words: Sequence[str],
    trends: Mapping[str, Sequence[float | None]],
) -> list[RankedUnit]:
    """Rows of the ranking, best first, units without people at the end."""
    return [
        RankedUnit(
            unit_id=str(row["unit_id"]),
            name=str(row["unit"]),
            rank=formats.whole(row["rank"]),
            tied=bool(row["tied"]),
            score=formats.number(row["score"]),
            tier=_tier_place(row["tier"], words),
            margin=formats.number(row["margin"]),
            line=_nearest_line(formats.number(row["score"]), formats.number(row["margin"]), lines),
            headcount=int(row["headcount"]),
            previous_rank=formats.whole(row["previous_rank"]),
            trend=trends.get(str(row["unit_id"]), ()),
            flags=flags(bool(row["near_line"]), str(row["consequence"] or "")),
        )
        for row in best_first(units)
    ]


def best_first(units: Sequence[Row]) -> list[Row]:
    """Units by rank and code, those without a rank at the end."""
    return sorted(units, key=lambda row: (row["rank"] is None, row["rank"] or 0, row["unit_id"]))


def flags(near_line: bool, consequence: str) -> list[tuple[str, str]]:
    """临界, 表扬, 书面说明 with their colour classes; losing eligibility is what the fail tier says already."""
    found = [(_("near line"), "red")] if near_line else []
    if "commended" in consequence:
        found.append((_("commended"), "gold"))
    if "explains" in consequence:
        found.append((_("explains"), "bad"))
    return found


def unit_options(rows: Sequence[RankedUnit]) -> dict[str, str]:
    """Unit id → 9　人力资源和社会保障局, for the box that opens a unit."""
    return {row.unit_id: f"{formats.rank(row.rank, row.tied)}　{row.name}" for row in rows}


def first_to_open(rows: Sequence[RankedUnit]) -> str:
    """The unit opened first: the one nearest to a line, else the best."""
    near = [row for row in rows if row.margin is not None]
    return min(near, key=lambda row: abs(row.margin or 0)).unit_id if near else rows[0].unit_id


def row_choices(rows: Sequence[RankedUnit]) -> dict[str, str]:
    """The rows that matter, or all."""
    return {"key": _("Key rows"), "all": _("All {count}").format(count=len(rows))}


def row_of(rows: Sequence[RankedUnit], unit_id: str) -> RankedUnit:
    """The row of a unit."""
    return next(row for row in rows if row.unit_id == unit_id)


def card_head(row: RankedUnit, words: Sequence[str], ranked: int) -> tuple[str, tuple[int, str] | None, str]:
    """Title of the card, place and word of the tier (None without score lines), and the ranks."""
    tier = None if row.tier is None else (row.tier, words[row.tier])
    return _card_title(row, words), tier, _card_note(row, ranked)


def spread_subtitle(explanation: UnitExplanation) -> str:
    """Whose points the bars count."""
    return _("Points of {count} people in the quarter, people per class").format(count=explanation.headcount)


def _strip_subtitle(district: District) -> str:
    """How to read the ring."""
    return _(
        "Unit score, points; red ring = near line (keeps its tier in less than {share} of resamples, or one urgent task away)"
    ).format(share=f"{formats.decimal(float(district.ranking.near_line) * 100, 0)}%")


def _card_title(row: RankedUnit, words: Sequence[str]) -> str:
    """The unit and how far it is from the nearest line."""
    if row.margin is None or row.line is None:
        return row.name
    distance = formats.decimal(abs(row.margin))
    if formats.rounded(row.margin, 1) == 0 and row.margin >= 0:
        return _("{unit}: on the {tier} line, why").format(unit=row.name, tier=words[row.line])
    template = (
        _("{unit}: {distance} points above the {tier} line, why")
        if row.margin > 0
        else _("{unit}: {distance} points below the {tier} line, why")
    )
    return template.format(unit=row.name, distance=distance, tier=words[row.line])


def _card_note(row: RankedUnit, ranked: int) -> str:
    """第 9 名　上季第 13 名"""
    if row.rank is None:
        return _("No people, no rank")
    place = _("tied rank {rank} of {count}") if row.tied else _("rank {rank} of {count}")
    note = place.format(rank=row.rank, count=ranked)
    if row.previous_rank is None:
        return note
    return note + "　" + _("previous quarter rank {rank}").format(rank=row.previous_rank)


def sources(explanation: UnitExplanation) -> list[Source]:
    """Kinds of points, most first."""
    return [Source(choice_label(kind), points) for kind, points, _entries in explanation.kinds]


def spread_title(explanation: UnitExplanation) -> str:
    """How many people have no points and what that costs the score."""
    if not explanation.zero:
        return _("Everyone has points")
    earning = explanation.headcount - explanation.zero
    if not earning:
        return _("Nobody has points")
    cost = explanation.points / earning - explanation.points / explanation.headcount
    return _("{count} people without points pull the score down by {cost}").format(
        count=explanation.zero, cost=formats.decimal(cost)
    )


def facts(
    row: RankedUnit, explanation: UnitExplanation, lines: Sequence[float], words: Sequence[str]
) -> list[tuple[str, str]]:
    """What would change the tier, and how many ledger rows stand behind the score."""
    found = [(_("Ledger rows behind the score"), formats.integer(explanation.entries))]
    if row.tier is None or row.score is None or not lines:
        return found
    if row.tier < 3:
        spare = (row.score - lines[row.tier]) * explanation.headcount
        falls = _("More than {points} points fewer").format(points=formats.decimal(spare, 0))
        fact = falls if formats.rounded(spare, 0) else _("A single point fewer")
        found.insert(0, (fact, _("falls to {tier}").format(tier=words[row.tier + 1])))
    if row.tier > 0:
        missing = (lines[row.tier - 1] - row.score) * explanation.headcount
        found.insert(
            0,
            (
                _("{points} points more").format(points=formats.decimal(missing, 0)),
                _("rises to {tier}").format(tier=words[row.tier - 1]),
            ),
        )
    return found


def provisional_note(units: Sequence[Row], last_day: date) -> str:
    """Says that a running quarter is provisional."""
    if not any(row["provisional"] and not formats.is_missing(row["provisional"]) for row in units):
        return ""
    return _("provisional: the quarter is not over, roster of {day}").format(day=formats.day(last_day))


def download(units: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The ranking with Chinese headers, unrounded."""
    headers = {
        "rank": _("Rank"), "tied": _("Tied"), "unit_id": _("Unit code"), "unit": _("Unit"),
        "ranking_group": _("Ranking group"), "headcount": _("People"), "points": _("Points in all"), "score": _("Score"),
        "tier": _("Tier"), "margin": _("Margin"), "near_line": _("Near line"), "previous_rank": _("Previous rank"),
        "previous_tier": _("Previous tier"), "consequence": _("Consequence"), "provisional": _("Provisional"),
    }  # fmt: skip
    said = units.assign(consequence=units["consequence"].fillna("").map(consequence_words))
    return {_("Unit ranking"): said[[column for column in headers if column in said]].rename(columns=headers)}


def consequence_words(consequence: str) -> str:
    """表扬, 书面说明, 不参加评先表优: what follows from a rank, for those who read the table alone."""
    words = {
        "commended": _("commended"), "explains": _("explains"), "ineligible": _("no award eligibility"),
    }  # fmt: skip
    return _(", ").join(words[one] for one in consequence.split("+") if one)


def _consequence(row: Row) -> str:
    return "" if formats.is_missing(row["consequence"]) else str(row["consequence"])


def _tier_place(tier: object, words: Sequence[str]) -> int | None:
    return words.index(tier) if tier in words else None


def _nearest_line(score: float | None, margin: float | None, lines: Sequence[float]) -> int | None:
    if score is None or margin is None or not lines:
        return None
    return min(range(len(lines)), key=lambda n: abs(score - margin - lines[n]))


def _line(line: float) -> str:
    return formats.decimal(line, 0 if line == int(line) else 1)
