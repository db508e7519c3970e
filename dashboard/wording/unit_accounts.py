"""Sentences and records of the account behind a unit's score."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from dashboard import formats
from dashboard.board.people import Names
from dashboard.board.unit_accounts import Disclosure, Part
from dashboard.board.units import UnitExplanation
from dashboard.components.headline import Head
from dashboard.components.plain_table import Bar, Column
from dashboard.table_rows import Row
from dashboard.translations import _
from dashboard.wording.choices import choice_label
from dashboard.wording.units import best_first
from pipelines.periods import Period
from pipelines.unit_ledger import LedgerRows

_FIRST, _NOT_WORTH_FOLDING = 12, 4


def title(unit: str, why: UnitExplanation) -> str:
    """The score as a division: what stands above the line, what below."""
    if not why.headcount:
        return _("{unit}: nobody on the roster, no score").format(unit=unit)
    return _("{unit}: {points} points ÷ {people} people = {score}").format(
        unit=unit, points=number(why.points), people=formats.integer(why.headcount), score=score(why)
    )


def standfirst(why: UnitExplanation) -> str:
    """Whose points, those without any, what is no part of the score."""
    rule = _(
        "Everyone on the roster on the quarter's last day counts, with all that they earned in it; redeemed points and the lottery take nothing away."
    )
    zero = _(" {count} of them have no points and are counted all the same.").format(
        count=formats.integer(why.zero)
    )
    return rule + (zero if why.zero else "")


def score(why: UnitExplanation) -> str:
    """The score with two places, so that what adds up here adds up to it within 0.005."""
    return formats.decimal(why.points / why.headcount if why.headcount else None, 2)


def unit_names(ranking: Sequence[Row]) -> dict[str, str]:
    """Unit id → name, in the order of the ranking."""
    return {
        str(row["unit_id"]): f"{formats.rank(row['rank'], bool(row['tied']))}　{row['unit']}"
        for row in best_first(ranking)
    }


def unit_name(ranking: Sequence[Row], unit_id: str) -> str:
    """The name of a unit."""
    return next(str(row["unit"]) for row in ranking if row["unit_id"] == unit_id)


def cut_labels(disclosure: Disclosure) -> dict[str, str]:
    """按人、按类型、按月, those that may be shown."""
    words = {"person": _("By person"), "kind": _("By kind"), "month": _("By month")}
    return {cut: words[cut] for cut in disclosure.cuts}


def cut_head(by: str, parts: Sequence[Part], why: UnitExplanation, disclosure: Disclosure) -> Head:
    """What adds up, and to what."""
    found = {
        "person": _("{count} people, most points first"),
        "kind": _("{count} kinds of points"),
        "month": _("{count} months"),
    }[by].format(count=formats.integer(len(parts)))
    adds = _("Shares add up to the score {score}: points ÷ {people} people").format(
        score=score(why), people=formats.integer(why.headcount)
    )
    if not disclosure.rows:
        return found, adds + _("; burden relief: no persons, no single rows")
    if not disclosure.people:
        return found, adds + _("; so few people are not told apart")
    return found, adds


def labels(by: str, parts: Sequence[Part], names: Names) -> dict[str, str]:
    """Code → what a person, kind or month is called."""
    codes = [str(part.code) for part in parts]
    if by == "person":
        return {
            code: f"{name}　{code}".strip("　") for code, name in zip(codes, names.of(codes), strict=True)
        }
    if by == "month":
        return {code: formats.period_label(Period.parse(code)) for code in codes}
    return {code: choice_label(code) for code in codes}


def _columns(by: str) -> list[Column]:
    """What, points, share of the score, bar."""
    what = {"person": _("Name"), "kind": _("Source"), "month": _("Month")}[by]
    extra = [Column(_("Steward code"), "mute mid")] if by == "person" else []
    return [Column(what), *extra, Column(_("Points"), "r"), Column(_("Share of the score"), "r"), Column("")]


def _rows(
    by: str, parts: Sequence[Part], why: UnitExplanation, called: Mapping[str, str]
) -> list[list[str | Bar]]:
    """One row each and the sum; those without a point say so."""
    found: list[list[str | Bar]] = []
    for part in parts:
        code, points = str(part.code), part.points
        # A label of a person ends with the code, which has a column of its own here.
        name = called[code].removesuffix(code).strip("　") or code if by == "person" else called[code]
        extra = [code] if by == "person" else []
        found.append([name, *extra, number(points), _share(points, why), _bar(part, why)])
    blank = [""] if by == "person" else []
    return [*found, [_("In total"), *blank, number(why.points), _share(why.points, why), ""]]


def _share(points: float, why: UnitExplanation) -> str:
    return formats.decimal(points / why.headcount if why.headcount else None, 2)


def _bar(one: Part, why: UnitExplanation) -> Bar:
    points = one.points
    if points == 0:
        return Bar(0.0, _("no points") if not one.entries else _("adds up to zero"), "bad")
    part = formats.percent(points / why.points) if why.points > 0 else ""
    return Bar(abs(points), part, "bad" if points < 0 else "")


def cut_table(
    by: str, parts: Sequence[Part], why: UnitExplanation, called: Mapping[str, str], opened: str
) -> tuple[list[Column], list[list[str | Bar]], set[int], str, int | None]:
    """The cut as a folded table: the first rows, those without points, the opened one, and the sum."""
    codes = [str(part.code) for part in parts]
    place = codes.index(opened) if opened in codes else None
    whole = set(range(len(codes) + 1))
    without = {n for n, part in enumerate(parts) if part.points <= 0}
    opened_too = set() if place is None else {place}
    kept = whole & (set(range(_FIRST)) | without | opened_too | {len(codes)})
    if len(whole) - len(kept) <= _NOT_WORTH_FOLDING:
        kept = whole
    return _columns(by), _rows(by, parts, why, called), kept, _("{count} more people"), place


def every_row(why: UnitExplanation) -> str:
    """All rows, to be opened like those of one person, kind or month."""
    return _("All {count} rows").format(count=formats.integer(why.entries))


def ledger_table(
    found: LedgerRows, opened: str, why: UnitExplanation, names: Names, disclosure: Disclosure
) -> tuple[str, str, list[Column], list[list[str | Bar]], str]:
    """Head, columns and rows of the single rows, and how many are left out."""
    head = _("{what}: {count} rows, {points} points").format(
        what=opened, count=formats.integer(found.entries), points=number(found.points)
    )
    share = _("{points} ÷ {people} people = {share} of the score; newest first").format(
        points=number(found.points),
        people=formats.integer(why.headcount),
        share=_share(found.points, why),
    )
    person = [Column(_("Person"), "nw wide")] if disclosure.people else []
    heads = [
        Column(_("Time"), "nw mute"), Column(_("Kind"), "nw"), *person, Column(_("Task title")), Column(_("Task code"), "mute wide"),
        Column(_("Row"), "mute mid"), Column(_("Points"), "r strong"),
    ]  # fmt: skip
    left = found.entries - len(found.told)
    note = _("{count} older rows are not listed; the download has all").format(count=formats.integer(left))
    return head, share, heads, _ledger_rows(found, names, disclosure), note if left else ""


def _ledger_rows(shown: LedgerRows, names: Names, disclosure: Disclosure) -> list[list[str | Bar]]:
    found: list[list[str | Bar]] = []
    known = names.of(row[4] for row in shown.told)
    for (entry, at, kind, points, steward, task, what), name in zip(shown.told, known, strict=True):
        found.append(
            [
                f"{at:%m-%d %H:%M}",
                choice_label(kind),
                *([name or str(steward)] if disclosure.people else []),
                formats.NOTHING if formats.is_missing(what) else str(what),
                formats.NOTHING if formats.is_missing(task) else str(task),
                str(entry),
                number(points),
            ]
        )
    return found


def withheld() -> Head:
    """Why no single row is shown."""
    return _("Burden relief: personal points and single rows are not shown"), _(
        "The points of the unit by kind and month stay"
    )


def number(points: float) -> str:
    """Points as they are entered: whole ones without places, others with as many as they need."""
    if points == int(points):
        return formats.integer(points)
    return formats.decimal(points, 1 if round(points, 1) == points else 2)


def sheets(
    whole: Callable[[], tuple[pd.DataFrame, Mapping[str, pd.DataFrame]]], names: Names, disclosure: Disclosure
) -> dict[str, pd.DataFrame]:
    """For a download: all rows first, then the sums; persons only where they may be told apart."""
    every, cuts = whole()
    found = {}
    if disclosure.rows:
        rows = every.assign(name=names.of(every["steward_id"]), kind=every["kind"].map(choice_label))[
            _ROW_COLUMNS if disclosure.people else _ROW_COLUMNS[:-2]
        ]
        found[_("Ledger")] = rows.rename(columns=_headers())
    for by, label in cut_labels(disclosure).items():
        frame = cuts[by]
        if by == "person":
            frame = frame.assign(name=names.of(frame["code"]))
        if by == "kind":
            frame = frame.assign(code=frame["code"].map(choice_label))
        if not disclosure.rows:
            frame = frame.drop(columns="entries")  # each check-in is one row
        found[label] = frame.rename(
            columns=_headers() | {"code": _("Steward code") if by == "person" else _columns(by)[0].name}
        )
    return found


_ROW_COLUMNS = ["entry_id", "occurred_at", "kind", "points", "task_id", "title", "steward_id", "name"]


def _headers() -> dict[str, str]:
    return {
        "entry_id": _("Row"), "occurred_at": _("Time"), "kind": _("Kind"), "points": _("Points"), "task_id": _("Task code"),
        "title": _("Task title"), "steward_id": _("Steward code"), "name": _("Name"), "entries": _("Number of entries"),
        "steward_number": _("Class"),
    }  # fmt: skip
