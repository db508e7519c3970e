"""Packs Streamlit's settings into the wheel; everything else is declared in pyproject.toml.

The settings live once, in `.streamlit/config.toml`, where `streamlit run` finds them in development. An installed
board has no such folder above it, so the wheel carries a copy beside `dashboard/app.py`, where Streamlit looks too.
"""

from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

SETTINGS = Path(".streamlit/config.toml")


class BuildWithSettings(build_py):
    """`build_py` that also copies the settings; an editable install reads them where they are."""

    def run(self) -> None:
        """Builds the packages, then lays the settings beside the entry script."""
        super().run()
        if not self.editable_mode:
            target = Path(self.build_lib, "dashboard", SETTINGS)
            self.mkpath(str(target.parent))
            self.copy_file(str(SETTINGS), str(target))


setup(cmdclass={"build_py": BuildWithSettings})
