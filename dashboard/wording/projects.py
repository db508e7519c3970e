"""Sentences and records of the projects that party members lead."""

from collections.abc import Sequence

import pandas as pd

from dashboard import formats
from dashboard.board.door import metrics
from dashboard.board.figures import Figure
from dashboard.board.projects import ABOUT_PROJECTS, FINISHED
from dashboard.components.headline import Head
from dashboard.components.interval_charts import Estimate
from dashboard.components.kpi_strip import Change, Kpi
from dashboard.components.plain_table import Bar, Column
from dashboard.table_rows import rows_of
from dashboard.translations import _
from dashboard.wording.bases import kpi_with_base
from dashboard.wording.figures import metric_label
from dashboard.wording.surveys import estimates_of
from pipelines.periods import Period

Table = tuple[str, str, list[Column], list[list[str | Bar]]]


def no_projects(elsewhere: bool) -> Head:
    """What to say without any project here, and what to do; `elsewhere` in the district there are some."""
    if elsewhere:
        return _("No project began here in this period"), _("Choose another period or area.")
    return (
        _("No project has been loaded"),
        _("Put the export of projects into the inbox and build again; or choose another period."),
    )


def title(figures: Sequence[Figure], topics: pd.DataFrame, period: Period) -> str:
    """How many of the period's projects are finished, and how satisfied residents are with them."""
    rate = figures[1].now
    done = _("{finished} of {begun} projects of {period} are finished").format(
        finished=formats.integer(rate.numerator), begun=formats.integer(rate.denominator),
        period=formats.short_period(period),
    )  # fmt: skip
    about = about_projects(topics)
    if about is None:
        return done
    return _("{done}; {share} of residents are satisfied with them").format(
        done=done, share=formats.percent(about.value)
    )


def standfirst(figures: Sequence[Figure], topics: pd.DataFrame) -> str:
    """Who leads them, and what the satisfaction rests on."""
    words = _("{party} stewards are party members.").format(party=formats.integer(figures[2].now.value))
    about = about_projects(topics)
    if about is None:
        return words
    return words + _(" {topic} in {wave}: {share} satisfied (interval {interval}, n = {n}).").format(
        topic=about.name, wave=topics["period"].iloc[0], share=formats.percent(about.value),
        interval=formats.interval(about.low, about.high), n=formats.integer(about.n),
    )  # fmt: skip


def about_projects(topics: pd.DataFrame) -> Estimate | None:
    """The satisfaction with these projects, None when nobody was asked."""
    return next((one for one in estimates(topics) if ABOUT_PROJECTS in one.name), None)


def estimates(topics: pd.DataFrame) -> list[Estimate]:
    """Every topic with its interval and n, best first."""
    return estimates_of(topics, "topic")


def kpis(figures: Sequence[Figure], topics: pd.DataFrame) -> list[Kpi]:
    """Projects, share finished, party stewards, satisfaction."""
    cards = [kpi_with_base(figure) for figure in figures]
    about = about_projects(topics)
    if about is None:
        return cards
    changes = [
        Change(_("interval"), formats.interval(about.low, about.high)),
        Change("", f"n={formats.integer(about.n)}"),
    ]
    return [*cards, Kpi(_("Satisfied with them"), formats.percent_number(about.value), "%", changes)]


def outcomes_table(outcomes: pd.DataFrame) -> Table:
    """Title, subtitle, columns and rows: what was finished, each kind in its own measuring unit."""
    columns = [
        Column(_("What was finished")),
        Column(_("Quantity"), "r strong"),
        Column(_("A year earlier"), "r mute"),
    ]
    rows: list[list[str | Bar]] = [
        [str(name), quantity(now), quantity(before)]
        for name, now, before in zip(
            *(outcomes[column].tolist() for column in ("kind_name", "value", "before")), strict=True
        )
    ]
    return (
        _("What was finished: {count} kinds").format(count=len(rows)),
        _("Whole district; quantities of projects finished in the period, each in its own unit"),
        columns,
        rows,
    )


def quantity(value: float | None) -> str:
    """2,300 or 9.8."""
    whole = not formats.is_missing(value) and float(value or 0).is_integer()
    return formats.decimal(value, 0 if whole else 1)


def progress_table(frame: pd.DataFrame, by: str) -> Table:
    """Title, subtitle, columns and rows: how many of the projects begun are finished, by kind or subdistrict."""
    name, found = _("Kind") if by == "kind" else _("Subdistrict"), rows_of(frame)
    columns = [Column(name), Column(_("Finished / begun"), "r nw"), Column(_("Finished, %"))]
    rows: list[list[str | Bar]] = [
        [
            str(row[f"{by}_name"]),
            formats.fraction(row["numerator"], row["denominator"]),
            Bar(float(row["value"]), formats.percent_number(row["value"]), "deep"),
        ]
        for row in found
    ]
    open_ones = int(sum(row["denominator"] - row["numerator"] for row in found))
    return (
        _("{count} projects are still under way").format(count=formats.integer(open_ones))
        if by == "kind"
        else _("Projects by subdistrict"),
        _("Projects begun in the period; finished by data until"),
        columns,
        rows,
    )


def topics_head(topics: pd.DataFrame) -> Head:
    """Which topic is lowest, and how to read the rows."""
    found = estimates(topics)
    if not found:
        return _("Satisfaction by topic"), ""
    return (
        _("{topic} lowest of {count} topics: {share}").format(
            topic=found[-1].name, count=len(found), share=formats.percent(found[-1].value)
        ),
        _("Satisfaction in {wave}, %; dot and 95% interval (Wilson), line = all topics").format(
            wave=topics["period"].iloc[0]
        ),
    )


def download(
    outcomes: pd.DataFrame, kinds: pd.DataFrame, areas: pd.DataFrame, topics: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """What was finished, kinds, subdistricts and topics, unrounded."""
    rate = {"numerator": _("Finished"), "denominator": _("Begun"), "value": metric_label(metrics()[FINISHED])}
    headers = {
        _("What was finished"): {
            "kind_name": _("What was finished"), "value": _("Quantity"), "before": _("A year earlier, quantity"),
        },
        _("Kind"): {"kind_name": _("Kind"), **rate},
        _("Subdistricts"): {"subdistrict": _("Area code"), "subdistrict_name": _("Subdistrict"), **rate},
        _("Satisfaction by topic"): {
            "period": _("Wave"), "topic_name": _("Topic"), "value": _("Rate"), "low": _("Lower bound"),
            "high": _("Upper bound"), "n": "n",
        },
    }  # fmt: skip
    frames = (outcomes, kinds, areas, topics)
    return {
        name: frame[list(columns)].rename(columns=columns)
        for (name, columns), frame in zip(headers.items(), frames, strict=True)
    }
