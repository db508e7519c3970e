"""Warehouses that several screen tests share: the small sample, parts of it, hostile names, other settings."""

import csv
import shutil
from collections.abc import Callable, Iterator
from functools import cache, partial
from io import StringIO
from pathlib import Path

import hard_districts
import pytest
from boards import built, copied, with_hostile_names
from hostile_names import HOSTILE_NAMES
from ranking_checks import running, with_settings
from streamlit.components.v2 import manifest_scanner

from pipelines.sample import write_small


@pytest.fixture(scope="session", autouse=True)
def packages_seen_once() -> Iterator[None]:
    """Nothing is installed meanwhile: a server looks through all packages for components once, AppTest for each screen."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests)
        )
        yield


@pytest.fixture(scope="session")
def small_inbox(made_once: Callable[..., Path]) -> Path:
    """The exports of the small sample; only to be read."""
    return made_once("screen-inbox", write_small)


@pytest.fixture(scope="session")
def small_board(made_once: Callable[..., Path], small_inbox: Path) -> Path:
    """A warehouse of the small sample."""
    return made_once("screen-small", lambda folder: built(small_inbox, folder))


@pytest.fixture(scope="session")
def few_board(made_once: Callable[..., Path], small_inbox: Path) -> Path:
    """A warehouse of areas and tasks alone."""
    few = made_once(
        "screen-few-inbox", lambda folder: copied(small_inbox, folder, ("区划", "任务", "district"))
    )
    return made_once("screen-few", lambda folder: built(few, folder))


@pytest.fixture(scope="session")
def hostile_board(made_once: Callable[..., Path], small_inbox: Path) -> Path:
    """The small sample with hostile names of areas, units and tasks, and hostile categories of wishes."""
    inbox = made_once("screen-hostile-inbox", lambda folder: _hostile(small_inbox, folder))
    return made_once("screen-hostile", lambda folder: built(inbox, folder))


@pytest.fixture(scope="session")
def relieved_board(made_once: Callable[..., Path], small_inbox: Path) -> Path:
    """The small sample in burden relief."""
    inbox = made_once("screen-relieved-inbox", lambda folder: _relieved(small_inbox, folder))
    return made_once("screen-relieved", lambda folder: built(inbox, folder))


@pytest.fixture(scope="session")
def running_board(made_once: Callable[..., Path], small_inbox: Path) -> Path:
    """The small sample as it stood on 31 August."""
    return made_once("screen-running", lambda folder: running(small_inbox, folder))


@pytest.fixture(scope="session")
def praising_board(made_once: Callable[..., Path], small_inbox: Path) -> Path:
    """The small sample in a district that does not show last places."""
    inbox = made_once("praise_only-inbox", partial(hard_districts.praise_only, small_inbox))
    return made_once("praise_only-board", lambda folder: built(inbox, folder))


@pytest.fixture(scope="session")
def named_board(made_once: Callable[..., Path], small_inbox: Path) -> Path:
    """The small sample in a district that shows whole names."""
    whole = ("[points]", "[privacy]\nmask_names = false\n\n[points]")
    return made_once("screen-named", lambda folder: with_settings(small_inbox, folder, whole))


@pytest.fixture(scope="session")
def other_rules_board(made_once: Callable[..., Path], small_inbox: Path) -> Path:
    """The small sample under other rules: whole points of communities, another range of points, no small groups."""
    changes = [
        ('communities = "per_steward"', 'communities = "total"'),
        ("assigned = [5, 20]", "assigned = [6, 19]"),
        ("[points]", "[privacy]\nminimum_group = 100000\n\n[points]"),
    ]
    return made_once("screen-other-rules", lambda folder: with_settings(small_inbox, folder, *changes))


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """`serve(root)`: the board shows that warehouse."""
    return lambda root: monkeypatch.setenv("STEWARD_WAREHOUSE", str(root))


def _hostile(inbox: Path, folder: Path) -> None:
    with_hostile_names(inbox, folder)
    for path in folder.glob("微心愿*.csv"):
        rows = list(csv.reader(StringIO(path.read_bytes().decode("utf-8-sig"))))
        header = next(n for n, row in enumerate(rows) if "类别" in row)
        column = rows[header].index("类别")
        for n, row in enumerate(rows[header + 1 :]):
            if len(row) == len(rows[header]):
                row[column] = HOSTILE_NAMES[n % len(HOSTILE_NAMES)][:60]
        out = StringIO()
        csv.writer(out).writerows(rows)
        path.write_bytes(out.getvalue().encode())


def _relieved(inbox: Path, folder: Path) -> None:
    copied(inbox, folder)
    settings = folder / "district.toml"
    settings.write_text("burden_relief = true\n" + settings.read_text("utf-8"), "utf-8")


@pytest.fixture
def small_board_copy(small_board: Path, tmp_path: Path) -> Path:
    """A warehouse of the small sample that a test may change."""
    return Path(shutil.copytree(small_board, tmp_path / "warehouse"))
