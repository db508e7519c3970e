"""What later deliveries do to earlier records: corrections, withdrawals, missing references, uploads."""

from pathlib import Path

import pytest

from tests.commands import command
from tests.pipelines.building import build, copy_of, exports, tables, write

POINTS = "流水编号,红管家编号,记账时间,分值,积分类型\n"


def score(warehouse: Path, unit: str, quarter: str) -> float:
    rows = command("rank", "units", "--warehouse", warehouse, "--period", quarter, "--csv").done().rows
    return next(float(row["score"]) for row in rows if row["unit_id"] == unit)


def balance(summary: dict[str, object]) -> dict[str, tuple[int, int, int, int]]:
    """(records, loaded, superseded, rejected) by file."""
    files = summary["files"]
    assert isinstance(files, list)
    for file in files:
        assert file["records"] == file["loaded"] + file["superseded"] + file["rejected"]
    return {
        file["file"]: (file["records"], file["loaded"], file["superseded"], file["rejected"])
        for file in files
    }


@pytest.mark.parametrize(
    ("name", "records", "expected", "u2"),
    [
        ("积分_20240420_更正.csv", "E33,P03,2024-04-20 23:59:59,70,奖励\n", (1, 1, 0, 0), 35),
        ("积分_20240101_旧.csv", "E33,P03,2024-04-20 23:59:59,70,奖励\n", (1, 0, 1, 0), 40),
        ("积分_20240420_更正.csv", "E33,P03,2024-04-31 23:59:59,70,奖励\n", (1, 0, 0, 1), 40),
        ("积分_20240420_更正.csv", "E33,P03,,70,奖励\nE33,P03,2024-04-20,60,奖励\n", (2, 1, 0, 1), 30),
        (
            "积分_20240420_更正.csv",
            "E33,P03,2024-04-20,70,奖励\nE33,P03,2024-04-20,60,奖励\n",
            (2, 1, 1, 0),
            30,
        ),
    ],
    ids=["corrected", "an older file", "a correction that is rejected", "a good one behind it", "twice"],
)
def test_a_corrected_export(
    tmp_path: Path, name: str, records: str, expected: tuple[int, ...], u2: float
) -> None:
    inbox = write(tmp_path / "inbox", {**exports(), name: POINTS + records})
    found = balance(build(inbox, tmp_path / "w", "--json").done().json)
    assert found.pop(name) == expected
    lost = expected[1]  # what the later file brings in, the earlier one loses
    assert found["积分_20240420.csv"] == (28, 28 - lost, lost, 0)
    assert sum(superseded for _, _, superseded, _ in found.values()) == lost
    assert score(tmp_path / "w", "U2", "2024Q2") == u2


def test_a_withdrawn_record_and_a_complete_file(tmp_path: Path) -> None:
    """E33 is voided; the complete file of May names three entries, so all the others are gone."""
    files = exports()
    voided = "流水编号,红管家编号,记账时间,分值,积分类型,作废\nE33,P03,2024-04-20,80,奖励,是\n"
    inbox = write(tmp_path / "inbox", {**files, "积分_20240420_作废.csv": voided})
    found = balance(build(inbox, tmp_path / "w", "--json").done().json)
    assert found["积分_20240420_作废.csv"] == (1, 0, 1, 0)
    assert found["积分_20240420.csv"] == (28, 27, 1, 0)
    assert score(tmp_path / "w", "U2", "2024Q2") == 0
    complete = POINTS + "".join(
        f"E{number},{person},2024-04-02 09:00:00,9,奖励\n" for number, person in ((33, "P03"), (90, "P04"))
    )
    write(inbox, {"积分全量_20240420_终.csv": complete})
    found = balance(build(inbox, tmp_path / "w", "--json").done().json)
    assert found["积分全量_20240420_终.csv"] == (2, 2, 0, 0)
    assert (found["积分_20240420.csv"][1], found["积分_20231231.csv"][1]) == (0, 0)
    assert score(tmp_path / "w", "U2", "2024Q2") == 9


