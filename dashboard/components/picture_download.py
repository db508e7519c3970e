"""Every titled picture of the screen as PNG, made in the browser from what it shows.

Kaleido would need a browser on the server; Plotly's own button knows only Plotly's figures and most pictures here are
HTML or SVG. So one small script copies the block on the screen, whatever drew it, and paints it with its title,
definition and footnote.
"""

from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from dashboard.selection import address
from dashboard.translations import _, language

_HERE = Path(__file__).parent
_STYLE = """
.list{display:flex;flex-direction:column;gap:8px;max-height:min(300px,40vh);overflow-y:auto}
button,a{font:inherit;text-decoration:none;font-size:14px;color:var(--st-text-color);background:none;border:1px solid var(--st-border-color);
border-radius:3px;padding:6px 10px;text-align:center;white-space:nowrap;overflow:hidden;text-overflow:ellipsis;
cursor:pointer;flex:none}
button:hover,a:hover{border-color:var(--st-primary-color);color:var(--st-primary-color)}button:disabled{opacity:.5}
"""
_LIST = st.components.v2.component(
    "red_steward.picture_download",
    html='<div class="list"></div>',
    css=_STYLE,
    js="".join((_HERE / script).read_text("utf-8") for script in ("page_picture.js", "picture_download.js")),
)


def picture_download(name: str) -> None:
    """The whole screen as a sheet, and a button for each block that has a title and something below it.

    Files are called `name`-title.png. The address of the sheet carries all choices, so it shows what the screen shows.
    """
    choices = {**address(), "lang": language(), "mode": "page"}
    sheet = {
        "address": f"?{urlencode(choices)}",
        "name": _("whole screen"),
        "open": _("Open the sheet for print"),
    }
    _LIST(key="pictures", data=[{"name": name, "label": _("Picture: "), "sheet": sheet}])
