"""Burden relief: no screen, download or command gives a number of check-ins or ranks persons by their points."""

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from boards import opened
from screen_texts import SCREENS, WITH_A_WORKBOOK, texts, workbooks

from pipelines.metrics import load_metrics
from pipelines.relief import counts_checkins
from pipelines.warehouse import Warehouse
from tests.commands import command

QUARTER = {"grain": "quarter", "period": "2023Q3"}
# The words of a screen in which a number of check-ins could stand.
COUNTED = re.compile(r"打卡\D{0,12}\d|\d[\d,.]*\s*(次|人次|条|%)?\D{0,4}打卡")
# Where points stand by their kind, one of which is 打卡: points explain a score, they are no count.
BY_KIND = {"points", "units", "unit_accounts"}
# Said on purpose: what the setting hides, and that the exports are complete (records of files, rejects, findings).
HARMLESS = re.compile(r"burden_relief|\.(csv|tsv|txt)|导出|口径")


@pytest.fixture(scope="module")
def labels() -> list[str]:
    """The names of the metrics that relief hides."""
    hidden = [metric.label for name, metric in load_metrics().items() if counts_checkins(name)]
    assert len(hidden) >= 4
    return hidden


def earners(root: Path) -> Iterator[str]:
    """The numbers of those with the most points, whom a ranking of persons would name."""
    with Warehouse(root).open() as con:
        found = con.execute(
            "SELECT s.steward_id FROM facts.points AS p JOIN facts.stewards AS s USING (steward_no) "
            "GROUP BY 1 ORDER BY sum(p.points) DESC LIMIT 40"
        ).fetchall()
    assert len(found) == 40
    return (row[0] for row in found)


@pytest.mark.parametrize("screen", sorted(set(SCREENS) - {"data"}))
def test_a_screen_counts_no_checkins(screen, relieved_board, serve, labels):
    serve(relieved_board)
    at = opened(screen, QUARTER)
    assert not at.exception
    said = [line for line in texts(at) if not HARMLESS.search(line)]
    assert len(said) > 3
    assert [line for line in said if COUNTED.search(line)] == []
    assert [line for line in said if line in labels and not (line == "打卡" and screen in BY_KIND)] == []


def test_without_relief_the_same_search_finds_them(small_board, serve, labels):
    serve(small_board)
    said = list(texts(opened("overview", QUARTER)))
    assert "打卡有效率" in said
    said = list(texts(opened("checkins", QUARTER)))
    assert [line for line in said if COUNTED.search(line)]


@pytest.mark.parametrize("screen", sorted(set(SCREENS) - {"honours"}))
def test_a_screen_names_no_person_for_points(screen, relieved_board, serve):
    """Honours are given by people and are no ranking by points."""
    serve(relieved_board)
    said = "\n".join(texts(opened(screen, QUARTER)))
    assert [code for code in earners(relieved_board) if code in said] == []
    assert "**" not in said


@pytest.mark.parametrize("screen", sorted(set(WITH_A_WORKBOOK) - {"query", "checkins"}))
def test_a_download_holds_neither(screen, relieved_board, serve, monkeypatch, labels):
    serve(relieved_board)
    persons = set(earners(relieved_board))
    for frames, _content in workbooks(screen, monkeypatch, QUARTER):
        for name, frame in frames.items():
            assert [header for header in frame.columns if header in labels or "打卡" in str(header)] == []
            if name not in ("指标口径", "疑点", "拒收", "文件") and screen != "honours":
                forbidden = persons | set(labels) - ({"打卡"} if screen in BY_KIND else set())
                assert not set(frame.astype(str).to_numpy().ravel()) & forbidden


def test_checkins_and_queries_offer_no_download(relieved_board, serve):
    serve(relieved_board)
    for screen in ("checkins", "query"):
        assert len(opened(screen, QUARTER).get("download_button")) == 0


@pytest.mark.parametrize("metric", [name for name in load_metrics() if counts_checkins(name)])
def test_the_command_measures_no_checkins(metric, relieved_board, small_board):
    words = ("measure", metric, "--grain", "quarter", "--warehouse")
    command(*words, relieved_board).refused(2, "减负模式", "打卡次数")
    assert command(*words, small_board, "--csv").done().rows


def test_the_command_ranks_no_stewards(relieved_board, small_board):
    words = ("rank", "stewards", "--period", "2023Q3", "--warehouse")
    command(*words, relieved_board).refused(2, "减负模式", "个人积分排名")
    assert command(*words, small_board, "--csv").done().rows


def test_units_are_ranked_all_the_same(relieved_board, small_board):
    words = ("rank", "units", "--period", "2023Q3", "--csv", "--warehouse")
    rows = command(*words, relieved_board).done().rows
    assert rows == command(*words, small_board).done().rows
    assert len(pd.DataFrame(rows)) == 12


def test_the_records_stay_complete(relieved_board, small_board):
    counts = []
    for root in (relieved_board, small_board):
        with Warehouse(root).open() as con:
            counts += con.execute("SELECT count(*) FROM facts.checkins").fetchall()
    assert counts[0] == counts[1] > (0,)
