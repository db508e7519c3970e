"""Surveys 满意度·安全感: the waves and the areas with their intervals, and the rank in the province."""

import numpy as np
import pandas as pd

from dashboard import formats
from dashboard.board import surveys
from dashboard.board.door import Serving
from dashboard.board.surveys import LatestWave
from dashboard.components.sheet_intervals import ROWS_A_SHEET, Beside, Estimated, intervals_body
from dashboard.meeting.one_line import Title, fitted, marked, noted, spoken, title
from dashboard.meeting.pages import paged
from dashboard.meeting.sheet import Sheet
from dashboard.translations import _
from dashboard.wording.surveys import survey_label, verdict
from pipelines.periods import Period
from pipelines.surveys import Difference, Interval, is_suppressed

KIND = "surveys"
_WAVES = 4


def sheets(board: Serving, period: Period) -> list[Sheet]:
    """The sheets of both surveys: the last wave that began by the end of the period, and the waves before it."""
    return [sheet for survey in reversed(surveys.held(board)) for sheet in _of_survey(board, period, survey)]


def _of_survey(board: Serving, period: Period, survey: str) -> list[Sheet]:
    waves = surveys.waves(board, survey, None)
    waves = waves[waves["period"].isin(surveys.begun(board, period.end))]
    if waves.empty:
        return []
    minimum, change = board.district.surveys.minimum_n, surveys.change(waves)
    last = waves.iloc[-1]
    latest = LatestWave(str(last["period"]), float(last["value"]))
    areas = surveys.by_area(board, survey, latest, "subdistrict")
    rows = [
        _estimated(row, str(row["subdistrict_name"]), minimum, latest.value) for _n, row in areas.iterrows()
    ]
    shown_waves = [
        _estimated(row, formats.wave_label(str(row["period"])), minimum, None)
        for _n, row in waves.tail(_WAVES).iterrows()
    ]
    band = None if shown_waves[-1].value is None else (latest.value, float(last["low"]), float(last["high"]))
    heading = _title(survey, rows, shown_waves[-1], change)
    head = _("{survey}: district by wave, areas in {wave}; dot = estimate, bar = 95% interval").format(
        survey=survey_label(survey), wave=formats.wave_label(latest.wave)
    )
    mark = _("District {value}").format(value=formats.percent(latest.value))
    section = _("Surveys · {survey}").format(survey=survey_label(survey))
    beside = _beside(survey, waves, change, shown_waves[-1])
    return [
        Sheet(
            KIND, section, heading, intervals_body(head, [shown_waves, page], band, beside, mark),
            _note(board, any(one.value is None for one in [*shown_waves, *page]), bool(areas.empty)), spoken(heading),
        )
        for page in paged(rows, ROWS_A_SHEET - len(shown_waves)) or [[]]
    ]  # fmt: skip


def _estimated(row: pd.Series, name: str, minimum: int, district: float | None) -> Estimated:
    """A row; with too few answers it says so instead of a rate."""
    low, high, n = float(row["low"]), float(row["high"]), float(row["n"])
    size = f"n={formats.integer(n)}"
    if bool(is_suppressed(n, Interval(np.asarray(low), np.asarray(high)), minimum)):
        return Estimated(name, size, None, low, high, _("too few answers"))
    behind = district is not None and high < district
    return Estimated(name, size, float(row["value"]), low, high, formats.percent(row["value"]), behind)


def _title(survey: str, areas: list[Estimated], district: Estimated, change: Difference | None) -> Title:
    """Which area is really below the district, else whether the district really changed."""
    label = survey_label(survey)
    if district.value is None:
        return fitted(title(_("{survey}: too few answers").format(survey=label)))
    behind = [area for area in areas if area.look]
    plain = title(_("{survey} {rate}").format(survey=label, rate=district.shown))
    if len(behind) == 1:
        first = marked(
            _("{area} {survey} {rate}").format(area=behind[0].name, survey=label, rate=behind[0].shown)
        )
        short = marked(_("{area} {rate}").format(area=behind[0].name, rate=behind[0].shown))
        below = _(", really below the district")
        return fitted(
            title(first, below),
            title(short, below),
            title(marked(_("{survey}: one area really below the district").format(survey=label))),
            plain,
        )
    if behind:
        said = _("{count} areas really below the district").format(count=len(behind))
        return fitted(
            title(_("{survey} {rate}, ").format(survey=label, rate=district.shown), marked(said)),
            title(marked(said)),
            plain,
        )
    said = {
        "up": _("{survey} {rate}, a real rise"),
        "down": _("{survey} {rate}, a real fall"),
        "unclear": _("{survey} {rate}, change within the margin of error"),
        "": _("{survey} {rate}"),
    }[verdict(change)].format(survey=label, rate=district.shown)
    return fitted(title(marked(said) if verdict(change) == "down" else said), plain)


def _beside(survey: str, waves: pd.DataFrame, change: Difference | None, district: Estimated) -> list[Beside]:
    last = waves.iloc[-1]
    interval = _("95% interval {interval}").format(interval=formats.interval(last["low"], last["high"]))
    lines = [interval, district.n]
    if change is not None:
        lines.append(_change(change))
    if district.value is None:
        found = [Beside(survey_label(survey), formats.NOTHING, "", [district.shown, district.n])]
    else:
        mood = {"up": "good", "down": "bad"}.get(verdict(change), "")
        number = formats.percent_number(last["value"])
        found = [Beside(survey_label(survey), number, "%", lines, mood)]
    if not formats.is_missing(last["rank"]):
        found.append(_rank(waves))
    return found


def _change(change: Difference) -> str:
    written = formats.percentage_points(float(change.value))
    if verdict(change) == "unclear":
        return _("{change}, may be chance").format(change=written)
    return _("{change} on the wave before").format(change=written)


def _rank(waves: pd.DataFrame) -> Beside:
    """The rank in the bulletin from above, and the one before it."""
    last = waves.iloc[-1]
    of = "" if formats.is_missing(last["ranked_of"]) else f"/ {int(last['ranked_of'])}"
    earlier = waves["rank"].iloc[:-1].dropna()
    label = _("Rank in the province (bulletin)")
    if earlier.empty:
        return Beside(label, str(int(last["rank"])), of, [])
    before, now = int(earlier.iloc[-1]), int(last["rank"])
    if before == now:
        return Beside(label, str(now), of, [_("as in the wave before")])
    said = _("up {steps}, {before} before") if now < before else _("down {steps}, {before} before")
    return Beside(
        label,
        str(now),
        of,
        [said.format(steps=abs(before - now), before=before)],
        "good" if now < before else "bad",
    )


def _note(board: Serving, few: bool, without_areas: bool) -> str:
    needed = [_("no areas named in the answers") if without_areas else ""]
    if few:
        minimum = board.district.surveys.minimum_n
        needed.append(
            _("too few answers: n below {minimum} or interval of 30 pp and more").format(minimum=minimum)
        )
    spare = [_("“Don't know” not counted"), _("Band = the district's interval")]
    return noted(needed, spare, _("data until {day}").format(day=formats.day(board.data_until)))