def test_the_same_bytes_again(tmp_path: Path) -> None:
    files = exports()
    inbox = write(tmp_path / "inbox", {**files, "积分_20240420_再发.csv": files["积分_20240420.csv"]})
    summary = build(inbox, tmp_path / "w", "--json").done().json
    assert balance(summary)["积分_20240420_再发.csv"] == (28, 0, 28, 0)
    assert (summary["superseded"], summary["rejected"]) == (28, 0)


def test_a_missing_reference_comes_back_by_itself(tmp_path: Path, tiny_warehouse: Path) -> None:
    """P03 is missing in the roster: all that names him waits; his row arrives as an upload."""
    files = exports()
    row = next(line for line in files["红管家_20240420.csv"].splitlines() if line.startswith("P03"))
    header = files["红管家_20240420.csv"].splitlines()[0]
    without = {**files, "红管家_20240420.csv": files["红管家_20240420.csv"].replace(row + "\n", "")}
    inbox = write(tmp_path / "inbox", without)
    warehouse = tmp_path / "w"
    summary = build(inbox, warehouse, "--json").done().json
    waiting = command("rejects", "--warehouse", warehouse, "--csv").done().rows
    assert {row["reason"] for row in waiting} == {"unknown_reference"}
    assert {row["value"] for row in waiting} == {"P03"}
    # E03 E12 E13 E33, verified by him L1 L2 L6, check-in K4, honour H3
    assert sorted(row["export"] for row in waiting) == [
        "checkins",
        *["claims"] * 3,
        "honours",
        *["points"] * 4,
    ]
    assert summary["rejected"] == 9
    assert [(row["file"], row["line"]) for row in waiting if row["export"] == "points"] == [
        ("积分_20231231.csv", "4"),
        ("积分_20240420.csv", "4"),
        ("积分_20240420.csv", "5"),
        ("积分_20240420.csv", "25"),
    ]
    assert score(warehouse, "U2", "2024Q2") == 0

    write(warehouse / "inbox", {"红管家_20240419.csv": f"{header}\n{row}\n"})
    summary = build(inbox, warehouse, "--json").done().json
    assert summary["rejected"] == 0
    assert balance(summary)["inbox/红管家_20240419.csv"] == (1, 1, 0, 0)
    ranked = ("rank", "stewards", "--period", "2024Q1", "--csv", "--warehouse")
    assert command(*ranked, warehouse).done().rows == command(*ranked, tiny_warehouse).done().rows
    assert sorted(tables(warehouse, "marts")["marts.people"]) == sorted(
        tables(tiny_warehouse, "marts")["marts.people"]
    )


def test_an_absent_export_is_a_finding_until_it_arrives(tmp_path: Path, tiny_warehouse: Path) -> None:
    files = exports(but=["单位"])
    inbox = write(tmp_path / "inbox", files)
    summary = build(inbox, tmp_path / "w", "--json").done().json
    assert summary["rejected"] == 0
    found = command("findings", "--warehouse", tmp_path / "w", "--csv").done().rows
    assert [(row["export"], row["key"]) for row in found if row["check"] == "reference_unchecked"] == [
        ("activities", "unit_id"),
        ("stewards", "unit_id"),
    ]
    assert score(tmp_path / "w", "U1", "2024Q1") == 30  # the code stands for the name until it comes
    write(inbox, {name: text for name, text in exports().items() if name not in files})
    build(inbox, tmp_path / "w").done()
    assert tables(tmp_path / "w", "facts", "marts", "private") == tables(
        tiny_warehouse, "facts", "marts", "private"
    )


def test_uploads_count_with_every_build_and_win_by_their_date(tmp_path: Path, tiny_warehouse: Path) -> None:
    warehouse = copy_of(tiny_warehouse, tmp_path / "w")
    inbox = write(tmp_path / "inbox", exports())
    write(warehouse / "inbox" / "2024年4月", {"积分_20240421.csv": POINTS + "E99,P01,2024-04-21,60,奖励\n"})
    summary = build(inbox, warehouse, "--json").done().json
    assert balance(summary)["inbox/2024年4月/积分_20240421.csv"] == (1, 1, 0, 0)
    assert summary["data_until"] == "2024-04-21T23:59:59"
    assert score(warehouse, "U1", "2024Q2") == 40
