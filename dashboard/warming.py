"""Makes ready what the first reader would wait for, while his browser still fetches the page.

A server that has just started knows no screen: it opens the version, reads the catalogues of words and of metrics and
the code of the first screen. That takes as long as a browser takes to fetch and read the page, and can be done
meanwhile. What other screens need waits until the first one is likely to stand: one interpreter does one thing at a time.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from threading import Event, Thread

import dashboard
from pipelines.faults import Fault

# Streamlit's list of emojis, which every label is searched for, takes a tenth of a second.
_EMOJIS = "streamlit.emojis"
# Streamlit imports it to look at the icon of the page, though ours is text.
_PICTURES = "PIL.Image"
_ARROW = "pyarrow"
_FIRST_SCREEN = "dashboard.wording.overview_pieces"
_PARTS = ("board", "components", "wording")
_MEANWHILE_S = 5.0
_TURN_S = 0.02


@contextmanager
def warming(meanwhile: float = _MEANWHILE_S) -> Iterator[None]:
    """Begins beside whatever is done inside, with the rest after `meanwhile` seconds.

    What is not done by the end is left undone. The end waits for the thread: one that still held the version when the interpreter goes would look to DuckDB's
    binding like a leak, which it would report.
    """
    over = Event()
    thread = Thread(target=warm_up, args=[over, meanwhile], name="warming", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def warm_up(over: Event, meanwhile: float) -> None:
    """All of it, the rest after `meanwhile` seconds unless it is `over` by then."""
    # Pandas, DuckDB and the catalogue are half a second more before the server could listen.
    import_pandas_alone()
    from dashboard.board.door import metrics, serving
    from dashboard.translations import DEFAULT_LANGUAGE, catalogue

    # A screen says what is at fault with a warehouse.
    with suppress(Fault):
        serving()
    catalogue(DEFAULT_LANGUAGE)
    metrics()
    import_module(_FIRST_SCREEN)
    # Another Streamlit may keep them elsewhere; then the first screen reads them.
    for name in (_EMOJIS, _PICTURES):
        with suppress(ImportError):
            import_module(name)
    _ask_for_prompt()
    if over.wait(meanwhile):
        return
    for part in _PARTS:
        for found in iter_modules([f"{dashboard.__path__[0]}/{part}"], f"dashboard.{part}."):
            if over.is_set():
                return
            import_module(found.name)
    _warm_report()
    # Twenty-five readers that choose at once are as many threads, of which one runs; with Python's own five
    # milliseconds they spend a fifth of the time on asking for their turn. Not earlier: longer turns hold up the
    # many small files of a first page.
    sys.setswitchinterval(_TURN_S)


def _ask_for_prompt() -> None:
    """Streamlit asks once whether it was started from a prompt; Python then looks up the file of every module."""
    with suppress(ImportError):
        from streamlit.delta_generator import _maybe_print_use_warning

        _maybe_print_use_warning()


def import_pandas_alone() -> None:
    """Pandas without Arrow, which it would load for columns that the board has none of: 33 MB and a tenth of a second.

    Where Arrow is there already (`steward demo` writes the sample with it) nothing is gained any more. Whoever needs it
    later loads it then; Streamlit does to search the data of a component for tables, unless that is a list: so every
    component is given its own in one.
    """
    if {"pandas", _ARROW} & sys.modules.keys():
        return
    # Python's own way of saying that a module cannot be had.
    sys.modules[_ARROW] = None  # type: ignore[assignment]
    try:
        import_module("pandas")
    finally:
        del sys.modules[_ARROW]


def _warm_report() -> None:
    """Last, for nobody comes to it first: its own parts, and the templates, which take a quarter of its first page to compile."""
    from dashboard.board.door import serving
    from dashboard.report import on_screen as on_screen
    from dashboard.report.sentences import Sentences

    with suppress(Fault):
        Sentences(Path(serving().root))
