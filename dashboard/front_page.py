"""The page that every address of the board answers with: Streamlit's own, told where its server is."""

import re
from pathlib import Path

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from streamlit import file_util

STATIC = Path(file_util.get_static_dir())

# Opened at /units, Streamlit's script asks /units for its server first and / only after a 404, at every visit.
SERVER_IS_HERE = "<script>window.__streamlit = {BACKEND_BASE_URL: location.origin + '/'}</script>"

REPLACEMENTS = {
    '<html lang="en">': '<html lang="zh-CN">',
    "<title>Streamlit</title>": "<title>红管家看板</title>",
    "<head>": f"<head>{SERVER_IS_HERE}",
}


class ScreenName(Convertor[str]):
    """One word of a path: /units, but no file, no health check, nothing that Streamlit answers itself."""

    regex = r"(?!healthz$|oauth2callback$)[A-Za-z][\w-]*"

    def convert(self, value: str) -> str:
        """The word itself."""
        return value

    def to_string(self, value: str) -> str:
        """The word itself."""
        return value


register_url_convertor("screen", ScreenName())


def front_page() -> str:
    """The HTML of Streamlit's page, in Chinese and with the address of its server.

    Raises ValueError when the installed Streamlit writes its page differently.
    """
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    for old, new in REPLACEMENTS.items():
        if page.count(old) != 1:
            raise ValueError(f"Streamlit's page no longer holds {old} exactly once")
        page = page.replace(old, new)
    return page


def screen_names(entry: Path) -> frozenset[str]:
    """The names under which the entry script opens its screens, from its text: pages exist only within a session."""
    return frozenset(re.findall(r'url_path="([\w-]+)"', entry.read_text(encoding="utf-8")))


def page_routes(page: str, screens: frozenset[str]) -> list[Route]:
    """Routes that answer / and every screen with `page`, never kept by the browser without asking.

    A name of no screen leads to the first one: Streamlit would say so in English, over that very screen.
    """

    def answer(request: Request) -> Response:
        if request.path_params.get("name", "") not in {"", *screens}:
            return RedirectResponse(f"/?{request.url.query}".rstrip("?"))
        return HTMLResponse(page, headers={"Cache-Control": "no-cache"})

    return [Route("/", answer), Route("/{name:screen}", answer)]
