"""Sentences and records of the stewards' screen."""

from collections.abc import Sequence
from datetime import date
from math import nan

import pandas as pd

from dashboard import formats
from dashboard.board.figures import Figure
from dashboard.board.stewards import order_of
from dashboard.components.class_progress import ClassRow
from dashboard.components.headline import Head
from dashboard.components.plain_table import Bar, Column
from dashboard.privacy import is_suppressed
from dashboard.table_rows import Row
from dashboard.translations import _, language
from pipelines.metrics import load_dimensions
from pipelines.periods import Period


def class_labels() -> dict[str, str]:
    """Class 1–6 → 2号 联系单位干部, in the language in use."""
    codes = load_dimensions()["steward_number"].codes
    return {code.code: code.label if language() == "zh_CN" else code.label_en for code in codes}


def _short_class(number: object) -> str:
    return class_labels().get(str(number), str(number)).split()[0]


def no_stewards() -> Head:
    """What to say without a roster, and what to do."""
    return _("No stewards on the roster"), _("Put the exports of areas, stewards and points into the inbox and build again.")  # fmt: skip


def title(figures: Sequence[Figure], classes: Sequence[Row], minimum: int) -> str:
    """How many, how many of them residents, and which class is furthest from its own target."""
    by_name = {figure.metric.name: figure.now for figure in figures}
    words = _("{count} stewards, {share} ordinary residents").format(
        count=formats.integer(by_name["stewards"].value),
        share=formats.percent(by_name["resident_share"].value),
    )
    known = [row for row in classes if row["stewards"] >= minimum and not formats.is_missing(row["target"])]
    rates = [row["reached"] / row["stewards"] if row["stewards"] else nan for row in known]
    if len(rates) < 2 or max(rates) == min(rates):
        return words
    best, worst = (_short_class(known[rates.index(end(rates))]["steward_number"]) for end in (max, min))
    return words + _("; target reached most in class {best}, least in class {worst}").format(
        best=best, worst=worst
    )


def standfirst(figures: Sequence[Figure], year: Period, last_day: date) -> str:
    """Bases of the shares, and the year whose target counts."""
    by_name = {figure.metric.name: figure.now for figure in figures}
    share, per = by_name["resident_share"], by_name["stewards_per_community"]
    words = _("Classes 4 to 6: {residents} of {stewards}; {stewards} people in {communities} communities, {party} party members.").format(
        residents=formats.integer(share.numerator), stewards=formats.integer(share.denominator),
        communities=formats.integer(per.denominator), party=formats.integer(by_name["party_stewards"].value),
    )  # fmt: skip
    template = (
        _(" The target is that of {year}, so far; each class has its own.")
        if year.is_running(last_day)
        else _(" The target is that of {year}; each class has its own.")
    )
    return words + template.format(year=formats.period_label(year))


def progress_head(classes: Sequence[Row], year: Period, minimum: int) -> Head:
    """Who of all reached the own target."""
    people, reached = (sum(int(row[name]) for row in classes) for name in ("stewards", "reached"))
    reading = _("People by points of {year} as a share of the target of their own class; right: reached / people").format(
        year=formats.period_label(year)
    )  # fmt: skip
    if people < max(minimum, 1):
        return _("Classes against their own targets"), reading
    return _("Each against the own target: {reached} of {people} have reached it ({share})").format(
        reached=formats.integer(reached), people=formats.integer(people), share=formats.percent(reached / people)
    ), reading  # fmt: skip


def progress_rows(classes: Sequence[Row], minimum: int) -> list[ClassRow]:
    """One row per class; a small one is not broken down."""
    labels = class_labels()
    return [
        ClassRow(
            labels.get(str(row["steward_number"]), str(row["steward_number"])),
            _("target {points} points").format(points=formats.integer(row["target"])),
            *_reached(row, minimum),
        )
        for row in classes
    ]


def _reached(row: Row, minimum: int) -> tuple[list[int], str, str]:
    people = int(row["stewards"])
    if is_suppressed(people, minimum):
        return [], _("fewer than {minimum}").format(minimum=minimum), formats.NOTHING
    parts = [int(row[stage]) for stage in ("none", "low", "high", "reached")]
    return parts, formats.fraction(row["reached"], people), formats.percent(row["reached"] / people)


