"""Who is let in, what the browser is told, how the files travel: asked as a server would ask, without a network."""

import asyncio
import base64
import gzip
import hashlib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.front_page import STATIC, front_page
from dashboard.middleware import HostGate, MeetingFirst, PackedStatic, SecurityHeaders, inline_scripts, packed


@dataclass
class Answer:
    """What came back: the messages as they were, the headers of the first, the body of the others."""

    messages: list[Message]

    @property
    def status(self) -> int:
        return int(self.messages[0]["status"])

    @property
    def headers(self) -> Headers:
        return Headers(raw=self.messages[0]["headers"])

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.messages[1:])


def ask(
    app: ASGIApp,
    path: str = "/",
    query: str = "",
    headers: Iterable[tuple[str, str]] = (),
    kind: str = "http",
    method: str = "GET",
) -> Answer:
    """The answer of `app` to one request."""
    scope: Scope = {
        "type": kind,
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "scheme": "http",
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in headers],
    }
    messages: list[Message] = []

    async def receive() -> Message:
        return {"type": f"{kind}.{'connect' if kind == 'websocket' else 'request'}"}

    async def send(message: Message) -> None:
        messages.append(message)

    # In a thread of its own: where browser tests ran before in this process, this one has a running loop.
    with ThreadPoolExecutor(1) as threads:
        threads.submit(lambda: asyncio.run(app(scope, receive, send))).result()
    return Answer(messages)


async def plain(scope: Scope, receive: Receive, send: Send) -> None:
    """An application behind the layers: tells that it was reached."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
    else:
        await PlainTextResponse("reached " * 100)(scope, receive, send)


@pytest.mark.parametrize(
    "host",
    [
        "localhost:8501",
        "LOCALHOST",
        "localhost.",
        "board.example:80",
        "127.0.0.1:8501",
        "10.1.2.3",
        "[::1]:8501",
        "[2001:db8::7]",
    ],
)
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_our_names_and_every_number_are_let_in(host: str, kind: str) -> None:
    gate = HostGate(plain, names={"localhost", "board.example"})
    first = ask(gate, headers=[("host", host)], kind=kind).messages[0]
    assert first["type"] in ("http.response.start", "websocket.accept")
    assert first.get("status", 200) == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example:8501",
        "",
        "board.example:80; script-src *",
        "[fe80::1%; script-src *]",
    ],
)
def test_foreign_names_are_turned_away(host: str) -> None:
    gate = HostGate(plain, names={"localhost", "board.example"})
    refused = ask(gate, headers=[("host", host)])
    assert refused.status == 421
    assert "主机名" in refused.body.decode()
    closed = ask(gate, headers=[("host", host)], kind="websocket")
    assert [message["type"] for message in closed.messages] == ["websocket.close"]


def test_the_policy_allows_nothing_from_elsewhere() -> None:
    answer = ask(SecurityHeaders(plain, front_page()), headers=[("host", "127.0.0.1:8501")])
    policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert policy["connect-src"] == "'self' ws://127.0.0.1:8501 wss://127.0.0.1:8501 data: blob:"
    assert "'unsafe-inline'" not in policy["script-src"]
    assert "'unsafe-eval'" not in policy["script-src"]
    for sources in policy.values():
        assert "*" not in sources
        assert "https:" not in sources
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_hashes_are_those_of_the_inline_scripts_of_the_installed_page() -> None:
    script = "\n  window.one = 1\n"
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    page = f'<script src="a.js"></script><script>{script}</script><script type="module" src="b.js"></script>'
    assert inline_scripts(page) == [f"'sha256-{digest}'"]
    assert len(inline_scripts(front_page())) == 2


def test_static_files_travel_packed_and_unpack_to_themselves() -> None:
    app = PackedStatic(plain, STATIC)
    scripts = [path for path in app.files if path.endswith(".js")]
    assert len(scripts) > 100
    path = scripts[0]
    answer = ask(app, path, headers=[("accept-encoding", "gzip, br")])
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    assert gzip.decompress(answer.body) == app.files[path].read_bytes()
    assert packed(app.files[path]) is packed(app.files[path])


@pytest.mark.parametrize(
    ("path", "headers", "method"),
    [
        ("js", [], "GET"),
        ("js", [("accept-encoding", "gzip"), ("range", "bytes=0-1")], "GET"),
        ("js", [("accept-encoding", "gzip")], "HEAD"),
        ("/static/../index.html", [("accept-encoding", "gzip")], "GET"),
        ("/_stcore/health", [("accept-encoding", "gzip")], "GET"),
    ],
)
def test_what_it_does_not_pack_is_passed_on(path: str, headers: list[tuple[str, str]], method: str) -> None:
    app = PackedStatic(plain, STATIC)
    path = next(name for name in app.files if name.endswith(".js")) if path == "js" else path
    answer = ask(app, path, headers=headers, method=method)
    assert "content-encoding" not in answer.headers
    assert answer.body.startswith(b"reached")


def test_the_page_itself_is_packed() -> None:
    answer = ask(PackedStatic(plain, STATIC), "/", headers=[("accept-encoding", "gzip")])
    assert answer.headers["content-encoding"] == "gzip"


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [("/", "", 307), ("/", "mode=page", 200), ("/units", "", 200)],
)
def test_the_bare_address_opens_in_meeting_mode(path: str, query: str, status: int) -> None:
    answer = ask(MeetingFirst(plain), path, query)
    assert answer.status == status
    if status == 307:
        assert answer.headers["location"] == "/?mode=meeting"
