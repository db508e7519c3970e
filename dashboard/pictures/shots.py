"""Takes pictures of screens: each a PNG of a whole sheet in page mode, or of one block of it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qsl, urlencode, urlsplit

from playwright.sync_api import Browser, Error, Page

from dashboard.pictures.chromium import chromium
from dashboard.pictures.drawn import wait_until_drawn
from dashboard.pictures.own_board import own_board
from pipelines.faults import PicturesFailed

SHEET = ".stMainBlockContainer"
WIDTH, HEIGHT = 1600, 1200
# Sheets that are opened while one is being painted: the server computes the next ones meanwhile.
_AHEAD = 3


@dataclass(frozen=True)
class Shot:
    """One picture: `name` without ending, `path` of the screen with its choices (`/map?metric=closing_rate&level=community`).

    `block` is a CSS selector that cuts one titled block or the map (`.rs.map`) out of the sheet; empty for the whole.
    """

    name: str
    path: str
    block: str = ""

    def address(self, board: str) -> str:
        """The full address in page mode."""
        parts = urlsplit(self.path)
        choices = {**dict(parse_qsl(parts.query)), "mode": "page"}
        return f"{board}/{parts.path.lstrip('/')}?{urlencode(choices)}"


def take(
    warehouse: Path,
    wanted: Sequence[Shot],
    out: Path,
    scale: int = 1,
    taken: Callable[[Path], None] = lambda _: None,
) -> list[Path]:
    """Writes the pictures as `out`/name.png and gives their paths, in the order asked for.

    All or none: they are gathered in a folder aside and moved when the last one is there. `scale` is the number of
    pixels for one of the page (2: twice as sharp). `taken` hears of every picture as soon as it is painted. Two runs
    over one version give equal pixels. Raises NoBrowserFault without Chromium, PicturesFailed when a screen or a
    block does not appear, OSError when `out` cannot be written.
    """
    with chromium() as browser, _beside(out) as aside:
        with own_board(warehouse) as board:
            _paint_all(browser, board, wanted, aside, scale, lambda shot: taken(out / f"{shot.name}.png"))
        return [(aside / f"{shot.name}.png").replace(out / f"{shot.name}.png") for shot in wanted]


@contextmanager
def _beside(out: Path) -> Iterator[Path]:
    """A folder for what is not finished, on the same disk as `out`."""
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".unfinished-", dir=out) as aside:
        yield Path(aside)


def _paint_all(
    browser: Browser,
    board: str,
    wanted: Sequence[Shot],
    folder: Path,
    scale: int,
    painted: Callable[[Shot], None],
) -> None:
    context = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT},
        device_scale_factor=scale,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        color_scheme="light",
        reduced_motion="reduce",
    )
    opened: dict[int, Page] = {}
    for number, shot in enumerate(wanted):
        for ahead in range(number, min(number + _AHEAD, len(wanted))):
            if ahead not in opened:
                opened[ahead] = context.new_page()
                opened[ahead].goto(wanted[ahead].address(board), wait_until="commit")
        page = opened[number]
        try:
            _paint(page, shot, folder / f"{shot.name}.png")
        except Error as error:
            raise PicturesFailed(f"画面 {shot.path} 没有画出来（{error.message.splitlines()[0]}）") from error
        page.close()
        painted(shot)


def _paint(page: Page, shot: Shot, file: Path) -> None:
    page.bring_to_front()
    wait_until_drawn(page)
    if page.locator('[data-testid="stException"]').count():
        raise Error("the screen shows an exception")
    cut = page.locator(shot.block or SHEET).first
    cut.screenshot(path=file, animations="disabled", caret="hide", scale="device")
