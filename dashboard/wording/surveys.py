"""Sentences and records of the surveys; a change counts only when the interval of the difference excludes zero."""

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard import formats
from dashboard.components.headline import Head
from dashboard.components.interval_charts import Estimate, WaveChart
from dashboard.components.plain_table import Bar, Column
from dashboard.table_rows import rows_of
from dashboard.translations import _
from dashboard.wording.choices import choice_label
from pipelines.district.settings import SurveySettings
from pipelines.surveys import Difference

LISTED = 6
_WIDEST = 0.30


def survey_label(survey: str) -> str:
    """群众安全感 or 群众满意度."""
    return _("Safety sense") if survey == "safety" else _("Satisfaction")


def survey_labels(surveys: Sequence[str]) -> dict[str, str]:
    """Survey → its name."""
    return {survey: survey_label(survey) for survey in surveys}


def no_surveys() -> Head:
    """What to say without answers, and what to do."""
    return (
        _("No survey has been loaded"),
        _("Put the exports of satisfaction or safety into the inbox and build again."),
    )


def verdict(change: Difference | None) -> str:
    """up, down, unclear (within the interval) or nothing with a single wave."""
    if change is None:
        return ""
    if float(change.low) > 0:
        return "up"
    return "down" if float(change.high) < 0 else "unclear"


def title(waves: Mapping[str, pd.DataFrame], changes: Mapping[str, Difference | None]) -> str:
    """The safety rate, with the provincial rank or whether it really changed, and whether satisfaction did."""
    clauses = []
    safety, satisfaction = waves.get("safety"), waves.get("satisfaction")
    if safety is not None and len(safety):
        rank = _rank_change(safety)
        moved = {
            "up": _("Safety sense has risen to {rate}"),
            "down": _("Safety sense has fallen to {rate}"),
        }
        template = moved.get("" if rank else verdict(changes["safety"]), _("Safety sense {rate}"))
        clauses.append(template.format(rate=formats.percent(safety.iloc[-1]["value"])) + rank)
    if satisfaction is not None and len(satisfaction):
        template = {
            "up": _("satisfaction has risen to {rate}"),
            "down": _("satisfaction has fallen to {rate}"),
            "unclear": _("satisfaction {rate}, its change is within the margin of error"),
            "": _("satisfaction {rate}"),
        }[verdict(changes["satisfaction"])]
        clauses.append(template.format(rate=formats.percent(satisfaction.iloc[-1]["value"])))
    return _("; ").join(clauses) or _("No answers in this area")


def standfirst(
    survey: str, waves: Mapping[str, pd.DataFrame], changes: Mapping[str, Difference | None]
) -> str:
    """Interval, difference with its interval, what is left out of the base."""
    if waves[survey].empty:
        return _("“Don't know” is left out of the base.")
    last, change = waves[survey].iloc[-1], changes[survey]
    text = _("{survey} {rate} (interval {interval})").format(
        survey=survey_label(survey),
        rate=formats.percent(last["value"]),
        interval=formats.interval(last["low"], last["high"]),
    )
    if change is not None:
        text += _(", {change} on the wave before (interval of the difference {low} to {high})").format(
            change=formats.percentage_points(float(change.value)),
            low=formats.signed(float(change.low) * 100),
            high=formats.signed(float(change.high) * 100),
        )
    return text + _(". “Don't know” is left out of the base.")


def wave_charts(
    waves: Mapping[str, pd.DataFrame], changes: Mapping[str, Difference | None], rules: SurveySettings
) -> list[WaveChart]:
    """One chart per survey that has answers in the area."""
    answers = {"safety": rules.safe, "satisfaction": rules.satisfied}
    charts = []
    for survey, frame in waves.items():
        found = estimates(frame)
        if found:
            charts.append(
                WaveChart((wave_title(survey, found, changes[survey]), wave_subtitle(answers[survey])), found)
            )
    return charts


def estimates(waves: pd.DataFrame) -> list[Estimate]:
    """Waves for the chart; above them the provincial rank where it is known and theirs."""
    return [
        Estimate(
            formats.wave_label(str(row["period"])), float(row["value"]), float(row["low"]), float(row["high"]), round(float(row["n"])),
            "" if formats.is_missing(row.get("rank")) else _("province no. {rank}").format(rank=int(row["rank"])),
        )
        for row in rows_of(waves)
    ]  # fmt: skip


def wave_title(survey: str, waves: Sequence[Estimate], change: Difference | None) -> str:
    """The last wave against the one before."""
    label = survey_label(survey)
    last = waves[-1]
    if change is None:
        return _("{survey}: {rate} in the only wave").format(survey=label, rate=formats.percent(last.value))
    low, high = min(one.value for one in waves), max(one.value for one in waves)
    template = {
        "up": _("{survey}: {rate}, a real rise on the wave before"),
        "down": _("{survey}: {rate}, a real fall on the wave before"),
        "unclear": _(
            "{survey}: {count} waves between {low} and {high}, last change within the margin of error"
        ),
    }[verdict(change)]
    return template.format(
        survey=label,
        rate=formats.percent(last.value),
        count=len(waves),
        low=formats.percent_number(low),
        high=formats.percent(high),
    )


