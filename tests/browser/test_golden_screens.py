"""The figures that the programme published, read off the rendered screens of the sample district at full size.

`tests/golden/screens.csv`: row of the programme, screen, what it is, address (several: their figures are added up), a
pattern of the words on the screen with the figure in brackets, and what is expected (as in `figures.csv`). The two
READMEs name the screens of each row; `test_docs` compares them.
"""

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import Desk, Served, running
from tests.browser.readiness import ready
from tests.golden.test_golden_figures import PROGRAMME, meets

pytestmark = pytest.mark.xdist_group("sample at full size")
SCREENS = Path(__file__).parents[1] / "golden" / "screens.csv"


def rows() -> list[dict[str, str]]:
    with SCREENS.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def full_board(full_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The board over the sample district at full size."""
    with running(full_warehouse, tmp_path_factory.mktemp("full-board")) as served:
        yield served


@pytest.fixture(scope="module")
def read(desk: Desk, full_board: Served) -> Callable[[str], str]:
    """`read(address)`: the words of a screen as a reader sees them; each screen is opened once."""
    known: dict[str, str] = {}

    def words(address: str) -> str:
        if address not in known:
            page = desk.sit_down()
            page.goto(full_board.url(address))
            said = ready(page).locator('[data-testid="stMain"]').inner_text()
            desk.leave(full_board)
            known[address] = re.sub(r"\s+", " ", said)
        return known[address]

    return words


def number(text: str) -> float:
    """21,536, 98.9 or 2.04 万."""
    scale = 10_000 if "万" in text else 1
    return float(text.replace(",", "").replace("万", "").strip()) * scale


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{row['id']} {row['figure']}") for row in rows()])
def test_figure_on_the_screen(read: Callable[[str], str], row: dict[str, str]) -> None:
    found = []
    for address in row["address"].split():
        shown = re.search(row["pattern"], read(address))
        assert shown, f"{row['pattern']} is not in: {read(address)[:1500]}"
        found.append(number(shown[1]))
    assert meets(sum(found), row["expected"]), f"{found} is not {row['expected']}"


def test_every_row_of_the_programme_is_on_a_screen() -> None:
    assert sorted({row["id"] for row in rows()}, key=PROGRAMME.index) == PROGRAMME
