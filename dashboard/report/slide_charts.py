"""Charts of the report as native, editable charts: the workbook inside holds the report's values unrounded.

No legend: series are named at their ends or in a line of keys above. What is marked is a series of its own, in violet.
"""

from collections.abc import Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from dashboard.report.model import Chart, Series
from dashboard.report.slide import BODY, Box, Type, bare, clean, face, inches, rgb, write
from dashboard.report.slide_line import finish_line
from dashboard.report.slide_names import category_labels, label_size, series_label
from dashboard.report.slide_scale import Scale, scale_of
from dashboard.report.slide_series import SHAPE_KEYS, colours_of, inside_colour, known_values, number_format
from dashboard.report.text_fit import shortened
from dashboard.theme import LIGHT
from dashboard.translations import _

# The library's own classes carry no types.
_data: Any = CategoryChartData
_TYPES = {
    "line": XL_CHART_TYPE.LINE,
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "stacked": XL_CHART_TYPE.BAR_STACKED,
}
_KEYS_HEIGHT = 0.5
# Labels of bars narrower than this share of the longest do not fit into them.
_NARROW = 0.025


def draw_chart(slide: Any, chart: Chart) -> None:
    """A chart in the body of a slide; without values an empty one that says so."""
    box = BODY
    keys = _keys(chart)
    if keys:
        _draw_keys(slide, keys)
        box = Box(BODY.left, BODY.top + _KEYS_HEIGHT, BODY.width, BODY.height - _KEYS_HEIGHT)
    size = label_size(chart)
    data: Any = _data(number_format=number_format(chart))
    data.categories = category_labels(chart) or [""]
    for series in drawn_series(chart):
        data.add_series(series_label(series, chart), series.values or (None,))
    native = slide.shapes.add_chart(_TYPES[chart.kind], *inches(box), data).chart
    scale = scale_of(chart)
    _plain(native, size)
    _value_axis(native, chart, scale)
    _category_axis(native, chart, size)
    if chart.kind == "line":
        finish_line(native, chart, scale, size)
    else:
        _finish_bars(native, chart, size)
    if not known_values(chart):
        write(
            slide,
            Box(BODY.left, BODY.top + 1.9, BODY.width, 0.6),
            _("No data in this period"),
            Type((28,), LIGHT.muted, align="center"),
        )


def drawn_series(chart: Chart) -> list[Series]:
    """The series as they stand in the workbook: of bars the marked value has moved into a series of its own."""
    if chart.marked is None or chart.kind == "stacked" or not chart.series:
        return list(chart.series)
    first, *others = chart.series
    alone = tuple(value if n == chart.marked else None for n, value in enumerate(first.values))
    rest = first.values
    if chart.kind != "line" and not others:
        rest = tuple(None if n == chart.marked else value for n, value in enumerate(first.values))
    return [Series(first.name, rest), *others, Series(_("Needs attention"), alone)]


def _keys(chart: Chart) -> list[tuple[str, str]]:
    """Words and colour of each series, where the chart itself cannot name them."""
    if chart.kind == "line" or (chart.kind != "stacked" and len(chart.series) < 2):
        return []
    colours = colours_of(chart)
    keys = []
    for n, (series, colour) in enumerate(zip(chart.series, colours, strict=True)):
        values = [value for value in series.values if value is not None]
        whole = chart.kind == "stacked" and not chart.percent and all(value == int(value) for value in values)
        total = f" {int(sum(values)):,}" if whole else ""
        shape = SHAPE_KEYS[n] if chart.kind == "stacked" and len(chart.series) == len(SHAPE_KEYS) else "■"
        keys.append((f"{shape} {series.name.lstrip('◆●■▼ ')}{total}", colour))
    return keys


