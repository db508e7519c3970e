"""Who may change the warehouse through the board, for as long as the board knows no users.

A board that only this machine can reach, under no other name, belongs to whoever sits there. Any other board changes
nothing unless it was started with `--changes`, which says that everybody who can open it may.
"""

import os

CHANGES_VARIABLE = "STEWARD_CHANGES"
ALLOWED = "allowed"


def may_change() -> bool:
    """Whether readers of this board may publish, upload and roll back; no for a board that did not say so."""
    return os.environ.get(CHANGES_VARIABLE) == ALLOWED
