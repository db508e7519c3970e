"""Serves the board: Streamlit's own server behind our middleware, with the settings of one file."""

import asyncio
import ctypes
import gc
import ipaddress
import logging
import os
import signal
import socket
import sys
import tomllib
from collections.abc import AsyncIterator, Iterator, Mapping
from concurrent.futures import Future
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from streamlit import config
from streamlit.web import bootstrap

from dashboard.board.authority import ALLOWED, CHANGES_VARIABLE
from dashboard.examination import obstacle
from dashboard.front_page import STATIC, front_page, page_routes, screen_names
from dashboard.middleware import HostGate, MeetingFirst, PackedStatic, SecurityHeaders
from dashboard.warming import warming
from pipelines.faults import Fault, NotOpened, PortTaken, ServerFailed, UnknownHost
from pipelines.upload_limits import MOST_BYTES
from pipelines.versions import Version
from pipelines.warehouse import Warehouse

OBJECTS_BETWEEN_COLLECTIONS = 20_000
# The numbers of two settings in glibc's malloc.h, and what the first is set to.
_M_TRIM_THRESHOLD, _KEPT_BYTES = -1, 128 * 1024
_M_ARENA_MAX = -8
ENTRY = Path(__file__).with_name("app.py")
# Installed, the settings lie beside the entry script; in a checkout they lie at the top, where
# `streamlit run` looks for them.
SETTINGS = (ENTRY.parent / ".streamlit/config.toml", ENTRY.parents[1] / ".streamlit/config.toml")
WAREHOUSE_VARIABLE = "STEWARD_WAREHOUSE"
# Names under which a reverse proxy or a name server gives this machine, separated by commas.
HOSTS_VARIABLE = "STEWARD_HOSTS"


@dataclass(frozen=True)
class Place:
    """Where the board listens; `opened` says that others than this machine may be let in."""

    host: str = "127.0.0.1"
    port: int = 8501
    opened: bool = False
    meeting: bool = False
    changes: bool = False

    @property
    def changeable(self) -> bool:
        """Whether readers may change the warehouse: it was said so, or nobody but this machine can come in.

        A proxy in front of a board that listens on this machine lets others in; it is known by the names it serves.
        """
        return self.changes or (is_loopback(self.host) and not os.environ.get(HOSTS_VARIABLE, "").strip())

    @property
    def address(self) -> str:
        """The address to type into a browser on this machine."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/" + (
            "?mode=meeting" if self.meeting else ""
        )

    @property
    def names(self) -> set[str]:
        """The host names under which requests are let in; numbers always are."""
        named = {name.strip() for name in os.environ.get(HOSTS_VARIABLE, "").split(",") if name.strip()}
        own = {socket.gethostname(), socket.getfqdn()} if self.opened else set()
        return {"localhost", self.host, *own, *named}


def serve(warehouse: Path, place: Place, examined: Future[Version]) -> None:
    """Serves the board of a warehouse until it is stopped (Ctrl+C).

    Raises NotOpened for another host than this machine without `opened`, UnknownHost and PortTaken for an
    address that cannot be had, a warehouse fault when there is nothing to serve: at once, or when a checksum that is
    `examined` meanwhile says so.
    """
    place = replace(place, port=free_port(place))
    if examined.done() and (fault := obstacle(examined)):
        raise fault
    os.environ[WAREHOUSE_VARIABLE] = str(warehouse.absolute())
    # Always set: what the surroundings say must not let anybody change a board that was started without it.
    os.environ[CHANGES_VARIABLE] = ALLOWED if place.changeable else ""
    share_heap()
    watch_no_settings()
    quieten()
    try:
        with suppress(KeyboardInterrupt):
            board(warehouse, place, examined).run(config=settings(place))
    except SystemExit as stop:
        # Streamlit's own codes mean other things than ours.
        if stop.code:
            raise ServerFailed(place.address) from stop
    if fault := obstacle(examined):
        raise fault
    print("看板已停止。")


def free_port(place: Place) -> int:
    """The port of `place`, or any free one for port 0, after trying it; faults as in `serve`."""
    if not place.opened and not is_loopback(place.host):
        raise NotOpened(place.host)
    try:
        family, _, _, _, target = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise UnknownHost(place.host) from error
    with socket.socket(family) as trial:
        if os.name != "nt":
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(target)
        except OSError as error:
            raise PortTaken(place.host, place.port) from error
        return int(trial.getsockname()[1])


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach `host`."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def board(warehouse: Path, place: Place, examined: Future[Version]) -> st.App:
    """The board as an ASGI application; it stops when what is `examined` cannot be served."""
    page = front_page()
    layers = [
        Middleware(HostGate, names=place.names),
        Middleware(SecurityHeaders, page=page),
        Middleware(PackedStatic, root=STATIC),
    ]
    if place.meeting:
        layers.append(Middleware(MeetingFirst))

    def healthz(_: Request) -> JSONResponse:
        return health(warehouse)

    @asynccontextmanager
    async def announced(_: st.App) -> AsyncIterator[None]:
        collect_seldom()
        look_up_once()
        watching = asyncio.create_task(stop_without_data(examined))
        with warming():
            print(f"红管家看板：{place.address}\n按 Ctrl+C 停止。", flush=True)
            yield
        watching.cancel()
        # What stays frozen at the end looks to DuckDB's binding like a leak, which it would report.
        gc.unfreeze()

    routes = [Route("/healthz", healthz), *page_routes(page, screen_names(ENTRY))]
    return st.App(ENTRY, middleware=layers, routes=routes, lifespan=announced)


async def stop_without_data(examined: Future[Version]) -> None:
    """Stops the server as Ctrl+C does when nothing can be served; who started it then says why."""
    if await asyncio.to_thread(obstacle, examined):
        signal.raise_signal(signal.SIGINT)
    elif fault := examined.exception():
        # A new board may start before its first upload; its screens say what to do.
        print(fault, file=sys.stderr)


def health(warehouse: Path) -> JSONResponse:
    """200 with the version that serves, 503 with the sentence of the fault when none can."""
    try:
        version = Warehouse(warehouse).current()
    except Fault as fault:
        return JSONResponse({"status": "fault", "message": str(fault)}, status_code=503)
    return JSONResponse({"status": "ok", "version": version.id})


def settings(place: Place) -> dict[str, Any]:
    """Streamlit's options by dotted name: those of the settings file, then those of this very server."""
    file = next(file for file in SETTINGS if file.is_file())
    options = dict(flat(tomllib.loads(file.read_text(encoding="utf-8"))))
    return options | {
        "server.address": place.host,
        "server.port": place.port,
        "server.headless": True,
        "server.allowedHosts": ["*"],  # HostGate asks every request, Streamlit would ask websockets alone
        # Streamlit takes files from any session, whether a screen offers it or not, and keeps them in memory.
        "server.maxUploadSize": MOST_BYTES // 1_000_000 if place.changeable else 1,
        "logger.hideWelcomeMessage": True,
    }


