"""The two drawings of one map: flat on every machine, raised where the browser has WebGL."""

from collections.abc import Sequence

from dashboard.components.deck_map import Raised, deck_map
from dashboard.components.district_map import MapMonth, district_map
from dashboard.components.filters import choose
from dashboard.components.map_picture import MapPicture
from dashboard.theme import on_paper
from dashboard.translations import _

_CHOICE, _FLAT, _RAISED = "drawing", "flat", "raised"


def choose_drawing(near: bool) -> bool:
    """Whether the map is drawn raised, which one area from near never is."""
    if near or on_paper():
        return False  # heights cannot be read off a printed slope
    options = {_FLAT: _("Flat"), _RAISED: _("Raised")}
    return choose(_CHOICE, _("Drawing"), options, _FLAT, control="segments") == _RAISED


def draw_map(
    picture: MapPicture,
    choice: str,
    raised: Raised | None,
    months: Sequence[MapMonth],
    month: str,
    exact: bool,
) -> None:
    """Draw the map; `raised` are its shapes as blocks, None for the flat one."""
    if raised is None:
        district_map(picture, choice, months, month, exact)
    else:
        deck_map(picture, raised, choice, (_CHOICE, _FLAT))
