"""What needs a decision, most pressing first: units, wishes, tasks, findings."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard import formats
from dashboard.board.door import Serving
from dashboard.board.figures import Value
from dashboard.board.overview import Pending
from dashboard.components.decision_list import Decision
from dashboard.components.headline import Head
from dashboard.table_rows import rows_of
from dashboard.translations import _
from dashboard.wording.checks import check_labels

OLD_WISH_DAYS = 30


def head(serving: Serving) -> Head:
    """What the list holds; what is open counts at data until, whatever the period."""
    reading = _("Most pressing first; what is open, as of {day}").format(day=formats.day(serving.data_until))
    return _("What needs deciding"), reading


def listed(serving: Serving, units: pd.DataFrame, pending: Pending) -> list[Decision]:
    """What needs deciding, most pressing first; rows without a case are left out."""
    # As plain records: filtering a small table four times over costs more than reading it once.
    ranked = rows_of(units)
    found = [
        _explaining(ranked),
        _near_line(ranked),
        _wishes(pending.wishes),
        _overdue(serving, pending.overdue),
    ]
    return [decision for decision in (*found, _findings(serving, pending.findings)) if decision is not None]


def _explaining(units: Sequence[Mapping[Any, Any]]) -> Decision | None:
    explaining = [unit for unit in units if "explains" in unit["consequence"]]
    if not explaining:
        return None
    worst = min((unit for unit in units if pd.notna(unit["score"])), key=lambda unit: unit["score"])
    sentence = _("The last {count} units explain in writing, {failing} of them fail").format(
        count=len(explaining), failing=sum("ineligible" in unit["consequence"] for unit in explaining)
    )
    evidence = _("{unit} {score} points, margin {margin}").format(
        unit=worst["unit"], score=formats.decimal(worst["score"]), margin=formats.signed(worst["margin"])
    )
    if not worst["tier"]:  # no score lines are in force
        sentence = _("The last {count} units explain in writing").format(count=len(explaining))
        evidence = _("{unit} {score} points").format(
            unit=worst["unit"], score=formats.decimal(worst["score"])
        )
    return Decision(str(len(explaining)), _("units (suffix)"), sentence, evidence, bad=True)


def _near_line(units: Sequence[Mapping[Any, Any]]) -> Decision | None:
    near = [unit for unit in units if unit["near_line"]]
    if not near:
        return None
    nearest = min(near, key=lambda unit: abs(unit["margin"]))
    evidence = _("Nearest: {unit}, margin {margin}").format(
        unit=nearest["unit"], margin=formats.signed(nearest["margin"])
    )
    sentence = _("{count} units stand near a score line").format(count=len(near))
    return Decision(str(len(near)), _("units (suffix)"), sentence, evidence)


def _wishes(wishes: pd.DataFrame) -> Decision | None:
    if wishes.empty:
        return None
    total, top = int(wishes["wishes"].sum()), wishes.iloc[0]
    count = formats.integer(total)
    evidence = _("{area} {count}, {share} of them").format(
        area=top["name"],
        count=formats.integer(top["wishes"]),
        share=f"{formats.decimal(top['wishes'] / total * 100, 0)}%",
    )
    sentence = _("{count} wishes open for more than {days} days").format(count=count, days=OLD_WISH_DAYS)
    return Decision(count, _("cases (suffix)"), sentence, evidence, bad=True)


def _overdue(serving: Serving, overdue: Value) -> Decision | None:
    if not overdue.value:
        return None
    count = formats.integer(overdue.value)
    evidence = _("As of {day}").format(day=formats.day(serving.data_until))
    sentence = _("{count} tasks are overdue and still open").format(count=count)
    return Decision(count, _("cases (suffix)"), sentence, evidence)


def _findings(serving: Serving, findings: pd.DataFrame) -> Decision | None:
    if findings.empty:
        return None
    warnings, top = int(findings["findings"].sum()), findings.iloc[0]
    count = formats.integer(warnings)
    evidence = _("Most of them: {finding} {count}").format(
        finding=check_labels().get(top["finding"], top["finding"]), count=formats.integer(top["findings"])
    )
    if remarks := serving.findings - warnings:
        evidence += _("; {count} more are remarks").format(count=formats.integer(remarks))
    return Decision(
        count, _("rows (suffix)"), _("{count} findings to look into").format(count=count), evidence
    )


def with_consequence(units: pd.DataFrame, word: str) -> pd.DataFrame:
    """The units whose consequence holds a word."""
    return units[units["consequence"].fillna("").astype(str).str.contains(word)]
