"""Publishing a quarter: what is fixed, what is refused, and what later data shows as revisions."""

from pathlib import Path

import pandas as pd
import pytest

from pipelines.build import build
from pipelines.faults import (
    NobodyNamed,
    NothingRanked,
    ProvisionalRanking,
    QuarterFixed,
    VersionReplaced,
)
from pipelines.periods import Period
from pipelines.publication import publish_ranking, published_lines, published_ranking
from pipelines.ranking_tables import UNIT_COLUMNS, rank_units
from pipelines.revisions import revisions
from pipelines.warehouse import Warehouse
from tests.commands import command
from tests.conftest import TINY
from tests.pipelines.building import copy_of, publish_toy

FINISHED, RUNNING = Period.parse("2024Q1"), Period.parse("2024Q2")
LATE = """流水编号,红管家编号,记账时间,分值,积分类型
LATE1,{steward},2024-03-30 09:00:00,{points},奖励
"""


@pytest.fixture
def tiny(tiny_warehouse: Path, tmp_path: Path) -> Warehouse:
    """A warehouse of the tiny district of its own, for it is published in."""
    return Warehouse(copy_of(tiny_warehouse, tmp_path / "warehouse"))


def live(warehouse: Warehouse) -> pd.DataFrame:
    with warehouse.open() as con:
        return rank_units(con, FINISHED)


def with_late_points(warehouse: Warehouse, steward: str, points: int) -> None:
    """Points of the published quarter that arrive after it."""
    warehouse.inbox.mkdir(exist_ok=True)
    text = LATE.format(steward=steward, points=points)
    (warehouse.inbox / "积分_20240421.csv").write_text(text, "utf-8")
    build(TINY / "exports", warehouse, TINY / "district.toml")


def test_what_is_published_reads_back_as_it_was(tiny: Warehouse) -> None:
    version, before = tiny.current().id, live(tiny)
    publish_ranking(tiny, FINISHED, version, " 王主任 ")
    fixed = tiny.state.fixed_ranking("2024Q1")
    assert fixed is not None
    assert (fixed.version, fixed.fixed_by) == (version, "王主任")
    assert published_lines(fixed) == [30.0, 20.0, 10.0]
    assert fixed.rules["ranking"]["headcount"] == "period_end"
    assert fixed.rules["data_until"] == "2024-04-20"
    pd.testing.assert_frame_equal(published_ranking(fixed), before, check_dtype=False)
    assert revisions(published_ranking(fixed), before) == []
    entry = tiny.state.audit()[-1]
    assert (entry.action, entry.who, entry.version) == ("fix", "王主任", version)
    assert entry.detail["quarter"] == "2024Q1"
    assert entry.detail["account"]


def test_the_command_prints_a_published_ranking_like_a_live_one(tiny: Warehouse) -> None:
    words = ("rank", "units", "--warehouse", tiny.root, "--period", "2024Q1", "--csv")
    before = command(*words).done().rows
    publish_ranking(tiny, FINISHED, tiny.current().id, "王主任")
    published = command(*words, "--published").done().rows
    assert published == before
    assert tuple(published[0]) == UNIT_COLUMNS


def test_late_data_leaves_what_is_published_and_is_listed(tiny: Warehouse) -> None:
    before = live(tiny)
    publish_ranking(tiny, FINISHED, tiny.current().id, "王主任")
    # U1 has 60 points over two people; twenty more carry nobody over another one.
    with_late_points(tiny, "P01", 20)
    fixed = tiny.state.fixed_ranking("2024Q1")
    assert fixed is not None
    pd.testing.assert_frame_equal(published_ranking(fixed), before, check_dtype=False)
    with pytest.raises(QuarterFixed):
        publish_ranking(tiny, FINISHED, tiny.current().id, "李主任")
    (changed,) = revisions(published_ranking(fixed), live(tiny))
    assert changed.unit_id == "U1"
    assert changed.reasons == ("points",)
    assert changed.published is not None
    assert changed.now is not None
    assert (changed.published.score, changed.now.score) == (30.0, 40.0)


def test_a_fixed_version_outlives_later_builds(tiny: Warehouse) -> None:
    version = tiny.current().id
    publish_ranking(tiny, FINISHED, version, "王主任")
    for _ in range(tiny.keep + 1):
        publish_toy(tiny.root)
    assert version in [kept.id for kept in tiny.versions()]


def test_a_running_quarter_is_refused_and_says_why(tiny: Warehouse) -> None:
    with pytest.raises(ProvisionalRanking, match=r"还没有结束（数据截至 2024-04-20）"):
        publish_ranking(tiny, RUNNING, tiny.current().id, "王主任")
    assert tiny.state.fixed_versions() == {}


@pytest.mark.parametrize("who", ["", "  ", "王" * 41, "王\u202e主任"])
def test_nobody_is_no_publisher(tiny: Warehouse, who: str) -> None:
    with pytest.raises(NobodyNamed):
        publish_ranking(tiny, FINISHED, tiny.current().id, who)
    assert tiny.state.fixed_versions() == {}


def test_what_was_looked_at_must_still_serve(tiny: Warehouse) -> None:
    seen = tiny.current().id
    publish_toy(tiny.root)
    with pytest.raises(VersionReplaced, match=seen):
        publish_ranking(tiny, FINISHED, seen, "王主任")
    assert tiny.state.fixed_versions() == {}


def test_without_ranked_units_there_is_nothing_to_publish(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for path in (TINY / "exports").iterdir():
        if not path.name.startswith(("单位", "红管家")):
            (inbox / path.name).write_bytes(path.read_bytes())
    warehouse = Warehouse(tmp_path / "warehouse")
    build(inbox, warehouse, TINY / "district.toml")
    with pytest.raises(NothingRanked):
        publish_ranking(warehouse, FINISHED, warehouse.current().id, "王主任")


def test_movement_is_counted_against_what_was_published(tiny: Warehouse) -> None:
    words = ("rank", "units", "--warehouse", tiny.root, "--period", "2024Q2", "--csv")
    before = {row["unit_id"]: row["previous_rank"] for row in command(*words).done().rows}
    publish_ranking(tiny, FINISHED, tiny.current().id, "王主任")
    # Late deductions would have made U1 the last of its group.
    with_late_points(tiny, "P01", -500)
    after = {row["unit_id"]: row["previous_rank"] for row in command(*words).done().rows}
    assert after == before
    ranks = live(tiny).set_index("unit_id")["rank"]
    assert ranks["U1"] != int(before["U1"])


def test_a_broken_record_leaves_the_live_ranking(tiny: Warehouse) -> None:
    words = ("rank", "units", "--warehouse", tiny.root, "--period", "2024Q2", "--csv")
    before = command(*words).done()
    tiny.state.path.write_bytes(b"not a database at all" * 99)
    after = command(*words).done()
    assert after.out == before.out
    assert "从备份恢复" in after.err
