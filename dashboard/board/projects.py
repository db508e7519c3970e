"""Projects 实事: what has been finished, how much of it, and whether residents are satisfied with it."""

from math import nan

import pandas as pd

from dashboard.board.door import Serving, ask
from dashboard.board.figures import Figure, by_dimension, figure
from dashboard.board.kept_answers import answer
from dashboard.board.surveys import wave_names
from pipelines.periods import Period

FINISHED, OUTCOME = "projects_finished_rate", "project_quantity"
HEADLINES = ("projects", FINISHED, "party_stewards")
# Residents are asked about several topics; the one about these projects bears their name.
ABOUT_PROJECTS = "实事"


@answer
def headline_figures(serving: Serving, period: Period, area: str | None) -> list[Figure]:
    """Projects begun, the share that is finished, and the party members who lead them."""
    return [figure(serving, name, period, area) for name in HEADLINES]


@answer
def outcomes(serving: Serving, period: Period) -> pd.DataFrame:
    """Quantity finished by kind, each in its own suffix, in the whole district, most first.

    `before` is a year earlier; of a running period it is missing, for the same days of a year ago are not kept.
    """
    now = by_dimension(serving, OUTCOME, period, "kind")
    before: dict[str, list[float]] = {}
    if not period.is_running(serving.last_day):
        earlier = by_dimension(serving, OUTCOME, period.year_earlier(), "kind")
        for name, value in zip(earlier["kind_name"].tolist(), earlier["value"].tolist(), strict=True):
            before.setdefault(name, []).append(value)
    # As a left join gives them, which takes pandas fifty times as long.
    columns = ("kind", "kind_name", "value", "before")
    found = zip(*(now[name].tolist() for name in columns[:3]), strict=True)
    both = [(*one, value) for one in found for value in before.get(one[1], [nan])]
    return pd.DataFrame(both, columns=list(columns)).sort_values("value", ascending=False, kind="stable")


@answer
def kinds(serving: Serving, period: Period, area: str | None) -> pd.DataFrame:
    """Finished and begun projects by kind, most first."""
    return by_dimension(serving, FINISHED, period, "kind", area).sort_values(
        "denominator", ascending=False, kind="stable"
    )


@answer
def subdistricts(serving: Serving, period: Period) -> pd.DataFrame:
    """Finished and begun projects by subdistrict, most first."""
    return by_dimension(serving, FINISHED, period, "subdistrict").sort_values(
        "denominator", ascending=False, kind="stable"
    )


@answer
def topics(serving: Serving) -> pd.DataFrame:
    """Satisfaction by topic in the last wave with its interval and n, best first; empty without a survey."""
    waves = wave_names(serving, "satisfaction")
    if not waves:
        return pd.DataFrame(columns=["period", "topic", "topic_name", "value", "low", "high", "n"])
    found = ask(serving.root, serving.version, "satisfaction_rate", "wave", waves[-1], "topic")
    return found[found["value"].notna()].sort_values("value", ascending=False, kind="stable")


@answer
def all_topics(serving: Serving) -> float:
    """Satisfaction over all topics in the last wave, 0 without a survey."""
    waves = wave_names(serving, "satisfaction")
    found = ask(serving.root, serving.version, "satisfaction_rate", "wave", waves[-1]) if waves else None
    return 0.0 if found is None or found.empty else float(found["value"].iloc[0])