def _draw_keys(slide: Any, keys: Sequence[tuple[str, str]]) -> None:
    room = BODY.width / len(keys)
    for n, (words, colour) in enumerate(keys):
        box = Box(BODY.left + n * room, BODY.top - 0.05, room - 0.1, 0.38)
        shape = slide.shapes.add_textbox(*inches(box))
        size = 20 if len(keys) <= 5 else 14
        shown = shortened(clean(words), size, box.width)
        frame = shape.text_frame
        bare(frame)
        for part, shade in ((shown[:1], colour), (shown[1:], LIGHT.ink)):
            run = frame.paragraphs[0].add_run()
            run.text = part
            face(run.font, size, shade, bold=True)


def _plain(native: Any, size: float) -> None:
    native.has_legend = False
    native.has_title = False
    face(native.font, size, LIGHT.ink)
    # Corners and the style of the theme bring frames and shadows; nothing is drawn but what is set here.
    space = native._chartSpace
    corners = space.find(qn("c:roundedCorners"))
    if corners is None:
        corners = parse_xml(f'<c:roundedCorners {nsdecls("c")} val="0"/>')
        date1904 = space.find(qn("c:date1904"))
        date1904.addnext(corners) if date1904 is not None else space.insert(0, corners)
    text = space.find(qn("c:txPr"))
    text.addprevious(parse_xml(f"<c:spPr {nsdecls('c', 'a')}><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"))


def _value_axis(native: Any, chart: Chart, scale: Scale) -> None:
    axis = native.value_axis
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = scale.low, scale.high, scale.step
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    axis.format.line.fill.background()
    if chart.kind != "line":
        axis.has_major_gridlines = False
        axis.visible = False
        return
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = rgb(LIGHT.rule)
    axis.major_gridlines.format.line.width = Pt(0.75)
    labels = axis.tick_labels
    labels.number_format_is_linked = False
    labels.number_format = ("0%" if scale.step >= 0.01 else "0.0%") if chart.percent else number_format(chart)
    face(labels.font, 16, LIGHT.muted)


def _category_axis(native: Any, chart: Chart, size: float) -> None:
    axis = native.category_axis
    axis.has_major_gridlines = False
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.format.line.color.rgb = rgb(LIGHT.comparison)
    axis.format.line.width = Pt(1)
    face(axis.tick_labels.font, size, LIGHT.ink if chart.kind in ("bar", "stacked") else LIGHT.muted)
    if chart.kind in ("bar", "stacked"):
        axis.reverse_order = True
        # Every name is written, also where the program would leave out every other one.
        skip = parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="1"/>')
        axis._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def _finish_bars(native: Any, chart: Chart, size: float) -> None:
    plot = native.plots[0]
    plot.gap_width = 40 if len(chart.categories) > 3 else 80
    marked = drawn_series(chart)[len(chart.series) :]
    if chart.kind == "stacked" or (len(chart.series) == 1 and marked):
        plot.overlap = 100
    colours = [*colours_of(chart), *(LIGHT.violet for _one in marked)]
    for series, colour in zip(plot.series, colours, strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = rgb(colour)
        series.invert_if_negative = False
        if chart.kind == "stacked":
            series.format.line.color.rgb = rgb(LIGHT.page)
            series.format.line.width = Pt(1)
        _bar_labels(series, chart, colour, size)


def _bar_labels(series: Any, chart: Chart, colour: str, size: float) -> None:
    labels = series.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = number_format(chart), False
    stacked = chart.kind == "stacked"
    labels.position = XL_LABEL_POSITION.CENTER if stacked else XL_LABEL_POSITION.OUTSIDE_END
    marked = colour == LIGHT.violet and not stacked
    face(labels.font, size, inside_colour(colour) if stacked else colour if marked else LIGHT.ink, bold=True)
    if not stacked:
        return
    longest = max(
        (sum(filter(None, column)) for column in zip(*(one.values for one in chart.series), strict=True)),
        default=0,
    )
    for n, value in enumerate(series.values):
        if value is not None and value < _NARROW * longest:
            labels._element.insert(
                0, parse_xml(f'<c:dLbl {nsdecls("c")}><c:idx val="{n}"/><c:delete val="1"/></c:dLbl>')
            )
