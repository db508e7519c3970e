"""Surveys: how satisfied and how safe do residents feel, is a change more than chance, which area differs?"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard.board.area_tree import inside
from dashboard.board.door import Serving, answer, ask, fetched, rows
from pipelines.surveys import Difference, difference

METRIC_OF = {"safety": "safety_rate", "satisfaction": "satisfaction_rate"}
INDICATOR_OF = {"safety": "安全感", "satisfaction": "满意度"}
_ANSWERS = {"safety": "marts.safety_answers", "satisfaction": "marts.satisfaction_answers"}


@dataclass(frozen=True)
class LatestWave:
    """Name of the wave and the district's rate in it."""

    wave: str
    value: float


def wave_names(serving: Serving, survey: str) -> list[str]:
    """Waves of a survey in the order in which they were held."""
    held = set(ask(serving.root, serving.version, METRIC_OF[survey], "wave")["period"])
    return [wave for wave in _first_days(serving) if wave in held]


@answer
def waves(serving: Serving, survey: str, area: str | None) -> pd.DataFrame:
    """Rate, interval, n by wave, oldest first; over the whole district also the provincial rank where a bulletin names it.

    A bulletin ranks the district: beside the rate of a part of it, that rank would pass for the part's own.
    """
    frame = ask(serving.root, serving.version, METRIC_OF[survey], "wave", area=area)
    order = wave_names(serving, survey)
    frame = (
        frame[frame["value"].notna()]
        .set_index("period")
        .reindex([wave for wave in order if wave in set(frame["period"])])
    )
    ranked = frame if area is not None else frame.join(bulletin_ranks(serving, survey))
    return ranked.reset_index(names="period")


def begun(serving: Serving, last_day: date) -> list[str]:
    """The waves that had begun by a day, oldest first."""
    return [wave for wave, first_day in _first_days(serving).items() if first_day <= last_day]


@answer
def _first_days(serving: Serving) -> dict[str, date]:
    """Wave → its first day, oldest first; without the waves that only a bulletin names, for answers always have a day."""
    return {row["wave"]: row["first_day"] for row in fetched(serving, _WAVES)}


@answer
def held(serving: Serving) -> list[str]:
    """The surveys of which answers have been loaded: safety, satisfaction or both."""
    return [survey for survey in METRIC_OF if wave_names(serving, survey)]


@answer
def latest(serving: Serving, survey: str) -> LatestWave:
    """The last wave of a survey over the whole district."""
    last = waves(serving, survey, None).iloc[-1]
    return LatestWave(str(last["period"]), float(last["value"]))


@answer
def is_ranked(serving: Serving) -> bool:
    """Whether a bulletin names the district's rank in a survey of which answers have been loaded."""
    return any(waves(serving, survey, None)["rank"].notna().any() for survey in held(serving))


def bulletin_ranks(serving: Serving, survey: str) -> pd.DataFrame:
    """Rank of the district in the bulletins from above, by wave."""
    return rows(
        serving.root,
        serving.version,
        "SELECT b.wave, min(b.rank) AS rank, min(b.ranked_of) AS ranked_of FROM facts.bulletins AS b "
        "JOIN facts.areas AS a ON a.area_no = b.area_no "
        "WHERE b.indicator = ? AND a.level = 'district' GROUP BY b.wave",
        (INDICATOR_OF[survey],),
    ).set_index("wave")


def change(frame: pd.DataFrame) -> Difference | None:
    """Last wave against the one before with the interval of the difference; None with a single wave."""
    if len(frame) < 2:
        return None
    before, now = frame.iloc[-2], frame.iloc[-1]
    return difference(now["value"], now["n"], before["value"], before["n"])


@answer
def by_area(
    serving: Serving, survey: str, latest: LatestWave, level: str, area: str | None = None
) -> pd.DataFrame:
    """Rate, interval and n of every area of a level (inside `area`) in one wave, highest first."""
    frame = ask(serving.root, serving.version, METRIC_OF[survey], "wave", by=level, area=area)
    return frame[frame["period"] == latest.wave].sort_values(["value", level], ascending=[False, True])


@answer
def answers(serving: Serving, survey: str, area: str | None) -> pd.DataFrame:
    """Who answered what: `row`, `answer`, `positive`, `weight`, `n`; those without an opinion are left out.

    Rows are the topics of the last wave of satisfaction, without one its whole; of safety, which has no topics, the
    waves.
    """
    by, last = ("topic", latest(serving, survey).wave) if survey == "satisfaction" else ("wave", "")
    condition = "wave = ?" if last else "TRUE"
    return rows(
        serving.root,
        serving.version,
        f"SELECT {by} AS row, answer, max(positive) AS positive, sum(weight) AS weight, CAST(sum(n) AS BIGINT) AS n "
        f"FROM {_ANSWERS[survey]} WHERE {condition} AND {inside(serving, area)} GROUP BY 1, 2 ORDER BY 1, 2",
        (last,) if last else (),
    )


_WAVES = "SELECT wave, first_day FROM marts.waves WHERE first_day IS NOT NULL ORDER BY first_day, wave"
