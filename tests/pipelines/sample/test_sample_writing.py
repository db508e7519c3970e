"""Equal arguments give equal bytes; nonsense is refused; nothing half-written stays behind."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.district import load_district
from pipelines.faults import InputFault, SampleFolderTaken, SampleOption
from pipelines.sample import write_sample, write_small
from tests.pipelines.sample.exports_by_hand import export_date, exports_in, read_exports

COMMITTED = Path(__file__).parents[3] / "sample_data"


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Name → content of all files of a folder but its README."""
    found = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "README.md"}
    assert len(found) > 20
    return found


def test_equal_arguments_give_equal_bytes(tmp_path: Path) -> None:
    for name in ("one", "other"):
        write_sample(tmp_path / name, scale=0.02, seed=5, months=3)
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "other")


def test_another_seed_gives_another_district(tmp_path: Path) -> None:
    for seed in (5, 6):
        write_sample(tmp_path / str(seed), scale=0.02, seed=seed, months=2)
    one, other = bytes_of(tmp_path / "5"), bytes_of(tmp_path / "6")
    assert one["boundaries.geojson"] != other["boundaries.geojson"]
    assert one["district.toml"] == other["district.toml"]


def test_the_committed_district_is_the_one_that_the_code_makes(tmp_path: Path) -> None:
    write_small(tmp_path / "small")
    made, committed = bytes_of(tmp_path / "small"), bytes_of(COMMITTED)
    assert sorted(made) == sorted(committed)
    differing = [name for name in made if made[name] != committed[name]]
    assert differing == [], "copy the files that write_small makes into sample_data"


def test_the_committed_district_is_small() -> None:
    assert sum(len(content) for content in bytes_of(COMMITTED).values()) < 2_000_000


@pytest.mark.parametrize(
    "options",
    [
        {"programme": "atlantis"},
        {"scale": 0.0},
        {"scale": -1.0},
        {"scale": float("nan")},
        {"scale": float("inf")},
        {"scale": 1000.0},
        {"months": 0},
        {"months": 37},
        {"seed": -1},
    ],
)
def test_nonsense_is_refused_in_one_sentence(tmp_path: Path, options: dict[str, Any]) -> None:
    with pytest.raises(SampleOption) as fault:
        write_sample(tmp_path / "out", **options)
    assert isinstance(fault.value, InputFault)
    assert str(fault.value).endswith("。")
    assert not (tmp_path / "out").exists()


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("kept")
    with pytest.raises(SampleFolderTaken, match="空的文件夹"):
        write_sample(tmp_path, scale=0.01, months=1)
    with pytest.raises(SampleFolderTaken):
        write_sample(tmp_path / "kept.txt", scale=0.01, months=1)
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]


def test_an_empty_folder_is_filled_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    write_sample(tmp_path / "out", scale=0.01, months=1)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_failed_sample_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A full disk cannot be had in a test; the writer of a file fails in its place.
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipelines.sample.duodao.write_export", full)
    with pytest.raises(OSError, match="No space"):
        write_sample(tmp_path / "out", scale=0.01, months=1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("scale", "months"), [(0.01, 1), (0.01, 5), (0.03, 36)])
def test_small_and_short_districts_work(tmp_path: Path, scale: float, months: int) -> None:
    write_sample(tmp_path / "out", scale=scale, months=months)
    with read_exports(tmp_path / "out") as con:
        first, last = con.execute("SELECT min(发布时间[:7]), max(发布时间[:7]) FROM 任务").fetchall()[0]
        assert last == "2023-12"
        assert con.execute(f"SELECT date_diff('month', DATE '{first}-01', DATE '2023-12-01')").fetchone() == (
            months - 1,
        )
        numbers = con.execute("SELECT count(DISTINCT 号段) FROM 红管家 WHERE 退出日期 IS NULL").fetchone()
        assert numbers == (6,)


def test_the_settings_are_valid(tmp_path: Path) -> None:
    write_sample(tmp_path / "out", scale=0.01, months=1)
    district = load_district(tmp_path / "out" / "district.toml")
    assert district.name.endswith("（示例）")
    assert [int(district.points.target(number)) for number in range(1, 7)] == [50, 1000, 200, 40, 40, 50]
    assert district.stewards.code_groups == {"number": 1, "unit": 2, "grid": 3, "building": 4}


def test_no_file_tells_what_happened_after_its_date(tmp_path: Path) -> None:
    write_sample(tmp_path / "out", scale=0.02, months=4)
    paths = [path for path in exports_in(tmp_path / "out") if "更正" not in path.name]
    assert len(paths) > 40
    for path in paths:
        day = export_date(path)
        for line in path.read_bytes().decode("utf-8", errors="replace").splitlines():
            if "-补" in line or "办理期限" in line:
                continue
            fields = line.split(",")
            if path.name.startswith("任务"):
                del fields[13:14]
            dates = [
                field[:10].replace("-", "") for field in fields if field[:2] == "20" and field[4:5] == "-"
            ]
            assert all(date <= day for date in dates), (path.name, line)


def test_a_record_is_handed_over_again_when_it_changed(tmp_path: Path) -> None:
    write_sample(tmp_path / "out", scale=0.02, months=3)
    october, november = (tmp_path / "out" / f"任务_2023{day}.csv" for day in ("1031", "1130"))
    with duckdb.connect() as con:
        changed = con.execute(
            "SELECT count(*), count(*) FILTER (a.办结时间 IS NULL AND b.办结时间 IS NOT NULL) "
            "FROM read_csv(?, all_varchar = true, ignore_errors = true) a "
            "JOIN read_csv(?, all_varchar = true) b USING (任务编号)",
            [str(october), str(november)],
        ).fetchall()[0]
    assert changed[0] > 5
    assert changed[1] > 3
