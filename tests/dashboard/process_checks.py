"""What the tests of single screens check alike, and figures as the command gives them."""

import re
from pathlib import Path

import pandas as pd
from boards import APP, bodies, words
from streamlit.testing.v1 import AppTest
from test_components import ALLOWED
from test_markup import read

from pipelines.measure import Question, measure
from pipelines.warehouse import Warehouse

_OWN_LINK = re.compile(r"\./[\w-]*(\?[\w=&%.+-]*)?", re.ASCII)


def opened(screen: str, query: dict[str, str] | None = None) -> AppTest:
    """A screen with the choices of its address, whatever the overview made of them on the way."""
    at = AppTest.from_file(APP, default_timeout=60).run()
    for name, value in (query or {}).items():
        at.query_params[name] = value
    return at.switch_page(f"screens/{screen}.py").run()


def answer(root: Path, metric: str, grain: str = "all", **limits: str) -> pd.DataFrame:
    """What `steward measure` gives."""
    with Warehouse(root).open() as con:
        return measure(con, Question(metric, grain, **limits))


def fraction(frame: pd.DataFrame) -> str:
    """25 / 37, of the only row."""
    (row,) = frame.to_dict("records")
    return f"{row['numerator']:,.0f} / {row['denominator']:,.0f}"


def says_something(at: AppTest) -> str:
    """The words of a screen that is whole: Chinese, with a footnote, without a programmer's words."""
    assert not at.exception
    said = words(at)
    assert len(said) > 200
    assert "数据截至 2023-09-30" in said
    assert len(at.markdown) == 0
    assert "None" not in said
    assert not re.search(r"\bnan\b|<NA>|NaT", said)
    labels = [one.label for kind in ("selectbox", "button_group", "button", "text_area", "text_input") for one in at.get(kind)]  # fmt: skip
    labels = [
        label for label in labels if label != "English"
    ]  # the language switch speaks the other language
    assert all(re.search(r"[\u4e00-\u9fff]", label) for label in labels), labels
    return said


def stays_text(screen: str, query: dict[str, str] | None = None) -> None:
    """Names from data become neither tags nor links."""
    at = opened(screen, query)
    assert not at.exception
    assert len(at.markdown) == 0
    for body in bodies(at):
        only_our_tags(body, "br")


def only_our_tags(body: str, *more: str) -> None:
    """HTML of ours: tags that we draw with, pictures inside the page, links to our own screens."""
    parsed = read(body)
    assert set(parsed.tags) <= ALLOWED | {"nav", "a", *more}
    for one in parsed.attributes:
        assert (one.get("src") or "data:").startswith("data:")
        assert _OWN_LINK.fullmatch(one.get("href") or "./")