def classes_table(
    headcounts: Sequence[tuple[str, float]], classes: Sequence[Row], minimum: int
) -> tuple[str, str, list[Column], list[list[str | Bar]], str]:
    """Title, reading, columns, rows and note: headcount of the period, points per person of the year."""
    labels, total = class_labels(), float(sum(formats.known(people for _number, people in headcounts))) or 1.0
    years = {str(row["steward_number"]): row for row in classes}
    rows: list[list[str | Bar]] = []
    for number, people in headcounts:
        name = labels.get(str(number), str(number))
        if is_suppressed(int(people), minimum):
            few = _("fewer than {minimum}").format(minimum=minimum)
            rows.append([name, few, *[formats.NOTHING] * 3])
            continue
        headcount: list[str | Bar] = [
            name,
            Bar(float(people), formats.integer(people)),
            formats.percent(people / total),
        ]
        rows.append([*headcount, *_of_the_year(years.get(str(number)), minimum)])
    heads = [
        Column(_("Class")), Column(_("Stewards")), Column(_("Share"), "r"), Column(_("Party members"), "r mute wide"),
        Column(_("Points of the year per person"), "r"),
    ]  # fmt: skip
    note = _("Groups of fewer than {minimum} people are not broken down").format(minimum=minimum)
    return _classes_title(headcounts), _("People on the roster at the period's end"), heads, rows, note


def _of_the_year(row: Row | None, minimum: int) -> list[str]:
    if row is None or is_suppressed(int(row["stewards"]), minimum):
        return [formats.NOTHING, formats.NOTHING]
    return [formats.fraction(row["party"], row["stewards"]), formats.decimal(row["earned"] / row["stewards"])]


def _classes_title(headcounts: Sequence[tuple[str, float]]) -> str:
    if not headcounts:
        return _("Stewards by class")
    number, people = headcounts[order_of([people for _number, people in headcounts])[-1]]
    return _("Largest class: {name}, {count}").format(
        name=class_labels().get(str(number), ""), count=formats.integer(people)
    )


def subdistricts_table(found: Sequence[Row]) -> tuple[str, str, list[Column], list[list[str | Bar]]]:
    """Title, reading, columns and rows of the stewards by subdistrict."""
    rows: list[list[str | Bar]] = [
        [
            str(row["subdistrict_name"]),
            Bar(float(row["stewards"]), formats.integer(row["stewards"])),
            formats.integer(row["communities"]),
            formats.decimal(row["per_community"]),
            formats.fraction(row["residents"], row["stewards"]),
            formats.percent(row["resident_share"]),
        ]
        for row in found
    ]
    heads = [Column(_("Subdistrict")), Column(_("Stewards")), Column(_("Communities"), "r wide"), Column(_("Per community"), "r"),
             Column(_("Residents"), "r mute wide"), Column(_("Share of residents"), "r")]  # fmt: skip
    words = _("Stewards by subdistrict")
    if len(found) > 1:
        ordered = [found[place] for place in order_of([row["per_community"] for row in found])]
        words = _("{most} has most stewards per community, {least} fewest").format(
            most=ordered[-1]["subdistrict_name"], least=ordered[0]["subdistrict_name"]
        )
    return words, _("At the period's end; residents are classes 4 to 6"), heads, rows


def download(classes: pd.DataFrame, subdistricts: pd.DataFrame, minimum: int) -> dict[str, pd.DataFrame]:
    """Classes and subdistricts, unrounded; no persons."""
    heads = {
        "steward_number": _("Class"), "stewards": _("Stewards"), "party": _("Party members"), "target": _("Annual target"),
        "earned": _("Points of the year"), "reached": _("Annual target reached"),
    }  # fmt: skip
    places = {
        "subdistrict": _("Area code"), "subdistrict_name": _("Subdistrict"), "stewards": _("Stewards"),
        "communities": _("Communities"), "per_community": _("Per community"), "residents": _("Residents"),
        "resident_share": _("Share of residents"),
    }  # fmt: skip
    large = classes[classes["stewards"].astype(int) >= minimum]
    return {
        _("Classes"): large[list(heads)].rename(columns=heads),
        _("Subdistricts"): subdistricts[list(places)].rename(columns=places),
    }