def wave_subtitle(answers: Sequence[str]) -> str:
    """Which answers count, and how to read the bar."""
    return _("Share of {answers} among those with an opinion, %; bar = 95% interval (Wilson)").format(
        answers=_(" / ").join(choice_label(answer) for answer in answers)
    )


def estimates_of(frame: pd.DataFrame, level: str) -> list[Estimate]:
    """Areas of one wave, highest first."""
    return [
        Estimate(str(name), float(value), float(low), float(high), round(float(n)))
        for name, value, low, high, n in frame[[f"{level}_name", "value", "low", "high", "n"]]
        .dropna()
        .to_numpy()
    ]


def areas_head(survey: str, rows: Sequence[Estimate], district: float) -> Head:
    """Which areas really differ from the district, and how to read the rows."""
    return _areas_title(survey, rows, district), areas_subtitle(survey, district)


def _areas_title(survey: str, rows: Sequence[Estimate], district: float) -> str:
    below = [row.name for row in rows if row.high < district]
    above = [row.name for row in rows if row.low > district]
    if not below and not above:
        return _("{survey}: no subdistrict differs from the district beyond chance").format(
            survey=survey_label(survey)
        )
    if below:
        return _("{survey}: {areas} really below the district").format(
            survey=survey_label(survey), areas=_(" and ").join(below[:2])
        )
    return _("{survey}: {areas} really above the district").format(
        survey=survey_label(survey), areas=_(" and ").join(above[:2])
    )


def areas_subtitle(survey: str, district: float) -> str:
    """How to read dots, lines and the vertical line."""
    return _("Dot = {survey}, line = 95% interval, upright = district {rate}").format(
        survey=survey_label(survey), rate=formats.percent(district)
    )


def rankable(frame: pd.DataFrame, minimum_n: int) -> pd.DataFrame:
    """Communities with enough answers and a narrow enough interval, lowest lower bound first."""
    enough = (frame["n"].astype(float) >= minimum_n) & (
        (frame["high"] - frame["low"]).astype(float) < _WIDEST
    )
    return frame[enough].sort_values("low", kind="stable")


def rankable_title(ranked: pd.DataFrame, frame: pd.DataFrame) -> str:
    """可排名的社区 61 个，47 个样本不足"""
    return _("Communities that can be ranked: {ranked}; with too few answers: {few}").format(
        ranked=len(ranked), few=len(frame) - len(ranked)
    )


def communities_table(
    survey: str, communities: pd.DataFrame, minimum_n: int
) -> tuple[str, str, list[Column], list[list[str | Bar]]]:
    """Title, subtitle, columns and rows of the communities with enough answers."""
    ranked = rankable(communities, minimum_n)
    title = rankable_title(ranked, communities)
    if ranked.empty:
        return title, _("n ≥ {minimum} to be ranked").format(minimum=minimum_n), [], []
    subtitle = _("n ≥ {minimum} to be ranked; below, those with the lowest lower bounds").format(
        minimum=minimum_n
    )
    columns = [
        Column(_("Community")),
        Column(survey_label(survey)),
        Column(_("Lower bound"), "r"),
        Column(_("Upper bound"), "r"),
        Column("n", "r"),
    ]
    return title, subtitle, columns, rankable_rows(ranked)


def rankable_rows(ranked: pd.DataFrame) -> list[list[str | Bar]]:
    """The communities with the lowest lower bounds."""
    return [
        [
            str(row["community_name"]), Bar(float(row["value"]), formats.percent_number(row["value"]), "deep"),
            formats.decimal(row["low"] * 100), formats.decimal(row["high"] * 100), formats.integer(row["n"]),
        ]
        for row in rows_of(ranked.head(LISTED))
    ]  # fmt: skip


def download(waves: dict[str, pd.DataFrame], communities: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Waves of both surveys and the communities of the last one, unrounded."""
    headers = {
        "period": _("Wave"), "community": _("Area code"), "community_name": _("Community"), "value": _("Rate"),
        "low": _("Lower bound"), "high": _("Upper bound"), "n": "n", "rank": _("Provincial rank"),
    }  # fmt: skip
    sheets = {survey_label(survey): frame for survey, frame in waves.items()} | {
        _("Communities"): communities
    }
    return {
        name: frame[[column for column in headers if column in frame]].rename(columns=headers)
        for name, frame in sheets.items()
    }


def _rank_change(safety: pd.DataFrame) -> str:
    if "rank" not in safety:
        return ""
    ranks = safety["rank"].dropna()
    if len(ranks) < 2 or formats.is_missing(safety.iloc[-1]["rank"]):
        return ""
    steps = int(ranks.iloc[-2]) - int(ranks.iloc[-1])
    if not steps:
        return _(", provincial rank unchanged")
    return (_(", provincial rank up {steps}") if steps > 0 else _(", provincial rank down {steps}")).format(
        steps=abs(steps)
    )