def flat(tables: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """The leaves of nested tables under dotted names: {'a': {'b': 1}} gives ('a.b', 1)."""
    for name, value in tables.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def share_heap() -> None:
    """Lets all threads share one heap and give back what is free at its end.

    glibc would keep a heap for each session's thread, and the more at its end the larger the tables that it once held:
    10 MB of a server that has shown every screen of a large district.
    """
    # Where the system's library knows no such settings, none is needed.
    with suppress(AttributeError, OSError, TypeError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_M_ARENA_MAX, 1)
        mallopt(_M_TRIM_THRESHOLD, _KEPT_BYTES)


def collect_seldom() -> None:
    """Spares the reruns the search for garbage among half a million objects that live as long as the server.

    What is loaded by now is never looked at again, and later ones less often: a rerun makes some ten thousand objects,
    so that Python's own threshold (700) would have it search a dozen times, each time holding up all readers. Until here
    `steward serve` has the search turned off.
    """
    gc.freeze()
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, 20, 20)
    gc.enable()


def look_up_once() -> None:
    """Spares the reruns the search for the colours among Streamlit's three hundred settings, which never change here.

    Six times a rerun, four milliseconds in all: a sixth of what a rerun costs Streamlit itself.
    """
    config.get_options_for_section = cache(config.get_options_for_section)


def watch_no_settings() -> None:
    """Keeps the settings with which the board was started, whatever a file in the working folder says later.

    Streamlit looks five times a second whether such a file has come or changed, 5 ms of CPU for as long as it serves.
    """
    bootstrap._install_config_watchers = lambda flag_options: None


def quieten() -> None:
    """Keeps uvicorn's greetings off the terminal; its warnings and errors stay."""
    logging.getLogger("uvicorn.error").addFilter(lambda record: record.levelno >= logging.WARNING)
