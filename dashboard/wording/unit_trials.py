"""Sentences and records of the trial: what if lines and headcounts were others?"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard import formats
from dashboard.board.unit_trials import Attempt
from dashboard.components.headline import Head
from dashboard.components.unit_changes import UnitChange
from dashboard.components.unit_strip import Mark
from dashboard.table_rows import rows_of
from dashboard.translations import _
from dashboard.wording.unit_states import of_row, tier_place
from dashboard.wording.units import consequence_words
from pipelines.unit_trial import HeadcountRule

Pairs = Sequence[tuple[dict[str, Any], dict[str, Any]]]
_LONGEST_LIST = 60


def rule_labels() -> dict[str, str]:
    """Headcount rules, the one in force first."""
    return {
        "period_end": _("roster of the last day (in force)"),
        "month_ends": _("mean of the month ends"),
        "everyone": _("everyone who belonged in the quarter"),
    }


def rule_definition(rule: HeadcountRule) -> str:
    """Whose points are divided by what, exactly."""
    return {
        "period_end": _(
            "Everyone on the roster on the last day of the quarter, with all that they earned in it."
        ),
        "month_ends": _(
            "Each month by the roster of its own last day; points of the months ÷ mean of their headcounts."
        ),
        "everyone": _(
            "Everyone who stood on the unit's roster on any day; points count for the unit to which the person belonged that day."
        ),
    }[rule]


def pairs(official: pd.DataFrame, tried: pd.DataFrame) -> Pairs:
    """Each unit in both rankings, in the order of the official one."""
    by_unit = {str(row["unit_id"]): _row(row) for row in rows_of(tried)}
    ordered = official.sort_values(["ranking_group", "rank", "unit_id"], na_position="last")
    rows = (_row(row) for row in rows_of(ordered))
    return [(row, by_unit[str(row["unit_id"])]) for row in rows if str(row["unit_id"]) in by_unit]


def title(found: Pairs, attempt: Attempt, names: Sequence[str]) -> str:
    """How many units change tier, up and down."""
    if not attempt.changed:
        return _("Move a line or choose another headcount: who would change tier shows here")
    moved = [pair for pair in found if pair[0]["tier"] != pair[1]["tier"]]
    if not moved:
        return _("No unit would change tier")
    up = sum(_place(after, names) < _place(before, names) for before, after in moved)
    return _("{count} units would change tier: {up} up, {down} down").format(
        count=len(moved), up=up, down=len(moved) - up
    )


def standfirst(found: Pairs, attempt: Attempt) -> str:
    """Ranks and consequences that change, too."""
    ranks = sum(before["rank"] != after["rank"] for before, after in found)
    follows = sum(before["consequence"] != after["consequence"] for before, after in found)
    return (
        rule_definition(attempt.headcount)
        + " "
        + _("{ranks} units would have another rank, {follows} another consequence.").format(
            ranks=ranks, follows=follows
        )
    )


def mark(attempt: Attempt, official: Sequence[float]) -> str:
    """The rules on trial in one line."""
    lines = _(" / ").join(_line(line) for line in attempt.asked) or _("no line")
    in_force = _(" / ").join(_line(line) for line in official) or _("no line")
    return _("score lines {lines} (in force {in_force}); {rule}").format(
        lines=lines, in_force=in_force, rule=rule_labels()[attempt.headcount]
    )


def no_lines() -> Head:
    """What to say when what was typed are no score lines."""
    return _("These are no score lines"), _(
        "Three numbers are needed, and each line has to be lower than the one before it."
    )


def tiers_head() -> Head:
    """The two bars."""
    return _("Units per tier, before and after"), _("Units with people; above official, below the trial")


def tier_rows(found: Pairs, names: Sequence[str]) -> list[tuple[str, list[int]]]:
    """Official and tried units per tier."""
    sides = ((_("Official"), 0), (_("Trial"), 1))
    return [(label, [sum(pair[n]["tier"] == name for pair in found) for name in names]) for label, n in sides]


def marks(found: Pairs, names: Sequence[str]) -> list[Mark]:
    """Tried scores in tried tiers."""
    return [
        Mark(str(after["unit"]), float(after["score"]), tier_place(after["tier"], names), near_line=False)
        for _before, after in found
        if not formats.is_missing(after["score"])
    ]


def strip_head(attempt: Attempt) -> Head:
    """How to read the strip."""
    return _("Where the lines on trial would cut"), _(
        "Unit scores under the trial, points; vertical: its lines"
    )


def sides() -> tuple[str, str]:
    """Words for before and after."""
    return _("official"), _("trial")


def changers_head(found: Pairs) -> Head:
    """The list of those who change tier."""
    count = sum(before["tier"] != after["tier"] for before, after in found)
    return _("Who changes tier: {count}").format(count=count), _(
        "From → to; what follows would be drawn anew within each ranking group"
    )


def changers(found: Pairs, names: Sequence[str]) -> list[UnitChange]:
    """Units whose tier is another one under the trial, largest groups of the official ranking first."""
    moved = [pair for pair in found if pair[0]["tier"] != pair[1]["tier"]]
    return [_change(before, after, names) for before, after in moved]


def followers_head(found: Pairs) -> Head:
    """The list of those who keep their tier, but not what follows."""
    count = len(_followers(found))
    return _("Same tier, another consequence: {count}").format(count=count), _(
        "Commendations and explanations go by rank within the group"
    )


def followers(found: Pairs, names: Sequence[str]) -> list[UnitChange]:
    """Units that keep their tier and would be commended or explain, or no longer."""
    return [_change(before, after, names) for before, after in _followers(found)][:_LONGEST_LIST]


def download(found: Pairs) -> dict[str, pd.DataFrame]:
    """Every unit in both rankings."""
    kept = ("rank", "tier", "score", "points", "headcount", "consequence")
    rows = [
        {
            _("Unit code"): before["unit_id"],
            _("Unit"): before["unit"],
            _("Ranking group"): before["ranking_group"],
        }
        | {
            f"{_('Official')} {name}": _told(key, before[key])
            for key, name in zip(kept, _kept_names(), strict=True)
        }
        | {
            f"{_('Trial')} {name}": _told(key, after[key])
            for key, name in zip(kept, _kept_names(), strict=True)
        }
        for before, after in found
    ]
    return {_("Trial"): pd.DataFrame(rows)}


def _told(key: str, value: Any) -> Any:
    return consequence_words(str(value or "")) if key == "consequence" else value


def _kept_names() -> tuple[str, ...]:
    return _("Rank"), _("Tier"), _("Score"), _("Points in all"), _("People"), _("Consequence")


def _followers(found: Pairs) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [
        pair
        for pair in found
        if pair[0]["tier"] == pair[1]["tier"] and pair[0]["consequence"] != pair[1]["consequence"]
    ]


def _change(before: dict[str, Any], after: dict[str, Any], names: Sequence[str]) -> UnitChange:
    was, will = (consequence_words(str(row["consequence"])) for row in (before, after))
    note = "" if was == will else f"{was or formats.NOTHING} → {will or formats.NOTHING}"
    return UnitChange(
        str(before["unit"]), str(before["ranking_group"]), of_row(before, names), of_row(after, names), note
    )


def _row(row: dict[Any, Any]) -> dict[str, Any]:
    """A row in which what is missing is None, so that it equals another missing one."""
    return {str(name): None if formats.is_missing(value) else value for name, value in row.items()}


def _place(row: dict[str, Any], names: Sequence[str]) -> int:
    place = tier_place(row["tier"], names)
    return len(names) if place is None else place


def _line(line: float) -> str:
    return formats.decimal(line, 0 if line == int(line) else 1)
