"""When a screen has finished drawing itself, and what it must not show then."""

from playwright.sync_api import Page

APP = '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'

# Streamlit lays out a chart before plotly, deck.gl or the map has drawn into it.
DRAWN = """() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  return all('[data-testid="stSkeleton"], [data-stale="true"]').length === 0
    && all('[data-testid="stPlotlyChart"]').every((chart) => chart.querySelector('.main-svg'))
    && all('[data-testid="stDeckGlJsonChart"]').every((chart) => chart.querySelector('canvas'))
    && all('.map .stage').every((map) => map.querySelector('svg'))
    && all('[data-testid="stMain"] img').every((image) => image.complete);
}"""

FIRST_PAINT_MS = 60_000
SETTLING_MS = 400


def ready(page: Page) -> Page:
    """Waits until the screen is complete; fails when it shows an exception."""
    page.wait_for_selector(APP, timeout=FIRST_PAINT_MS)
    page.wait_for_function(DRAWN, timeout=FIRST_PAINT_MS)
    page.wait_for_timeout(SETTLING_MS)
    # A rerun may have begun in between (a selection that writes itself into the address).
    page.wait_for_selector(APP, timeout=FIRST_PAINT_MS)
    page.wait_for_function(DRAWN, timeout=FIRST_PAINT_MS)
    shown = page.locator('[data-testid="stException"]').all_inner_texts()
    assert shown == [], f"{page.url} shows an exception"
    return page
