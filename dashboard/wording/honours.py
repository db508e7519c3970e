"""Sentences and records of the honours' screen."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard import formats
from dashboard.board.figures import Figure
from dashboard.board.honours import MEDALS, Choice, People, Stars
from dashboard.board.people import Names
from dashboard.components.column_chart import Bin
from dashboard.components.folded_table import kept_rows
from dashboard.components.headline import Head
from dashboard.components.kpi_strip import Change, Kpi
from dashboard.components.plain_table import Bar, Column
from dashboard.table_rows import Row
from dashboard.translations import _
from dashboard.wording.headlines import strip
from dashboard.wording.stewards import class_labels
from pipelines.periods import Period

_FIRST = 8
_NOT_SHOWN_BY_MONTH = {"medals", "medal_share"}


def no_honours(elsewhere: bool) -> Head:
    """What to say without honours here, and what to do; `elsewhere` in the district there are some."""
    if elsewhere:
        return _("No honour was awarded here this year"), _("Choose another period or area.")
    return _("No honours have been awarded"), _("Put the export of honours into the inbox and build again.")


def title(figures: Sequence[Figure], year: Period, running: bool) -> str:
    """Stars, medals, and their ratio."""
    by_name = {figure.metric.name: figure.now for figure in figures}
    stars, medals = by_name["stars"].value, by_name["medals"].value
    when = (
        _("{year} so far").format(year=formats.period_label(year)) if running else formats.period_label(year)
    )
    if not stars and not medals:
        return _("{year}: no star and no medal").format(year=when)
    words = _("{year}: {stars} Red Steward stars").format(year=when, stars=formats.integer(stars or 0))
    if not medals:
        return words + _(", no medal yet")
    return words + _(", {medals} medals = {share}").format(
        medals=formats.integer(medals), share=formats.percent(by_name["medal_share"].value)
    )


def standfirst(medals: Mapping[str, int], month: Period, named: tuple[int, int]) -> str:
    """Medals by kind, and how many communities named a star in the last month."""
    kinds = _(" / ").join(
        f"{medal_labels()[kind]} {formats.integer(count)}" for kind, count in medals.items()
    )
    template = (
        _("Medals: {kinds}. In {month}, all {all} communities named a star.")
        if named[0] == named[1]
        else _("Medals: {kinds}. In {month}, {named} of {all} communities named a star.")
    )
    return template.format(kinds=kinds, month=formats.period_label(month), named=named[0], all=named[1])


def medal_labels() -> dict[str, str]:
    """Gold, silver, bronze in the language in use."""
    return dict(zip(MEDALS, (_("gold"), _("silver"), _("bronze")), strict=True))


def kpis(figures: Sequence[Figure], medals: Mapping[str, int], before: Mapping[str, int]) -> list[Kpi]:
    """Stars, medals and share with their changes, then the medals by kind against the year before (none: empty)."""
    cards = [
        replace(card, trend=()) if one.metric.name in _NOT_SHOWN_BY_MONTH else card
        for card, one in zip(strip(figures), figures, strict=True)
    ]
    labels = medal_labels()
    return cards + [
        Kpi(labels[kind], formats.integer(count), _("medals (suffix)"), _against(count, before.get(kind)))
        for kind, count in medals.items()
    ]


def _against(count: int, before: int | None) -> list[Change]:
    return [Change(_("vs last year"), formats.relative_change(count, before))] if before else []


def stars_head(stars: Stars, running: bool) -> Head:
    """The month with most stars."""
    reading = _("Stars per month; stroke: the same month a year earlier")
    if running:
        reading += _("; the last month is not over")
    known = [(value, month) for value, month in zip(stars.now, stars.months, strict=True) if value]
    if not known:
        return _("No star in this year"), reading
    most, month = max(known, key=lambda pair: pair[0])
    return _("Most stars in {month}: {count}").format(
        month=formats.short_period(month), count=formats.integer(most)
    ), reading


def star_bins(stars: Stars) -> list[Bin]:
    """A column per month."""
    return [
        Bin(
            formats.short_period(month),
            value or 0.0,
            formats.integer(value or 0),
            "",
            earlier,
            formats.period_label(month),
        )
        for month, value, earlier in zip(stars.months, stars.now, stars.earlier, strict=True)
    ]


def communities_head(found: Sequence[Row]) -> Head:
    """The community with most stars, and ties."""
    reading = _("Stars and medals of the year by the community of the person on the day of the award")
    if not found:
        return _("No honours in this area"), reading
    stars = [row["stars"] for row in found]
    most, count = max(stars), stars.count(max(stars))
    if count > 1:
        words = _("{count} communities have most stars: {stars}").format(count=count, stars=most)
    else:
        words = _("{community} has most stars: {stars}").format(
            community=_name(found[stars.index(most)]["community"]), stars=most
        )
    return words, reading


def community_columns() -> list[Column]:
    """Community, subdistrict, months, stars, medals by kind."""
    labels = medal_labels()
    return [
        Column(_("Community"), "strong"), Column(_("Subdistrict"), "mute wide"), Column(_("Months with a star"), "r mute wide"),
        Column(_("Stars")), *(Column(labels[kind], "r") for kind in MEDALS),
    ]  # fmt: skip


def community_rows(found: Sequence[Row]) -> list[list[str | Bar]]:
    """One row per community."""
    return [
        [_name(row["community"]), _name(row["subdistrict"]), str(row["months"]), Bar(float(row["stars"]), formats.integer(row["stars"])),
         *_medals(row)]
        for row in found
    ]  # fmt: skip


def row_choices(count: int) -> dict[str, str]:
    """The first rows, or all."""
    return {"key": _("Key rows"), "all": _("All {count}").format(count=count)}


def kept(count: int, folded: bool) -> set[int]:
    """Praise only: the first rows, never the last."""
    return kept_rows(count, _FIRST, 0) if folded else set(range(count))


def classes_table(found: Sequence[Row]) -> tuple[str, str, list[Column], list[list[str | Bar]]]:
    """Title, reading, columns and rows of the honours by class."""
    labels, medals = class_labels(), medal_labels()
    rows: list[list[str | Bar]] = [
        [_class(row["steward_number"], labels), Bar(float(row["stars"]), formats.integer(row["stars"])), *_medals(row),
         formats.fraction(row["medals"], row["stars"]), formats.percent(row["medals"] / row["stars"]) if row["stars"] else formats.NOTHING]
        for row in found
    ]  # fmt: skip
    heads = [Column(_("Class")), Column(_("Stars")), *(Column(medals[kind], "r") for kind in MEDALS),
             Column(_("Medals / stars"), "r mute wide"), Column(_("Ratio"), "r")]  # fmt: skip
    words = _("Stars and medals by class")
    if found:
        # Of equal ones the last.
        first = max(reversed(found), key=lambda row: row["stars"])
        words = _("Most stars go to {name}").format(name=_class(first["steward_number"], labels))
    return words, _("Class of the person on the day of the award"), heads, rows


def list_choices() -> dict[str, str]:
    """Which people are listed."""
    return {"medals": _("Medals"), "stars": _("Stars"), "candidates": _("Candidates")}


def honour_words(listed: pd.DataFrame, chosen: str) -> list[str]:
    """What each of the people has: the medal, the day of the star, or so many stars."""
    if chosen == "candidates":
        return [_("{count} stars").format(count=count) for count in listed["stars"].tolist()]
    if chosen == "stars":
        return [formats.day(day) for day in listed["day"].tolist()]
    labels = medal_labels()
    return [labels[kind] for kind in listed["kind"].tolist()]


def people_head(people: People, choice: Choice, names: Names) -> Head:
    """Who is listed and how many, and whether the names are masked."""
    count, when = formats.integer(people.count), formats.period_label(choice.year)
    titles = {
        "medals": _("Medals of {year}: {count} people").format(year=when, count=count),
        "stars": _("Stars of {month}: {count} people").format(
            month=formats.period_label(choice.month), count=count
        ),
        "candidates": _("{count} people with stars and no medal in {year}").format(year=when, count=count),
    }
    everyone = _("The download has all")
    return titles[choice.name], _("{all}; names are masked").format(
        all=everyone
    ) if names.masked else everyone


def people_columns() -> list[Column]:
    """Masked name, class, community, honour."""
    return [
        Column(_("Name"), "nw"),
        Column(_("Class"), "mute"),
        Column(_("Community")),
        Column(_("Honour"), "r nw"),
    ]


def people_rows(listed: pd.DataFrame, chosen: str, names: Names) -> dict[int, list[str | Bar]]:
    """Place → row of the first people."""
    labels, known = class_labels(), names.of(listed["steward_id"])
    found = zip(
        known, listed["steward_number"], listed["community"], honour_words(listed, chosen), strict=True
    )
    return {
        place: [name, _class(number, labels), _name(community), what]
        for place, (name, number, community, what) in enumerate(found)
    }


def month_choices(stars: Stars) -> dict[str, str]:
    """The months of the year, latest first."""
    return {month.key: formats.period_label(month) for month in reversed(stars.months)}


def download(
    communities: pd.DataFrame, classes: pd.DataFrame, listed: pd.DataFrame, names: Names, chosen: str
) -> dict[str, pd.DataFrame]:
    """Communities, classes and the people listed (masked)."""
    labels = medal_labels()
    counts = {"stars": _("Stars"), "medals": _("Medals"), **labels}
    places = {"area_code": _("Area code"), "community": _("Community"), "subdistrict": _("Subdistrict"),
              "months": _("Months with a star")} | counts  # fmt: skip
    persons = {"steward_id": _("Steward code"), "name": _("Name"), "steward_number": _("Class"), "community": _("Community"),
               "what": _("Honour")}  # fmt: skip
    named = listed.assign(name=names.of(listed["steward_id"]), what=honour_words(listed, chosen))
    return {
        _("Communities"): communities[list(places)].rename(columns=places),
        _("Classes"): classes[["steward_number", *counts]].rename(
            columns={"steward_number": _("Class")} | counts
        ),
        list_choices()[chosen]: named[list(persons)].rename(columns=persons),
    }


def _medals(row: Mapping[Any, Any]) -> list[str]:
    return [formats.integer(row[kind]) if row[kind] else formats.NOTHING for kind in MEDALS]


def _class(number: object, labels: Mapping[str, str]) -> str:
    if formats.is_missing(number):
        return formats.NOTHING
    code = str(int(float(str(number))))
    return labels.get(code, code)


def _name(value: object) -> str:
    return formats.NOTHING if formats.is_missing(value) else str(value)
