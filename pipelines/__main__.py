"""`python -m pipelines …`: the data commands without Streamlit."""

import sys

from pipelines.cli import app
from pipelines.command_line import run

if __name__ == "__main__":
    sys.exit(run(app, sys.argv[1:], "python -m pipelines"))
