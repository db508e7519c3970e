"""An explorer's answer by community or subdistrict as a map."""

from collections.abc import Mapping

import pandas as pd

from dashboard.board.areas import subdistricts_and_communities
from dashboard.board.door import Serving
from dashboard.board.explore import Explored
from dashboard.board.figures import Value
from dashboard.components.map_picture import MapPicture
from dashboard.table_rows import rows_of
from dashboard.translations import _
from dashboard.wording.district_map_classes import class_names, classes, with_base, without_class
from dashboard.wording.district_map_shapes import ground, in_unit, shapes
from dashboard.wording.explore import period_name
from dashboard.wording.figures import is_share, metric_label
from pipelines.metrics import Metric


def explored_map(found: Explored, whole: Mapping[str, float], serving: Serving) -> MapPicture:
    """The rows of the last finished period (or of the one asked for), rates in classes around the whole."""
    asked, below = found.asked, ground(serving)
    frame = _placed(found, serving)
    period = str(found.latest["period"].iloc[0])
    breaks = classes(frame, asked.metric, Value(value=whole.get(period)))
    spread = _("violet low, teal high") if breaks.diverging else _("darker = more")
    reading = _("{period}; {reading}").format(period=period_name(period, asked.grain), reading=spread)
    names = [in_unit(name, asked.metric) for name in class_names(asked.metric, breaks)]
    blank = _without(asked.metric, serving) if bool(frame["shown"].isna().any()) else ""
    return MapPicture(
        below.rectangle, shapes(rows_of(frame), asked.metric, breaks, below), below.outlines, breaks.diverging,
        metric_label(asked.metric), reading, names, blank,
    )  # fmt: skip


def _placed(found: Explored, serving: Serving) -> pd.DataFrame:
    """All areas of the level; only values that may be compared get a colour."""
    areas = subdistricts_and_communities(serving)
    by, metric = str(found.asked.by), found.asked.metric
    latest = found.latest[[by, "value", "numerator", "denominator", "n"]].rename(columns={by: "area_code"})
    frame = areas[areas["level"] == by].merge(latest, on="area_code", how="left")
    if metric.kind == "survey":
        enough = frame["n"].astype(float) >= serving.district.surveys.minimum_n
        return frame.assign(shown=frame["value"].astype(float).where(enough))
    return with_base(frame, metric)


def _without(metric: Metric, serving: Serving) -> str:
    if metric.kind == "survey":
        return _("fewer than {fewest} answers").format(fewest=serving.district.surveys.minimum_n)
    return without_class(metric) if is_share(metric) else _("no figure")
