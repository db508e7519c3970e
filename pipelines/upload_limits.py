"""How much the board takes at once; its server is told before anything that reads exports is loaded."""

MOST_FILES = 50
MOST_BYTES = 200_000_000
