"""When a sheet is complete: told by what stands on it, not by a waiting time."""

from playwright.sync_api import Page

LONGEST_MS = 60_000

# The script has ended, its last words stand, nothing is stale; as many charts and maps have drawn as the mark there says.
_COMPLETE = """() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  return Boolean(document.querySelector(
      '[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]'))
    && all('.rs .sheet-end').length > 0
    && all('[data-testid="stSkeleton"], [data-testid="stAppSkeleton"], [data-stale="true"]').length === 0
    && all('.js-plotly-plot:has(.main-svg), .map svg.mapsvg').length === Number(all('.rs .sheet-end').at(-1).dataset.scripted)
    && all('[data-testid="stMain"] img').every((image) => image.complete);
}"""
# The fonts and pictures are ready to be painted, and two frames later the sheet still has the same size.
_STILL = """async () => {
  const size = () => {
    const box = document.querySelector('.stMainBlockContainer').getBoundingClientRect();
    return `${box.width} ${box.height}`;
  };
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  await document.fonts.ready;
  await Promise.all([...document.querySelectorAll('[data-testid="stMain"] img')].map((image) => image.decode()));
  const before = size();
  await frame();
  await frame();
  return size() === before;
}"""


def wait_until_drawn(page: Page) -> None:
    """Waits until the sheet is complete; playwright's TimeoutError after a minute."""
    still = False
    while not (still and page.evaluate(_COMPLETE)):
        page.wait_for_function(_COMPLETE, timeout=LONGEST_MS)
        still = bool(page.evaluate(_STILL))
