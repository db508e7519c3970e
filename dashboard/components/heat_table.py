"""A table of figures whose cells are shaded by their amount: rows of a kind, columns over time."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.components.headline import Head, block
from dashboard.components.markup import show, text
from dashboard.theme import Palette, palette

# Words on the classes of the scale: from these on, in light and in dark, the other ink reads better (4.5:1 and more).
_OTHER_INK_FROM = {False: 4, True: 3}


@dataclass(frozen=True)
class HeatCell:
    """A figure as shown, and its class on the scale of five (None: not shaded)."""

    words: str
    shade: int | None


def heat_table(
    head: Head,
    corner: str,
    columns: Sequence[str],
    rows: Sequence[tuple[str, Sequence[HeatCell]]],
    note: str = "",
) -> None:
    """`corner` names the rows; a column's name may have two lines parted by a line break."""
    colours = palette()
    names = "".join(
        f'<th class="r">{"<br>".join(text(part) for part in name.split(chr(10)))}</th>' for name in columns
    )
    body = "".join(
        f"<tr><td>{text(name)}</td>{''.join(_cell(colours, one) for one in cells)}</tr>"
        for name, cells in rows
    )
    below = f'<p class="sub" style="padding:6px">{text(note)}</p>' if note else ""
    show(
        block(*head),
        f'<div class="heat"><table><thead><tr><th>{text(corner)}</th>{names}</tr></thead><tbody>{body}</tbody></table></div>{below}',
    )


def _cell(colours: Palette, one: HeatCell) -> str:
    if one.shade is None:
        return f'<td class="r mute">{text(one.words)}</td>'
    low, high = ("#FFFFFF", "#14110D") if colours.dark else ("#14110D", "#FFFFFF")
    ink = high if one.shade >= _OTHER_INK_FROM[colours.dark] else low
    return (
        f'<td class="r" style="background:{colours.sequential[one.shade]};color:{ink}">{text(one.words)}</td>'
    )
