"""The page that every address answers with."""

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route

from dashboard.front_page import STATIC, front_page, page_routes, screen_names
from dashboard.server import ENTRY


def answered(path: str) -> bool:
    """Whether one of the page's routes takes a GET of `path`."""
    scope = {"type": "http", "method": "GET", "path": path, "root_path": "", "headers": []}
    routes: list[Route] = page_routes("page", screen_names(ENTRY))
    return any(route.matches(scope)[0] is Match.FULL for route in routes)


@pytest.mark.parametrize("path", ["/", "/units", "/map", "/page_with-words2"])
def test_screens_get_the_page(path: str) -> None:
    assert answered(path)


@pytest.mark.parametrize(
    "path",
    [
        "/healthz",
        "/favicon.png",
        "/manifest.json",
        "/oauth2callback",
        "/_stcore/health",
        "/static/js/index.js",
        "/media/a.csv",
        "/units/_stcore/health",
    ],
)
def test_everything_else_is_left_to_streamlit(path: str) -> None:
    assert not answered(path)


def test_a_name_of_no_screen_leads_to_the_first_one_and_keeps_the_choices() -> None:
    route = page_routes("page", screen_names(ENTRY))[1]

    def asked(name: str, query: bytes = b"") -> Response:
        scope = {"type": "http", "method": "GET", "path": f"/{name}", "query_string": query, "headers": []}
        found: Response = route.endpoint(Request(scope | {"path_params": {"name": name}}))
        return found

    assert asked("units").body == b"page"
    assert asked("district_map").headers["location"] == "/"
    assert asked("unit", b"period=2023Q3&area=Q1").headers["location"] == "/?period=2023Q3&area=Q1"


def test_the_page_is_streamlits_own_but_for_what_we_say_in_it() -> None:
    original = (STATIC / "index.html").read_text(encoding="utf-8")
    page = front_page()
    assert "BACKEND_BASE_URL" in page
    assert '<html lang="zh-CN">' in page
    assert page.count("<script") == original.count("<script") + 1
    assert page.split("</title>")[1] == original.split("</title>")[1]
