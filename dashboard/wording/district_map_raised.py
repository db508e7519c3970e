"""What stands up on the raised map, and what it says."""

from collections.abc import Sequence

from dashboard import formats
from dashboard.components.map_marks import MarkLayer
from dashboard.translations import _
from dashboard.wording.district_map import MapView
from dashboard.wording.figures import is_share, metric_label


def raised(shown: MapView, layer: MarkLayer | None) -> tuple[Sequence[float], str]:
    """The height of each area and the sentence that tells what it counts.

    A rate is the colour; how much it stands for, its denominator, is the height. Anything else is both. Under a
    layer the areas lie flat and its squares rise.
    """
    share = is_share(shown.metric)
    column = "denominator" if share else "value"
    placed = shown.frame[shown.frame["longitude"].notna() & shown.frame["latitude"].notna()]
    heights = [0.0 if formats.is_missing(value) else max(0.0, float(value)) for value in placed[column]]
    if layer is not None:
        return heights, _("Height: {what}").format(what=layer.title)
    label = metric_label(shown.metric)
    return heights, (
        _("Height: denominator of {metric}; colour: {metric}") if share else _("Height and colour: {metric}")
    ).format(metric=label)
