"""Makes ready what the first reader would wait for, while his browser still fetches the page.

A server that has just started knows no screen: it reads their code and the catalogue of words, tells whether the
version is as it was published (a checksum of the whole file) and opens it. That takes as long as a browser takes to
fetch and read the page, and can be done meanwhile.
"""

import inspect
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from threading import Thread

import dashboard
from dashboard.board.door import serving
from dashboard.translations import DEFAULT_LANGUAGE, catalogue
from pipelines.faults import Fault

# What the screens are made of. Streamlit's list of emojis, which every label is searched for, takes a tenth of a second.
_PARTS = ("board", "components", "wording")
_EMOJIS = "streamlit.emojis"


def warm_up() -> Thread:
    """Begins, and gives the thread; whoever comes first finds as much ready as there was time for."""
    thread = Thread(target=_warm, name="warming", daemon=True)
    thread.start()
    return thread


def _warm() -> None:
    # A screen says what is at fault with a warehouse.
    with suppress(Fault):
        serving()
    catalogue(DEFAULT_LANGUAGE)
    for part in _PARTS:
        for module in iter_modules([f"{dashboard.__path__[0]}/{part}"], f"dashboard.{part}."):
            import_module(module.name)
    with suppress(ImportError):
        import_module(_EMOJIS)
    # Streamlit asks once whether it was started from a prompt; Python then looks up the file of every module.
    inspect.stack()
    _warm_report()


def _warm_report() -> None:
    """Last, for nobody comes to it first: its own parts, and the templates, which take a quarter of its first page to compile."""
    from dashboard.report import on_screen as on_screen
    from dashboard.report.sentences import Sentences

    with suppress(Fault):
        Sentences(Path(serving().root))
