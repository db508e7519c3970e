"""The figure of Explore: every value is in it, hostile names are text, labels do not lie on each other."""

from dashboard.components.line_plot import line_figure
from dashboard.components.plot import Plot, PlotLine
from dashboard.theme import DARK, LIGHT

LINES = [
    PlotLine([1.0, 2.0, None, 4.0], "teal", 2.4, "<img src=x> 4.0"),
    PlotLine([1.0, 2.0, 3.0, 4.01], "violet", 2.4, "乙 4.0"),
    PlotLine([0.5, 0.5, 0.5, 0.5], "comparison", 0.8, strong=False),
]
DRAWN = Plot(
    LINES, (0, 5), [(0, "0"), (5, "5")], [(0, "1月"), (3, "4月")], [["1月", "<b>"], ["2"], ["3"], ["4"]]
)


def test_the_values_and_the_words_are_in_the_figure() -> None:
    figure = line_figure(DRAWN, LIGHT)
    drawn = [trace for trace in figure["data"] if trace["mode"] == "lines"]
    assert [trace["y"] for trace in drawn] == [list(line.values) for line in reversed(LINES)]
    assert figure["data"][-1]["text"] == ["1月<br>&lt;b&gt;", "2", "3", "4"]
    assert figure["layout"]["xaxis"]["ticktext"] == ["1月", "4月"]
    assert figure["layout"]["yaxis"]["range"] == [0, 5]


def test_names_are_text_and_keep_their_distance() -> None:
    labels = line_figure(DRAWN, LIGHT)["layout"]["annotations"]
    assert labels[0]["text"] == "<b>&lt;img src=x&gt; 4.0</b>"
    assert len(labels) == 2
    lower, upper = labels
    pixels = (420 - 8 - 44) / 5
    apart = (upper["y"] - lower["y"]) * pixels + upper["yshift"] - lower["yshift"]
    assert apart > 17.9


def test_the_theme_colours_the_lines() -> None:
    assert line_figure(DRAWN, DARK)["data"][-2]["line"]["color"] == DARK.teal
    assert line_figure(DRAWN, LIGHT)["data"][-2]["line"]["color"] == LIGHT.teal


def test_nothing_to_draw_is_an_empty_figure() -> None:
    assert line_figure(Plot([], (0, 1), [], []), LIGHT)["data"] == []
