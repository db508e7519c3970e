"""The presentation before its first slide: 16:9, the desk's colours and fonts by name, so that new slides have them too."""

import re
from datetime import datetime
from typing import Any

from pptx import Presentation
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Emu, Inches

from dashboard.report.model import Report
from dashboard.theme import LIGHT

WIDTH, HEIGHT = 13.333, 7.5
# Named, not embedded: Office takes 微软雅黑 where it is installed, else the font that the machine puts in its place.
FACE = "微软雅黑"
LATIN_FACE = "Microsoft YaHei"
_COLOURS = {
    "dk1": LIGHT.ink, "lt1": LIGHT.page, "dk2": LIGHT.muted, "lt2": LIGHT.band,
    "accent1": LIGHT.teal, "accent2": LIGHT.violet, "accent3": LIGHT.gold, "accent4": LIGHT.tiers[1],
    "accent5": LIGHT.tiers[2], "accent6": LIGHT.red, "hlink": LIGHT.teal, "folHlink": LIGHT.muted,
}  # fmt: skip


def new_presentation(report: Report) -> Any:
    """An empty presentation in the report's name."""
    deck = Presentation()
    old = deck.slide_width
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    _widen(deck, deck.slide_width / (old or deck.slide_width))
    _dress(deck)
    told = deck.core_properties
    told.title, told.subject, told.author = report.title, report.period_label, report.issuer
    told.last_modified_by, told.keywords = report.issuer, report.version
    told.created = told.modified = datetime.now().replace(microsecond=0)
    return deck


def _widen(deck: Any, factor: float) -> None:
    """The template is 4:3; its placeholders move with the width, for slides that are added later."""
    for page in (deck.slide_master, *deck.slide_layouts):
        for shape in page.placeholders:
            # A placeholder without a place of its own takes that of the master.
            if shape._element.spPr.xfrm is not None:
                shape.left, shape.width = Emu(int(shape.left * factor)), Emu(int(shape.width * factor))


def _dress(deck: Any) -> None:
    part = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = part.blob.decode("utf-8")
    for name, colour in _COLOURS.items():
        theme = re.sub(
            rf"<a:{name}>.*?</a:{name}>",
            f'<a:{name}><a:srgbClr val="{colour[1:]}"/></a:{name}>',
            theme,
            flags=re.S,
        )
    theme = re.sub(r'<a:latin typeface="[^"]*"', f'<a:latin typeface="{LATIN_FACE}"', theme)
    theme = re.sub(r'(<a:ea|<a:font script="Hans") typeface="[^"]*"', rf'\1 typeface="{FACE}"', theme)
    part._blob = theme.encode("utf-8")
    background = deck.slide_master.background.fill
    background.solid()
    background.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
