"""What stands between the network and Streamlit: who may ask, what an answer may do, how it travels.

Three layers, outermost first, each plain ASGI so that it sees pages, static files and the websocket alike:
`HostGate` turns away names that are not ours, `SecurityHeaders` tells the browser never to leave this server,
`PackedStatic` sends Streamlit's own files compressed.
"""

import base64
import gzip
import hashlib
import ipaddress
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PACKED_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".json": "application/json",
}
# Level 3 packs Streamlit's scripts a tenth larger than level 6 in less than half the time, for which the first reader waits.
PACKING = 3
A_YEAR = 31_536_000


class HostGate:
    """Lets in requests addressed to an IP number or to one of `names`.

    A page of another site can point a name of its own at this machine and then read our answers as its own
    (DNS rebinding). Such a request carries that name; a number cannot be rebound.
    """

    def __init__(self, app: ASGIApp, names: Iterable[str]) -> None:
        self.app = app
        self.names = frozenset(name.lower().rstrip(".") for name in names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on what is addressed to us; anything else gets 421 or a closed websocket."""
        if scope["type"] == "lifespan" or self.knows(Headers(scope=scope).get("host", "")):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            refusal = PlainTextResponse("看板不以这个主机名提供服务；请使用启动时显示的地址。", 421)
            await refusal(scope, receive, send)

    def knows(self, host: str) -> bool:
        """Whether the Host header `host` (name or number, with or without port) is one of ours."""
        name = re.sub(r":\d{1,5}$", "", host).lower().rstrip(".")
        return name in self.names or is_number(name.removeprefix("[").removesuffix("]"))


def is_number(name: str) -> bool:
    """Whether `name` is an IP number; one with a zone (fe80::1%eth0) is not, since a zone is free text."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return "%" not in name


class SecurityHeaders:
    """Adds the headers under which a browser neither leaves this server nor lets others frame it."""

    def __init__(self, app: ASGIApp, page: str) -> None:
        self.app = app
        self.scripts = " ".join(inline_scripts(page))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on and completes the headers of its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        host = Headers(scope=scope).get("host", "")

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = self.policy(host)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["X-Frame-Options"] = "SAMEORIGIN"
                headers["Referrer-Policy"] = "same-origin"
                headers["Cross-Origin-Opener-Policy"] = "same-origin"
                headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
            await send(message)

        await self.app(scope, receive, send_with_headers)

    def policy(self, host: str) -> str:
        """The Content-Security-Policy for a page served as `host`.

        Nothing may load from elsewhere. Streamlit needs inline styles, WebAssembly (its data grid) and workers
        from blobs; the websocket is named with its host because older browsers do not count it as 'self'.
        """
        return "; ".join(
            (
                "default-src 'self'",
                "img-src 'self' data: blob:",
                "style-src 'self' 'unsafe-inline'",
                f"script-src 'self' {self.scripts} 'wasm-unsafe-eval' blob:",
                "worker-src 'self' blob:",
                f"connect-src 'self' ws://{host} wss://{host} data: blob:",
                "font-src 'self' data:",
                "frame-ancestors 'self'",
                "object-src 'none'",
                "base-uri 'self'",
                "form-action 'self'",
            )
        )


def inline_scripts(page: str) -> list[str]:
    """A CSP source ('sha256-…') for each inline script of `page`; a new Streamlit brings new ones by itself."""
    bodies = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", page, flags=re.DOTALL)
    digests = (hashlib.sha256(body.encode()).digest() for body in bodies)
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


class PackedStatic:
    """Sends Streamlit's scripts and styles gzipped, each packed once and kept.

    Streamlit sends them as they are (13 MB for a first visit) because packing at every request costs more than
    it saves. Their names carry a hash of their content, so a packed copy stays right as long as the process lives.
    """

    def __init__(self, app: ASGIApp, root: Path) -> None:
        self.app = app
        self.packed_page = GZipMiddleware(app, minimum_size=500, compresslevel=PACKING)
        self.files = {
            f"/{path.relative_to(root).as_posix()}": path
            for path in (root / "static").rglob("*")
            if path.suffix in PACKED_TYPES
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers for the files it knows, packs the page at /, passes everything else on."""
        if scope["type"] != "http" or scope["method"] != "GET" or not accepts_gzip(scope):
            await self.app(scope, receive, send)
            return
        path = self.files.get(scope["path"])
        if path is None:
            await (self.packed_page if scope["path"] == "/" else self.app)(scope, receive, send)
            return
        answer = Response(
            await run_in_threadpool(packed, path),
            media_type=PACKED_TYPES[path.suffix],
            headers={
                "Content-Encoding": "gzip",
                "Cache-Control": f"public, immutable, max-age={A_YEAR}",
                "Vary": "Accept-Encoding",
            },
        )
        await answer(scope, receive, send)


def accepts_gzip(scope: Scope) -> bool:
    """Whether the browser takes gzip and wants the whole file."""
    headers = Headers(scope=scope)
    return "gzip" in headers.get("accept-encoding", "") and "range" not in headers


@cache
def packed(path: Path) -> bytes:
    """The gzipped bytes of a file, without the time of packing: equal files give equal bytes."""
    return gzip.compress(path.read_bytes(), compresslevel=PACKING, mtime=0)


class MeetingFirst:
    """Opens the bare address in meeting mode, for the machine at the projector."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Redirects / without a query; a link that says what it wants is left alone."""
        if scope["type"] == "http" and scope["path"] == "/" and not scope["query_string"]:
            await RedirectResponse("/?mode=meeting")(scope, receive, send)
        else:
            await self.app(scope, receive, send)
