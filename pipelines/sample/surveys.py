"""Half-yearly surveys of satisfaction and safety, and the bulletins with the provincial rank."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipelines.sample.columns import codes, decimals, moments_column, running_numbers, texts, whole
from pipelines.sample.geography import Geography
from pipelines.sample.names import SATISFACTION_TOPICS
from pipelines.sample.plan import Plan, apportion, month_code, month_of_year, year_of
from pipelines.sample.seasons import draw_days
from pipelines.sample.stories import Stories

Ints = NDArray[np.int64]

SAFE = ("很安全", "安全", "基本安全")
UNSAFE = ("不太安全", "不安全")
SATISFIED = ("很满意", "满意", "基本满意")
DISSATISFIED = ("不满意", "很不满意")
UNKNOWN = "不了解"
# One wave after the other from the first half of 2021: share safe, share satisfied with the led projects.
_SAFE = (0.962, 0.967, 0.971, 0.978, 0.983, 0.989)
_SATISFIED = (0.918, 0.927, 0.936, 0.945, 0.957, 0.966)
_TOPIC_SHARE = np.array([0.47, 0.2, 0.18, 0.15])
_TOPIC_SHIFT = np.array([0.0, -0.012, -0.03, -0.085])
# Ranks among the counties of the province: up seven places within the last year.
_RANKS = ((52, 49), (47, 44), (44, 41), (38, 36), (38, 33), (31, 29))
_COUNTIES = 103


def wave_of(plan: Plan, month: np.datetime64) -> int:
    """The number of the wave asked in a month, -1 for none: June, December, or the last month if small."""
    asked = (month == plan.months[-1]) if plan.small else month_of_year(month) in (5, 11)
    return 2 * (year_of(month) - 2021) + int(month_of_year(month) > 5) if asked else -1


def wave_name(wave: int) -> str:
    """2023上半年, 2023下半年 …"""
    return f"{2021 + wave // 2}{'下' if wave % 2 else '上'}半年"


def make_safety(plan: Plan, geography: Geography, stories: Stories, month: np.datetime64) -> pa.Table:
    """Answers of one wave about safety; the share of safe ones is exact to the answer."""
    rng = plan.stream("safety", month_code(month))
    wave, total = wave_of(plan, month), plan.figures.safety_answers
    community = _asked(rng, geography, total)
    unknown = rng.random(total) < 0.015
    safe = _positive(rng, ~unknown, _SAFE[wave], stories.diligence(month)[community])
    return pa.table(
        {
            **_head(rng, plan, geography, month, "A", community),
            "answer": _answers(rng, SAFE, UNSAFE, safe, unknown),
        }
    )


def make_satisfaction(plan: Plan, geography: Geography, stories: Stories, month: np.datetime64) -> pa.Table:
    """Weighted answers of one wave about four topics."""
    rng = plan.stream("satisfaction", month_code(month))
    wave, total = wave_of(plan, month), plan.figures.satisfaction_answers
    community = _asked(rng, geography, total)
    topic = np.repeat(np.arange(len(_TOPIC_SHARE)), apportion(total, _TOPIC_SHARE))
    unknown = rng.random(total) < 0.025
    satisfied = np.zeros(total, dtype=np.bool_)
    for t, shift in enumerate(_TOPIC_SHIFT):
        asked = (topic == t) & ~unknown
        satisfied |= _positive(rng, asked, _SATISFIED[wave] + shift, stories.diligence(month)[community])
    weight = rng.lognormal(-0.03, 0.25, total).clip(0.5, 2.0).round(2)
    return pa.table(
        {
            **_head(rng, plan, geography, month, "M", community),
            "topic": texts(SATISFACTION_TOPICS, topic),
            "answer": _answers(rng, SATISFIED, DISSATISFIED, satisfied, unknown),
            "weight": decimals(weight),
        }
    )


def make_bulletin(plan: Plan, month: np.datetime64, district_code: str) -> pa.Table:
    """What the province published about the district for one wave."""
    wave = wave_of(plan, month)
    values = (_SAFE[wave], _SATISFIED[wave])
    return pa.table(
        {
            "wave": pa.array([wave_name(wave)] * 2),
            "indicator": pa.array(["安全感", "满意度"]),
            "area_code": pa.array([district_code] * 2),
            "value": decimals(np.round(np.array(values, dtype=np.float64) * 100, 1)),
            "rank": whole(np.array(_RANKS[wave])),
            "ranked_of": whole(np.array([_COUNTIES] * 2)),
        }
    )


def _asked(rng: np.random.Generator, geography: Geography, total: int) -> Ints:
    """Where people were asked: by population, and hardly anybody in a few communities."""
    weight = geography.population * rng.uniform(0.8, 1.2, geography.count)
    weight[rng.choice(geography.count, max(1, geography.count // 12), replace=False)] *= 0.3
    return rng.permutation(np.repeat(np.arange(geography.count), apportion(total, weight)))


def _positive(
    rng: np.random.Generator, asked: NDArray[np.bool_], share: float, diligence: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Exactly the share of those asked are content, less often where the community is lax."""
    rows = np.flatnonzero(asked)
    keys = rng.random(len(rows)) * (1 + 4 * (1 - diligence[rows]) ** 2)
    content = np.zeros(len(asked), dtype=np.bool_)
    content[rows[np.argsort(keys, kind="stable")[: round(share * len(rows))]]] = True
    return content


def _answers(
    rng: np.random.Generator,
    good: tuple[str, ...],
    bad: tuple[str, ...],
    content: NDArray[np.bool_],
    unknown: NDArray[np.bool_],
) -> pa.Array:
    count = len(content)
    pleased, cross = rng.choice(3, count, p=[0.46, 0.38, 0.16]), rng.choice(2, count, p=[0.8, 0.2])
    picked = np.where(content, pleased, len(good) + cross)
    return texts((*good, *bad, UNKNOWN), np.where(unknown, len(good) + len(bad), picked))


def _head(
    rng: np.random.Generator,
    plan: Plan,
    geography: Geography,
    month: np.datetime64,
    letter: str,
    community: Ints,
) -> dict[str, pa.Array]:
    count = len(community)
    return {
        "response_id": codes(letter, running_numbers(month_code(month), plan.sequence_width, count)),
        "wave": texts([wave_name(wave_of(plan, month))], np.zeros(count, dtype=np.int64)),
        "surveyed_on": moments_column(np.sort(draw_days(rng, month, count))),
        "community_code": texts(geography.codes, community),
    }
