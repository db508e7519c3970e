"""Uploads in a real browser on a warehouse of their own: what is good is published, what is bad changes nothing."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import SAMPLE, START_SECONDS, STEWARD, Served
from tests.browser.readiness import ready
from tests.commands import command
from tests.places import moved

GOOD = "微心愿_20230930.csv"
CHECK_MS = 60_000
ENGLISH = re.compile(r"[A-Za-z]{3,}")
# Codes, formats and names of files and accounts that are no words of a sentence.
NO_WORDS = re.compile(
    r"CSV|TSV|TXT|UTF-8(?:-SIG)?|GB18030|English|root|\w+\.(?:csv|xlsx|exe)|[\w.+-]*\d[\w.+-]*"
)


@pytest.fixture(scope="session")
def place(made_once: Callable[..., Path]) -> Path:
    """The exports of the sample and their warehouse; only to be copied."""

    def make(folder: Path) -> None:
        exports = folder / "exports"
        shutil.copytree(SAMPLE, exports)
        words = ["--warehouse", str(folder / "own"), "--district", str(exports / "district.toml")]
        subprocess.run([STEWARD, "build", str(exports), *words], check=True, stdout=subprocess.DEVNULL)

    return made_once("upload-place", make)


@pytest.fixture
def own(place: Path, tmp_path: Path) -> Path:
    """A warehouse that may be changed, as if built where it stands."""
    return moved(place, tmp_path) / "own"


@pytest.fixture
def served(own: Path, tmp_path: Path) -> Iterator[Served]:
    """The board over that warehouse, in place of the one that all other tests share."""
    yield from _served(own, tmp_path)


def _served(root: Path, folder: Path, *options: str) -> Iterator[Served]:
    log = folder / "server.log"
    serving = [STEWARD, "serve", "--warehouse", str(root), "--port", "0", *options]
    with (
        log.open("w", encoding="utf-8") as stderr,
        subprocess.Popen(serving, cwd=folder, stdout=subprocess.PIPE, stderr=stderr, text=True) as process,
    ):
        assert process.stdout is not None
        announced = re.search(r"http://[\w.:]+", process.stdout.readline())
        assert announced is not None, log.read_text(encoding="utf-8")
        yield Served(announced[0], log)
        process.terminate()
        process.wait(START_SECONDS)


@pytest.fixture
def good(own: Path, tmp_path: Path) -> Path:
    """Seven new wishes, and one with a wrong date."""
    asked = (
        "measure",
        "wishes_collected",
        "--warehouse",
        own,
        "--by",
        "community",
        "--grain",
        "all",
        "--csv",
    )
    code = command(*asked).done().rows[0]["community"]
    rows = "".join(f"NW{n},{code},就医,2023-09-0{1 + n} 09:00\n" for n in range(7))
    path = tmp_path / GOOD
    path.write_text(
        "心愿编号,社区编码,类别,收集时间\n" + rows + f"NW9,{code},就医,昨天\n", encoding="gb18030"
    )
    return path


def version(served: Served) -> str:
    with urlopen(served.url("/healthz")) as answer:
        return str(json.load(answer)["version"])


def main_text(page: Page) -> str:
    return page.locator('[data-testid="stMain"]').inner_text()


def drop(page: Page, *files: Path) -> None:
    page.set_input_files('.st-key-drop input[type="file"]', [str(file) for file in files])
    page.get_by_text("个文件可以发布", exact=False).wait_for(timeout=CHECK_MS)
    ready(page)


def wishes_collected(page: Page, served: Served) -> int:
    """The number that the screen of wishes shows for the year."""
    page.goto(served.url("/wishes?grain=year&period=2023"))
    ready(page)
    found = re.search(r"收集微心愿\s*([\d,]+)", main_text(page))
    assert found is not None, main_text(page)
    return int(found[1].replace(",", ""))


def test_a_good_file_is_published_and_the_figures_change(
    page: Page, served: Served, own: Path, good: Path
) -> None:
    first, before = version(served), wishes_collected(page, served)
    page.goto(served.url("/upload"))
    ready(page)
    drop(page, good)
    said = main_text(page)
    assert "1 个文件可以发布" in said
    assert "GB18030" in said
    assert "不是日期 1 处" in said
    assert version(served) == first
    page.locator(".st-key-publish_name input").fill("王主任")
    page.locator(".st-key-publish_button button").click()
    page.locator(".st-key-publish_confirm button").click()
    page.locator('[data-testid="stProgress"]').wait_for(timeout=CHECK_MS)
    page.get_by_text("已发布 1 个文件").wait_for(timeout=CHECK_MS)
    ready(page)
    second = version(served)
    assert second != first
    assert "王主任" in main_text(page)
    # The folder of exports has a file of that name already.
    assert [path.name for path in (own / "inbox").iterdir()] == ["微心愿_20230930（02）.csv"]
    assert wishes_collected(page, served) == before + 7
    go_back(page, served, first)
    assert wishes_collected(page, served) == before


def go_back(page: Page, served: Served, to: str) -> None:
    """Lets an earlier version serve, as a reader would."""
    page.goto(served.url("/upload"))
    ready(page)
    page.locator(".st-key-rollback_name input").fill("李书记")
    page.locator(".st-key-rollback_button button").click()
    page.get_by_text("用版本", exact=False).wait_for()
    assert version(served) != to
    page.locator(".st-key-rollback_confirm button").click()
    page.get_by_text("正在使用较早的版本", exact=False).wait_for(timeout=CHECK_MS)
    assert version(served) == to
    assert "李书记" in main_text(page)


def test_bad_files_get_a_sentence_and_change_nothing(
    page: Page, served: Served, own: Path, tmp_path: Path
) -> None:
    first = version(served)
    contents = {
        "名册.xlsx": b"PK\x03\x04",
        "program.exe": b"MZ",
        "garbage.csv": bytes(range(256)) * 9,
        "other.csv": b"a,b\n1,2\n",
        "empty.csv": b"",
        "任" * 79 + "_20230930.csv": b"a,b\n",
    }
    files = [tmp_path / name for name in contents]
    for file in files:
        file.write_bytes(contents[file.name])
    page.goto(served.url("/upload"))
    ready(page)
    drop(page, *files)
    said = main_text(page)
    assert "0 个文件可以发布" in said
    for sentence in (
        "另存为“CSV UTF-8”", "不是 csv、tsv 或 txt 文件", "编码认不出来", "表头不属于任何一种导出表", "是空文件", "文件名太长",
    ):  # fmt: skip
        assert sentence in said, said
    assert page.locator(".st-key-publish_button").count() == 0
    assert version(served) == first
    assert list((own / "inbox").iterdir()) == []


def test_no_word_of_the_drop_zone_is_english(page: Page, served: Served, good: Path) -> None:
    page.goto(served.url("/upload"))
    ready(page)
    zone = page.locator(".st-key-drop")
    button = zone.locator('[data-testid="stBaseButton-secondary"] p')
    assert "选择文件" in str(button.evaluate("p => getComputedStyle(p, '::after').content"))
    assert button.evaluate("p => getComputedStyle(p).fontSize") == "0px"
    drop(page, good)
    said = NO_WORDS.sub("", zone.inner_text())
    # Streamlit draws its icons as words in a font of pictures.
    icons = page.locator('.st-key-drop [data-testid="stIconMaterial"]').all_inner_texts()
    assert [word for word in ENGLISH.findall(said) if word not in icons] == []


def test_a_build_elsewhere_keeps_the_upload_out(page: Page, served: Served, own: Path, good: Path) -> None:
    first = version(served)
    page.goto(served.url("/upload"))
    ready(page)
    drop(page, good)
    page.locator(".st-key-publish_name input").fill("王主任")
    page.locator(".st-key-publish_button button").click()
    page.locator(".st-key-publish_confirm button").wait_for()
    # A process of its own: what parts builders is a lock of the system.
    holder = (
        "import sys, pathlib; from pipelines.lock import builder_lock\n"
        "with builder_lock(pathlib.Path(sys.argv[1]) / 'LOCK'): print('held', flush=True); sys.stdin.read()"
    )
    python = str(Path(STEWARD).with_name("python"))
    with subprocess.Popen(
        [python, "-c", holder, str(own)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        page.locator(".st-key-publish_confirm button").click()
        page.get_by_text("正由另一个构建占用", exact=False).wait_for(timeout=CHECK_MS)
        assert process.stdin is not None
        process.stdin.close()
        process.wait(START_SECONDS)
    assert version(served) == first
    assert list((own / "inbox").iterdir()) == []
    # The files still lie in the zone: another try needs no second drop.
    ready(page)
    page.locator(".st-key-publish_button button").click()
    page.locator(".st-key-publish_confirm button").click()
    page.get_by_text("已发布 1 个文件").wait_for(timeout=CHECK_MS)


def test_an_open_board_takes_no_upload(browser: Browser, own: Path, tmp_path: Path) -> None:
    for board in _served(own, tmp_path, "--host", "0.0.0.0", "--open"):
        with browser.new_context(locale="zh-CN") as context:
            page = context.new_page()
            page.goto(board.url("/upload"))
            ready(page)
            assert "没有开放上传" in main_text(page)
            assert page.locator('input[type="file"]').count() == 0
            assert page.locator(".st-key-rollback_button").count() == 0


def test_the_correction_sheet_of_an_export_is_downloaded(page: Page, served: Served, tmp_path: Path) -> None:
    page.goto(served.url("/data?part=rejects&export=tasks"))
    ready(page)
    with page.expect_download() as started:
        page.locator(".st-key-correction_csv button").click()
    name = started.value.suggested_filename
    started.value.save_as(tmp_path / name)
    lines = (tmp_path / name).read_text(encoding="utf-8-sig").splitlines()
    assert re.fullmatch(r"任务_\d{8}（更正）\.csv", name)
    assert lines[0].startswith("来源文件,行号,拒收理由,怎么改,原文,任务编号")
    shown = re.search(r"更正表：([\d,]+) 条记录待更正", main_text(page))
    assert shown is not None
    # The headers name every column once, so the file comes back as an export of tasks.
    page.goto(served.url("/upload"))
    ready(page)
    drop(page, tmp_path / name)
    assert "1 个文件可以发布" in main_text(page)
    assert shown[1] in main_text(page)
