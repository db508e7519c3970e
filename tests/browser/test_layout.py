"""Nothing scrolls sideways, nothing is cut, every word can be read, on three screens, in light and in dark; and it is Chinese."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Served
from tests.browser.readiness import ready
from tests.browser.test_every_screen import SCREENS
from tests.browser.test_languages_shown import speaks_chinese_alone

SIZES = ((1920, 1080), (1366, 768), (390, 844))
# WCAG 2.2, success criterion 1.4.3: large letters may do with less.
CONTRAST, CONTRAST_LARGE = 4.5, 3.0
SETTLING_MS = 350

LOOK = """([enough, enoughLarge]) => {
  const found = [];
  const main = document.querySelector('[data-testid="stMain"]');
  for (const box of [document.documentElement, main])
    if (box.scrollWidth > box.clientWidth) found.push(`scrolls sideways by ${box.scrollWidth - box.clientWidth} px`);

  const parent = (node) => node.parentElement;
  const parsed = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
  const channels = (colour) => colour.startsWith('color(') ? parsed(colour).slice(0, 3).map((part) => part * 255)
    : parsed(colour).slice(0, 3);
  const alpha = (colour) => parsed(colour)[3] ?? 1;
  const over = (front, back, share) => front.map((part, n) => part * share + back[n] * (1 - share));
  const luminance = (colour) => {
    const [r, g, b] = colour.map((part) => part / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (node) => {
    const layers = [];
    for (let one = node; one; one = parent(one)) {
      const colour = getComputedStyle(one).backgroundColor;
      if (alpha(colour) > 0) layers.push(colour);
      if (alpha(colour) === 1) break;
    }
    return layers.reverse().reduce((back, colour) => over(channels(colour), back, alpha(colour)), [255, 255, 255]);
  };
  const may = (node) => {   // whether somebody may scroll, or the style says that the rest is left out on purpose
    for (let one = node; one && one !== main; one = parent(one)) {
      const style = getComputedStyle(one);
      if (['auto', 'scroll'].includes(style.overflowX) || style.webkitLineClamp !== 'none') return true;
    }
    return false;
  };

  for (const node of main.querySelectorAll('.rs *, .rs, label p, button p')) {
    const words = [...node.childNodes].filter((one) => one.nodeType === 3).map((one) => one.data).join('').trim();
    const style = getComputedStyle(node);
    if (!words || style.visibility === 'hidden' || parseFloat(style.fontSize) === 0 || !node.getClientRects().length) continue;
    const name = `"${words.slice(0, 30)}" (${node.className || node.tagName})`;

    const range = document.createRange();
    range.selectNodeContents(node);
    const drawn = range.getBoundingClientRect();
    if (!may(node)) {
      if (drawn.left < -1 || drawn.right > innerWidth + 1) found.push(`${name} leaves the window`);
      for (let one = node; one && one !== main; one = parent(one)) {
        const edge = one.getBoundingClientRect();
        if (['hidden', 'clip'].includes(getComputedStyle(one).overflowX)
            && (drawn.left < edge.left - 1.5 || drawn.right > edge.right + 1.5)) {
          found.push(`${name} is cut by ${one.className || one.dataset.testid}`);
          break;
        }
      }
    }

    const back = behind(node);
    const front = over(channels(style.color), back, alpha(style.color));
    const [light, dark] = [luminance(front), luminance(back)].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    if (ratio < (large ? enoughLarge : enough)) found.push(`${name} has a contrast of ${ratio.toFixed(2)}`);
    if (size < 12) found.push(`${name} is ${size} px small`);
  }
  return [...new Set(found)];
}"""


GROUND = "() => getComputedStyle(document.querySelector('[data-testid=\"stApp\"]')).backgroundColor"


@pytest.mark.parametrize("screen", SCREENS)
def test_everything_fits_and_can_be_read_in_chinese(screen: str, page: Page, served: Served) -> None:
    """Opened in the dark; then the reader's machine turns to light, and the window is large again."""
    complaints, grounds = [], []
    page.emulate_media(color_scheme="dark")
    page.goto(served.url(SCREENS[screen]))
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        ready(page)
        grounds.append(page.evaluate(GROUND))
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(SETTLING_MS)
            found = page.evaluate(LOOK, [CONTRAST, CONTRAST_LARGE])
            complaints += [f"{scheme} {width}×{height}: {one}" for one in found]
        page.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})
    assert complaints == []
    speaks_chinese_alone(ready(page), screen)
    assert grounds == ["rgb(23, 21, 18)", "rgb(252, 250, 246)"]


def test_the_look_finds_what_is_wrong(page: Page, served: Served) -> None:
    page.goto(served.url("/safety"))
    ready(page)
    page.add_style_tag(
        content=".rs h1{white-space:nowrap!important;width:9000px!important;-webkit-line-clamp:none!important}"
    )
    page.add_style_tag(content=".rs .name{color:#ccc!important;font-size:9px!important}")
    page.add_style_tag(content=".rs .num{width:10px!important;overflow:hidden!important}")
    found = " ".join(page.evaluate(LOOK, [CONTRAST, CONTRAST_LARGE]))
    for fault in ("scrolls sideways", "has a contrast of", "9 px small", "is cut by"):
        assert fault in found
