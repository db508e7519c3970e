"""How the board arrives in a browser: packed, guarded, alive."""

import json
from urllib.request import Request, urlopen

from playwright.sync_api import Browser, Page, WebSocket

from tests.browser.conftest import Served
from tests.browser.readiness import ready

# The beginning of the stylesheet, which no choice changes.
_STYLESHEET = b"<style>.stApp{"


def test_health_names_the_version_that_serves(served: Served) -> None:
    with urlopen(served.url("/healthz")) as answer:
        health = json.load(answer)
    assert health["status"] == "ok"
    assert health["version"]


def test_a_first_visit_is_packed_and_guarded(first_visit: Page, served: Served) -> None:
    packed: dict[str, str | None] = {}
    first_visit.on(
        "response", lambda answer: packed.update({answer.url: answer.header_value("content-encoding")})
    )
    answer = first_visit.goto(served.url())
    assert answer is not None
    policy = answer.header_value("content-security-policy") or ""
    assert "default-src 'self'" in policy
    assert "sha256-" in policy
    ready(first_visit)
    scripts = {url: encoding for url, encoding in packed.items() if url.endswith((".js", ".css"))}
    assert len(scripts) > 20
    assert set(scripts.values()) == {"gzip"}


def test_a_page_of_another_name_gets_nothing(served: Served) -> None:
    port = served.address.rsplit(":", 1)[1]
    request = Request(served.url("/healthz"), headers={"Host": f"evil.example:{port}"})
    try:
        with urlopen(request) as answer:
            status = answer.status
    except OSError as refusal:
        status = getattr(refusal, "code", None)
    assert status == 421


def test_no_other_page_gives_the_board_orders(served: Served) -> None:
    with urlopen(served.url("/_stcore/host-config")) as answer:
        assert json.load(answer)["allowedOrigins"] == []


def test_the_policy_stops_a_picture_from_elsewhere(browser: Browser, served: Served) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(served.url())
        ready(page)
        blocked = page.evaluate(
            """() => new Promise((resolve) => {
                document.addEventListener('securitypolicyviolation', (event) => resolve(event.blockedURI));
                new Image().src = 'http://elsewhere.invalid/pixel.png';
                setTimeout(() => resolve(null), 5000);
            })"""
        )
    assert blocked == "http://elsewhere.invalid/pixel.png"


def test_a_choice_sends_its_screen_and_nothing_around_it(first_visit: Page, served: Served) -> None:
    sent: list[bytes] = []

    def listen(wire: WebSocket) -> None:
        wire.on(
            "framereceived", lambda frame: sent.append(frame if isinstance(frame, bytes) else frame.encode())
        )

    first_visit.on("websocket", listen)
    first_visit.goto(served.url("/definitions"))
    ready(first_visit)
    assert any(_STYLESHEET in frame for frame in sent)
    sent.clear()
    first_visit.get_by_role("combobox").first.click()
    first_visit.get_by_role("option").nth(1).click()
    ready(first_visit)
    assert any("指标口径".encode() in frame for frame in sent)
    # Neither the stylesheet nor the navigation, which lists the addresses of all screens.
    assert not any(_STYLESHEET in frame or b"what-if" in frame for frame in sent)
