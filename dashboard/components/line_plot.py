"""Lines of an answer over its periods, under a head of their own."""

from dashboard.components.headline import Head, block
from dashboard.components.markup import show
from dashboard.components.plot import Plot, plot

_HEIGHT = 380


def line_plot(head: Head, drawn: Plot) -> None:
    """Draws the plot with room for labels at its right."""
    show(block(*head), plot(drawn, _HEIGHT, "explored"))
