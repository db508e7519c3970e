"""Lines of an answer over its periods with the values of each under the pointer: no script, as on the fixed screens."""

from dashboard.components.headline import Head, block
from dashboard.components.markup import show
from dashboard.components.plot import Plot, plot

HEIGHT = 420


def line_chart(head: Head, drawn: Plot) -> None:
    """The lines under their title, with room for names at their ends."""
    show(block(*head), plot(drawn, HEIGHT, "named"))
