"""What stands up on the raised map, and what it says."""

from dashboard import formats
from dashboard.board import areas
from dashboard.board.door import Serving
from dashboard.components.deck_layers import Block
from dashboard.components.deck_map import Raised
from dashboard.components.map_marks import MarkLayer
from dashboard.translations import _
from dashboard.wording.district_map import MapView
from dashboard.wording.figures import is_share, metric_label


def raised(board: Serving, shown: MapView, layer: MarkLayer | None) -> Raised:
    """Each area as a block, and the sentence that tells what its height counts.

    A rate is the colour; how much it stands for, its denominator, is the height. Anything else is both. Under a
    layer the areas lie flat and its squares rise.
    """
    share = is_share(shown.metric)
    column = "denominator" if share else "value"
    placed = shown.frame[shown.frame["longitude"].notna() & shown.frame["latitude"].notna()]
    heights = [0.0 if formats.is_missing(value) else max(0.0, float(value)) for value in placed[column]]
    known = areas.blocks(board)
    codes = placed["area_code"].tolist()
    blocks = [Block(high, *known.get(code, ())) for code, high in zip(codes, heights, strict=True)]
    if layer is not None:
        return Raised(blocks, _("Height: {what}").format(what=layer.title))
    label = metric_label(shown.metric)
    said = (
        _("Height: denominator of {metric}; colour: {metric}") if share else _("Height and colour: {metric}")
    )
    return Raised(blocks, said.format(metric=label))
