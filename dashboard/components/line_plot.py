"""Lines of an answer over its periods, as a Plotly figure: here analysts zoom, select and read single values.

Who only looks is shown lines as HTML (`line_chart.py`): a first visit with Plotly takes twice as long and twice the bytes.
"""

from functools import cache
from typing import Any

import streamlit as st

from dashboard.components.headline import Head, block
from dashboard.components.line_chart import HEIGHT
from dashboard.components.markup import show, text
from dashboard.components.page_sheet import drawn_by_script
from dashboard.components.plot import Plot, PlotLine
from dashboard.formats import is_missing
from dashboard.theme import Palette, figure_layout, on_paper, palette, type_scale

_MARGIN = {"l": 52, "r": 150, "t": 8, "b": 44}
_LABEL_HEIGHT = 18
# No mode bar (it speaks English and sends to a cloud), a double click brings the whole picture back.
_CONFIG = {"displayModeBar": False, "doubleClick": "reset", "showTips": False, "scrollZoom": False}


def line_plot(head: Head, drawn: Plot) -> None:
    """Draws the figure with room for labels at its right; dragging zooms."""
    show(block(*head))
    drawn_by_script()
    config = _CONFIG | {"staticPlot": on_paper()}
    st.plotly_chart(
        _finished(line_figure(drawn, palette(), type_scale())), theme=None, config=config, key="explored"
    )


def _finished(figure: dict[str, Any]) -> Any:
    """The dict in the guise of a figure: Streamlit has plotly check a bare dict field by field, for ten milliseconds."""
    return _guise()(figure)


@cache
def _guise() -> Any:
    # Plotly is not needed before somebody explores.
    from plotly.basedatatypes import BaseFigure

    def keep(self: Any, figure: dict[str, Any]) -> None:
        self.__dict__["finished"] = figure

    return type("Guise", (BaseFigure,), {"__init__": keep, "to_dict": lambda self: self.__dict__["finished"]})


def line_figure(drawn: Plot, colours: Palette, scale: float = 1.0) -> dict[str, Any]:
    """The figure as a plain dict: building one through plotly's classes takes eight times as long.

    On a sheet type and margins are `scale` times those of the desk.
    """
    places = max((len(line.values) for line in drawn.lines), default=0)
    layout = figure_layout(colours, scale)
    layout |= {
        "height": HEIGHT * scale,
        "margin": {side: width * scale for side, width in _MARGIN.items()},
        "hovermode": "x",
        "xaxis": layout["xaxis"]
        | {
            "range": [-0.2, max(places - 1, 1) + 0.05],
            "tickvals": [place for place, _ in drawn.names],
            "ticktext": [words for _, words in drawn.names],
        },
        "yaxis": layout["yaxis"]
        | {
            "range": list(drawn.bounds),
            "tickvals": [value for value, _ in drawn.ticks],
            "ticktext": [text(words) for _, words in drawn.ticks],
        },
        "annotations": _end_labels(drawn, colours, scale),
    }
    # The thin ones first, so that the marked ones lie on top; one invisible line carries the hover text.
    traces = [_trace(line, colours, scale) for line in reversed(drawn.lines)]
    return {"data": [*traces, *_tips(drawn)], "layout": layout}


def _trace(line: PlotLine, colours: Palette, scale: float) -> dict[str, Any]:
    values = [None if is_missing(value) else value for value in line.values]
    return {
        "type": "scatter",
        "mode": "lines+markers" if len(values) == 1 else "lines",
        "x": list(range(len(values))),
        "y": values,
        "line": {"color": getattr(colours, line.colour), "width": line.width * scale},
        "hoverinfo": "skip",
    }


def _tips(drawn: Plot) -> list[dict[str, Any]]:
    """What the pointer tells of each period, hung on the first line's values."""
    if not drawn.tips or not drawn.lines:
        return []
    middle = sum(drawn.bounds) / 2
    known = [middle if is_missing(value) else value for value in drawn.lines[0].values]
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": list(range(len(known))),
            "y": known,
            "marker": {"opacity": 0, "size": 12},
            "text": ["<br>".join(map(text, tip)) for tip in drawn.tips],
            "hovertemplate": "%{text}<extra></extra>",
        }
    ]


def _end_labels(drawn: Plot, colours: Palette, scale: float) -> list[dict[str, Any]]:
    """Names at the line ends, pushed apart to a line's height in the order of the values."""
    low, high = drawn.bounds
    pixels = (HEIGHT - _MARGIN["t"] - _MARGIN["b"]) * scale / ((high - low) or 1)
    ends = [(line, place, value) for line in drawn.lines if line.label for place, value in _last(line)]
    labels: list[dict[str, Any]] = []
    bottom = -1e9
    for line, place, value in sorted(ends, key=lambda end: end[2]):
        at = (value - low) * pixels
        bottom = max(at, bottom + _LABEL_HEIGHT * scale)
        words = text(line.label)
        labels.append(
            {
                "x": place,
                "y": value,
                "text": f"<b>{words}</b>" if line.strong else words,
                "font": {"color": getattr(colours, line.colour), "size": 13 * scale},
                "showarrow": False,
                "xanchor": "left",
                "xshift": 8 * scale,
                "yshift": bottom - at,
            }
        )
    return labels


def _last(line: PlotLine) -> list[tuple[int, float]]:
    known = [
        (place, value)
        for place, value in enumerate(line.values)
        if value is not None and not is_missing(value)
    ]
    return known[-1:]
