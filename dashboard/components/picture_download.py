"""Every titled picture of the screen as PNG, made in the browser from what it shows.

Kaleido would need a browser on the server; Plotly's own button knows only Plotly's figures and most pictures here are
HTML or SVG. So one small script copies the block on the screen, whatever drew it, and paints it with its title,
definition and footnote.
"""

from pathlib import Path

import streamlit as st

from dashboard.translations import _

_STYLE = """
.list{display:flex;flex-direction:column;gap:8px;max-height:min(300px,40vh);overflow-y:auto}
button{font:inherit;font-size:14px;color:var(--st-text-color);background:none;border:1px solid var(--st-border-color);
border-radius:3px;padding:6px 10px;text-align:center;white-space:nowrap;overflow:hidden;text-overflow:ellipsis;
cursor:pointer;flex:none}
button:hover{border-color:var(--st-primary-color);color:var(--st-primary-color)}button:disabled{opacity:.5}
"""
_LIST = st.components.v2.component(
    "red_steward.picture_download",
    html='<div class="list"></div>',
    css=_STYLE,
    js=(Path(__file__).parent / "picture_download.js").read_text("utf-8"),
)


def picture_download(name: str) -> None:
    """A button for each block that has a title and something below it; files are called `name`-title.png."""
    _LIST(key="pictures", data={"name": name, "label": _("Picture: ")})
