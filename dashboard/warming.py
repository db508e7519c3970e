"""Makes ready what the first reader would wait for, while his browser still fetches the page.

A server that has just started knows no screen: it opens the version, reads the catalogues of words and of metrics and
the code of the first screen. That takes as long as a browser takes to fetch and read the page, and can be done meanwhile. What other
screens need waits until the first one is likely to stand: one interpreter does one thing at a time.
"""

import inspect
import sys
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from threading import Thread

import dashboard
from dashboard.board.door import metrics, serving
from dashboard.translations import DEFAULT_LANGUAGE, catalogue
from pipelines.faults import Fault

# Streamlit's list of emojis, which every label is searched for, takes a tenth of a second.
_FIRST = ("streamlit.emojis", "dashboard.wording.overview_pieces")
_PARTS = ("board", "components", "wording")
_MEANWHILE_S = 5.0
_TURN_S = 0.02


def warm_up(meanwhile: float = _MEANWHILE_S) -> Thread:
    """Begins, and gives the thread; the rest follows after `meanwhile` seconds."""
    thread = Thread(target=_warm, args=[meanwhile], name="warming", daemon=True)
    thread.start()
    return thread


def _warm(meanwhile: float) -> None:
    # A screen says what is at fault with a warehouse.
    with suppress(Fault):
        serving()
    catalogue(DEFAULT_LANGUAGE)
    metrics()
    for module in _FIRST:
        with suppress(ImportError):
            import_module(module)
    # Streamlit asks once whether it was started from a prompt; Python then looks up the file of every module.
    inspect.stack()
    time.sleep(meanwhile)
    for part in _PARTS:
        for found in iter_modules([f"{dashboard.__path__[0]}/{part}"], f"dashboard.{part}."):
            import_module(found.name)
    _warm_report()
    # Twenty-five readers that choose at once are as many threads, of which one runs; with Python's own five
    # milliseconds they spend a fifth of the time on asking for their turn. Not earlier: longer turns hold up the
    # many small files of a first page.
    sys.setswitchinterval(_TURN_S)


def _warm_report() -> None:
    """Last, for nobody comes to it first: its own parts, and the templates, which take a quarter of its first page to compile."""
    from dashboard.report import on_screen as on_screen
    from dashboard.report.sentences import Sentences

    with suppress(Fault):
        Sentences(Path(serving().root))
