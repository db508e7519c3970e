"""Lines of a chart on a slide: thick and thin, named with their value at their ends, a mark where the finding lies."""

from typing import Any

from pptx.enum.chart import XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from dashboard.report.model import Chart, Series
from dashboard.report.slide import BODY, face, rgb
from dashboard.report.slide_names import end_room
from dashboard.report.slide_scale import Scale
from dashboard.report.slide_series import colours_of, number_format
from dashboard.theme import LIGHT

# The part of the chart that the plot takes: right of it stand the names of the lines.
_LEFT, _TOP, _HEIGHT = 0.07, 0.06, 0.82
# Labels at the ends keep this share of the plot's height between them.
_APART = 0.09


def finish_line(native: Any, chart: Chart, scale: Scale, size: float) -> None:
    """Dress the lines, and name them at their ends instead of in a legend."""
    _place_plot(native, chart)
    plot = native.plots[0]
    colours = colours_of(chart)
    shifts = _shifts(chart, scale)
    for n, series in enumerate(plot.series):
        series.smooth = False
        if n >= len(colours):
            _mark(series, chart, size)
            continue
        series.format.line.color.rgb = rgb(colours[n])
        series.format.line.width = Pt(3 if n == 0 else 1.75)
        series.marker.style = XL_MARKER_STYLE.CIRCLE if n == 0 else XL_MARKER_STYLE.NONE
        if n == 0:
            series.marker.size = 6
            series.marker.format.fill.solid()
            series.marker.format.fill.fore_color.rgb = rgb(colours[n])
            series.marker.format.line.fill.background()
        last = last_known(chart.series[n])
        if last is not None:
            _end_label(series, last, shifts[n], size, colours[n], chart)


def last_known(series: Series) -> int | None:
    """The place of the last value of a line."""
    return next((n for n in reversed(range(len(series.values))) if series.values[n] is not None), None)


def _place_plot(native: Any, chart: Chart) -> None:
    area = native._chartSpace.find(qn("c:chart")).find(qn("c:plotArea"))
    old = area.find(qn("c:layout"))
    if old is not None:
        area.remove(old)
    parts = (("x", _LEFT), ("y", _TOP), ("w", 1 - _LEFT - end_room(chart) / BODY.width), ("h", _HEIGHT))
    inner = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    places = "".join(f'<c:{name} val="{value}"/>' for name, value in parts)
    area.insert(
        0, parse_xml(f"<c:layout {nsdecls('c')}><c:manualLayout>{inner}{places}</c:manualLayout></c:layout>")
    )


def _mark(series: Any, chart: Chart, size: float) -> None:
    """The marked point: a diamond in violet with its value, unless the label at the line's end says it already."""
    series.format.line.fill.background()
    series.marker.style, series.marker.size = XL_MARKER_STYLE.DIAMOND, 12
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = rgb(LIGHT.violet)
    series.marker.format.line.fill.background()
    if chart.marked is None or chart.marked == last_known(chart.series[0]):
        return
    labels = series.data_labels
    labels.show_value, labels.position = True, XL_LABEL_POSITION.ABOVE
    labels.number_format, labels.number_format_is_linked = number_format(chart), False
    face(labels.font, size + 2, LIGHT.violet, bold=True)


def _shifts(chart: Chart, scale: Scale) -> list[float]:
    """How far each label at an end moves down, as a share of the plot's height, so that none covers another."""
    ends: list[tuple[float, int]] = []
    for n, series in enumerate(chart.series):
        last = last_known(series)
        value = series.values[last] if last is not None else None
        if value is not None:
            ends.append((1 - scale.share(value), n))
    shifts = [0.0] * len(chart.series)
    below = -1.0
    for place, n in sorted(ends):
        wanted = max(place, below + _APART)
        shifts[n] = wanted - place
        below = wanted
    return shifts


def _end_label(series: Any, at: int, shift: float, size: float, colour: str, chart: Chart) -> None:
    """Name and value right of the last point; both stay bound to the data."""
    violet = chart.marked == at and series._element.find(qn("c:idx")).get("val") == "0"
    label = series.points[at].data_label
    face(label.font, size + 2, LIGHT.violet if violet else colour, bold=True)
    element = label._dLbl
    for child in list(element):
        if child.tag not in (qn("c:idx"), qn("c:txPr"), qn("c:spPr")):
            element.remove(child)
    moved = (
        f'<c:manualLayout><c:x val="0"/><c:y val="{shift * _HEIGHT:.4f}"/></c:manualLayout>' if shift else ""
    )
    element.find(qn("c:idx")).addnext(parse_xml(f"<c:layout {nsdecls('c')}>{moved}</c:layout>"))
    element.find(qn("c:txPr")).addprevious(
        parse_xml(f'<c:numFmt {nsdecls("c")} formatCode="{number_format(chart)}" sourceLinked="0"/>')
    )
    shown = {"dLblPos": "r", "showLegendKey": 0, "showVal": 1, "showCatName": 0, "showSerName": 1}
    for tag, value in (shown | {"showPercent": 0, "showBubbleSize": 0}).items():
        element.append(parse_xml(f'<c:{tag} {nsdecls("c")} val="{value}"/>'))
    element.append(parse_xml(f"<c:separator {nsdecls('c')}> </c:separator>"))
