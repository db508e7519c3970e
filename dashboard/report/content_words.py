"""What the templates see: the facts of the month as plain values, named as the sentences need them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard import formats
from dashboard.report.content_facts import RATES, Facts, Rows, Survey, has_result, is_behind
from dashboard.report.content_figures import Item
from dashboard.report.content_tables import fell, waiting_for
from dashboard.report.content_unit_tables import by_group, lowest_score_first, sum_of, told
from dashboard.report.model import Picture, Table
from dashboard.table_rows import Row

# A rate that moves less than this from month to month is no headline.
NOTEWORTHY = 0.01
_WATCHED = ("in_time_rate", "wish_fulfilled_rate", "closing_rate", "task_claim_rate")


@dataclass(frozen=True)
class _Items:
    """The indicators by name; one that the district does not have (burden relief) is nothing."""

    known: Mapping[str, Item]

    def __getitem__(self, name: str) -> Item | None:
        return self.known.get(name)


def values(facts: Facts, tables: Sequence[Table], pictures: Sequence[Picture]) -> dict[str, Any]:
    """All names that a template may use; README lists them."""
    board, month = facts.board, facts.month
    return {
        "district": board.district.name,
        "period": month.label_zh,
        "month": f"{month.start.month}月",
        "month_number": month.start.month,
        "year": month.start.year,
        "quarter": facts.quarter.label_zh,
        "quarter_over": facts.quarter_over,
        "running": facts.days is not None,
        "days_label": f"前{facts.days}天",
        "last_day": day_words(min(month.end, board.last_day), with_year=False),
        "until": day_words(board.last_day),
        "empty": facts.is_empty,
        "communities": facts.communities,
        "items": _Items(facts.items),
        "comparable": any(_has_base(item) for item in facts.items.values()),
        "maturing": [
            facts.items[name].label for name in facts.maturing if facts.items[name].value is not None
        ],
        "finding": _finding(facts),
        "fallen": [item for name, item in facts.items.items() if name in RATES and fell(item, facts)],
        "channels": _compared(facts.channels, facts),
        "kinds": _compared(facts.kinds, facts),
        "subdistricts": _compared(facts.subdistricts, facts),
        "groups": _groups(facts),
        "units": _units(facts),
        "lowest": list(facts.lowest),
        "due": _due(facts),
        "wishes_behind": _wishes_behind(facts),
        "surveys": [_survey(one) for one in facts.surveys.values() if one.waves],
        "surveys_behind": [row for one in facts.surveys.values() for row in _survey_behind(one)],
        "survey_annexes": [f"{one.name}_areas" for one in facts.surveys.values() if _survey_behind(one)],
        **_references(tables, pictures),
    }


def _has_base(item: Item) -> bool:
    return any(one.state != "no_base" for one in (item.vs_previous, item.vs_last_year))


def day_words(day: date, with_year: bool = True) -> str:
    """2023年9月30日"""
    return (f"{day.year}年" if with_year else "") + f"{day.month}月{day.day}日"


def _references(tables: Sequence[Table], pictures: Sequence[Picture]) -> dict[str, Callable[..., str]]:
    """`see("counts", "map")` → （见附表1、附图1）; what is not there is not named."""
    numbers = {table.name: f"附表{number}" for number, table in enumerate(tables, start=1)}
    numbers |= {picture.name: f"附图{number}" for number, picture in enumerate(pictures, start=1)}

    def see(*names: str) -> str:
        found = [numbers[name] for name in names if name in numbers]
        return f"（见{'、'.join(found)}）" if found else ""

    return {"see": see}


def _finding(facts: Facts) -> Row:
    """The one thing of the month for its title: the largest fall, units that fail, an area behind, or a rise."""
    moved = [
        (item.vs_previous.difference, item)
        for name, item in facts.items.items()
        if name in _WATCHED and name not in facts.maturing and item.vs_previous.sure
        if item.vs_previous.difference is not None
    ]
    fall = min(moved, key=lambda pair: pair[0], default=None)
    if fall and fall[0] <= -NOTEWORTHY:
        return {"kind": "fall", "item": fall[1]}
    failing = _failing(facts)
    if len(failing) and facts.quarter_over and facts.month.end == facts.quarter.end:
        return {"kind": "units", "count": len(failing), "tier": facts.standing.tiers[-1]}
    for rows, name in ((facts.subdistricts, "in_time_rate"), (facts.wishes, "wish_fulfilled_rate")):
        behind = [row for row in rows if is_behind(row, facts.items[name].value)]
        if behind and facts.items[name].value - behind[0]["value"] >= 2 * NOTEWORTHY:
            return {"kind": "area", "name": behind[0]["name"], "label": facts.items[name].label}
    rise = max(moved, key=lambda pair: pair[0], default=None)
    if rise and rise[0] >= NOTEWORTHY:
        return {"kind": "rise", "item": rise[1]}
    return {"kind": "steady"}


def _compared(lowest_first: Rows, facts: Facts) -> Row | None:
    """All rows, highest rate first; `best` and `worst` hold all that are equal there."""
    whole = facts.items["in_time_rate"].value
    if not lowest_first or whole is None:
        return None
    rows = []
    for row in reversed(lowest_first):
        gap = formats.decimal((whole - row["value"]) * 100)
        told = f"{gap}个百分点" if whole > row["value"] and gap != "0.0" else ""
        rows.append({**row, "gap": told, "behind": is_behind(row, whole)})
    best, worst = rows[0]["value"], rows[-1]["value"]
    most = max(row["denominator"] for row in rows)
    largest = [row for row in rows if row["denominator"] == most]
    return {
        "all": rows,
        "best": [row for row in rows if row["value"] == best],
        "worst": [row for row in rows if row["value"] == worst],
        "largest": largest[0] if len(largest) == 1 else None,
    }


def _groups(facts: Facts) -> Row | None:
    scored = facts.scored
    if not scored:
        return None
    tiers = facts.standing.tiers if facts.standing.lines else ()
    counts = [{"name": tier, "count": sum(row["tier"] == tier for row in scored)} for tier in tiers]
    return {
        "whole": {"tiers": counts, **_group(scored)},
        "all": [{"name": name, **_group(rows)} for name, rows in by_group(scored)],
    }


def _group(rows: Rows) -> Row:
    people, points = sum_of(rows, "headcount"), sum_of(rows, "points")
    return {"units": len(rows), "score": points / int(people)}


def _failing(facts: Facts) -> Rows:
    if not facts.standing.lines:
        return []
    return lowest_score_first(row for row in facts.ranking if row["tier"] == facts.standing.tiers[-1])


def _units(facts: Facts) -> Row | None:
    if not facts.ranking:
        return None
    explaining = [row for row in told(facts.ranking) if has_result(row, "explains")]
    tiers = facts.standing.tiers
    return {
        "failing": [_unit(row, facts) for row in _failing(facts)],
        "explaining": [_unit(row, facts) for row in explaining],
        "explain_count": len(explaining),
        "fail_tier": tiers[-1],
        "pass_tier": tiers[-2],
    }


def _unit(row: Mapping[Any, Any], facts: Facts) -> Row:
    margin = row["margin"]
    short = not formats.is_missing(margin) and formats.rounded(float(margin), 1) < 0
    return {
        "unit": row["unit"],
        "score": row["score"],
        "headcount": row["headcount"],
        "short": formats.decimal(-margin) if short else "",
        "zero": facts.zero.get(str(row["unit_id"]), 0),
    }


def _due(facts: Facts) -> Row:
    due = facts.due
    places, listed = due.places, due.listed
    alone = len(places) == 1 or (len(places) > 1 and places[0]["tasks"] > places[1]["tasks"])
    return {
        "count": due.count,
        "long": due.long,
        "areas": len(places),
        "most": places[0] if places and alone and places[0]["subdistrict"] else None,
        "first": {**listed[0], "waits": waiting_for(listed[0])} if listed else None,
    }


def _wishes_behind(facts: Facts) -> list[Row]:
    whole = facts.items["wish_fulfilled_rate"].value
    return [
        {**row, "gap": f"{formats.decimal((whole - row['value']) * 100)}个百分点"}
        for row in facts.wishes
        if whole is not None and is_behind(row, whole)
    ]


def _survey(survey: Survey) -> Row:
    now, change = survey.waves[-1], survey.change
    before = survey.waves[-2] if change is not None else None
    return {
        "label": survey.label,
        "wave": now["period"],
        "now": now,
        "before_wave": None if before is None else before["period"],
        "change": None
        if change is None
        else {
            "value": float(change.value),
            "sure": bool(change.low > 0 or change.high < 0),
            "size": f"{formats.decimal(abs(float(change.value)) * 100)}个百分点",
        },
        "rank": formats.whole(now["rank"]),
        "ranked_of": formats.whole(now["ranked_of"]),
    }


def _survey_behind(survey: Survey) -> list[Row]:
    if not survey.areas:
        return []
    last = survey.waves[-1]
    return [
        {**row, "label": survey.label, "wave": last["period"], "whole": float(last["value"])}
        for row in survey.areas
        if row["shown"] and row["high"] < last["value"]
    ]
