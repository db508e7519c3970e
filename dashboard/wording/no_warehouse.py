"""What to say when nobody has told the board where its warehouse is."""

from dashboard.board.door import WAREHOUSE_VARIABLE
from dashboard.translations import _


def no_warehouse() -> tuple[str, str, str]:
    """What is missing, what to do, and the command that does it."""
    return (
        _("No warehouse is named"),
        _(
            "Set the environment variable {variable} to the warehouse folder, or start the board with the command below."
        ).format(variable=WAREHOUSE_VARIABLE),
        "steward serve --warehouse DIR",
    )
