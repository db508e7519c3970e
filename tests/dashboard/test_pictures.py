"""Pictures of screens: what is asked for, where the browser is found, and what is said when it cannot be done."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from boards import APP

from dashboard.pictures import chromium
from dashboard.pictures.every_screen import SCREENS, every_screen
from dashboard.pictures.shots import Shot
from pipelines.faults import NoBrowserFault
from pipelines.periods import Period

STEWARD = str(Path(sys.executable).with_name("steward"))
TOOLS = {"query", "upload", "definitions", "report"}


def shots(*words: str | Path, **surroundings: str) -> subprocess.CompletedProcess[str]:
    command = [STEWARD, "shots", *map(str, words)]
    return subprocess.run(
        command, env={**os.environ, **surroundings}, capture_output=True, text=True, timeout=120
    )


def test_every_screen_with_a_subject_has_a_picture() -> None:
    paths = set(re.findall(r'url_path="([\w-]+)"', APP.read_text("utf-8"))) | {""}
    assert set(SCREENS.values()) == paths - TOOLS


def test_names_stay_and_choices_are_in_the_address() -> None:
    asked = every_screen(Period.parse("2023-09"))
    assert asked[0] == Shot("01-overview", "/?grain=month&period=2023-09")
    assert asked[1].name == "02-map"
    assert asked[1].address("http://here:1") == "http://here:1/map?grain=month&period=2023-09&mode=page"
    assert len({shot.name for shot in asked}) == len(SCREENS)


def test_the_browser_named_by_the_surroundings_comes_first(monkeypatch) -> None:
    monkeypatch.setenv(chromium.VARIABLE, sys.executable)
    assert chromium.find_chromium() == sys.executable
    monkeypatch.setenv(chromium.VARIABLE, "no-such-browser")
    with pytest.raises(NoBrowserFault, match="no-such-browser"):
        chromium.find_chromium()


def test_a_browser_is_looked_for_by_its_usual_names(monkeypatch, tmp_path) -> None:
    monkeypatch.delenv(chromium.VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(chromium, "PLACES", ("{LOCALAPPDATA}/Chrome/chrome.exe", "{NOWHERE}/chrome.exe"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    with pytest.raises(NoBrowserFault, match="没有找到"):
        chromium.find_chromium()
    (tmp_path / "Chrome").mkdir()
    (tmp_path / "Chrome" / "chrome.exe").touch()
    assert chromium.find_chromium() == f"{tmp_path}/Chrome/chrome.exe"
    named = tmp_path / "google-chrome"
    named.touch(0o755)
    assert chromium.find_chromium() == str(named)


@pytest.mark.parametrize(
    ("period", "code", "words"),
    [("2023-13", 2, "2023-13"), ("2019Q1", 2, "2019Q1 没有数据"), ("2023", 4, "STEWARD_CHROMIUM")],
)
def test_what_cannot_be_pictured_is_said_in_one_sentence(period, code, words, small_board, tmp_path) -> None:
    out = tmp_path / "pictures"
    ended = shots(period, "--warehouse", small_board, "--out", out, STEWARD_CHROMIUM="no-such-browser")
    assert ended.returncode == code
    assert words in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert ended.stdout == ""
    assert not out.exists()


def test_a_file_is_no_folder_and_a_folder_no_warehouse(small_board, tmp_path) -> None:
    file = tmp_path / "taken"
    file.write_text("mine", "utf-8")
    ended = shots("2023", "--warehouse", small_board, "--out", file)
    assert (ended.returncode, file.read_text("utf-8")) == (2, "mine")
    assert "不是文件夹" in ended.stderr
    ended = shots("2023", "--warehouse", tmp_path / "none", "--out", tmp_path / "out")
    assert ended.returncode == 4
    assert len(ended.stderr.splitlines()) == 1
