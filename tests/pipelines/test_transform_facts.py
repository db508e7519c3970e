"""Facts: typed records with the place, unit and class that they had on their day."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pipelines.transform import run_facts
from tests.pipelines.staged_district import stage, transformed
from tests.pipelines.tiny_records import DATA_UNTIL, RECORDS


def rows(con: duckdb.DuckDBPyConnection, statement: str) -> list[tuple[object, ...]]:
    return con.execute(statement).fetchall()


def test_every_area_knows_itself_and_all_above_it(tiny: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        tiny,
        "SELECT a.area_code, p.level, b.area_code FROM facts.area_paths AS p JOIN facts.areas AS a USING (area_no) "
        "JOIN facts.areas AS b ON b.area_no = p.ancestor_no WHERE a.area_code IN ('G1', 'S2') ORDER BY ALL",
    )
    assert found == [
        ("G1", "community", "C1"),
        ("G1", "district", "D"),
        ("G1", "grid", "G1"),
        ("G1", "subdistrict", "S1"),
        ("S2", "district", "D"),
        ("S2", "subdistrict", "S2"),
    ]


def test_the_rows_of_a_person_part_the_whole_of_time(tiny: duckdb.DuckDBPyConnection) -> None:
    # F moved on 2023-12-15: the first row counts for everything before, the second for everything from that day.
    found = rows(
        tiny, "SELECT valid_from, valid_to FROM facts.stewards WHERE steward_id = 'F' ORDER BY joined_on"
    )
    assert found == [
        (date(1, 1, 1), date(2023, 12, 15)),
        (date(2023, 12, 15), date(9999, 12, 31)),
    ]


def test_names_and_phones_stay_out(tiny: duckdb.DuckDBPyConnection) -> None:
    columns = {
        row[0]
        for row in rows(
            tiny,
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'facts' AND table_name = 'stewards'",
        )
    }
    assert "steward_id" in columns
    assert not columns & {"name", "phone"}


@pytest.mark.parametrize(
    ("entry", "earned", "spent", "unit"),
    [
        ("P05", "0", "25", "U1"),  # redeemed: nothing lost, 25 spent
        ("P06", "0", "2", "U1"),  # lottery
        ("P09", "-5", "0", "U2"),  # a deduction, written positive
        ("P10", "-5", "0", "U2"),  # a correction with its sign
        ("P12", "15", "0", "U3"),  # before joining: the first row
        ("P13", "8", "0", "U3"),  # F before the move
        ("P14", "4", "0", "U4"),  # F after the move
        ("P16", "1.5", "0", None),
    ],
)
def test_entries_are_earned_or_spent_where_the_person_was(
    tiny: duckdb.DuckDBPyConnection, entry: str, earned: str, spent: str, unit: str | None
) -> None:
    found = rows(
        tiny,
        "SELECT p.earned, p.spent, u.unit_id FROM facts.points AS p LEFT JOIN facts.units AS u USING (unit_no) "
        f"WHERE p.entry_id = '{entry}'",
    )
    assert found == [(Decimal(earned), Decimal(spent), unit)]


def test_a_check_in_is_valid_up_to_the_radius(tiny: duckdb.DuckDBPyConnection) -> None:
    found = rows(tiny, "SELECT checkin_id, round(distance_m, 1), valid FROM facts.checkins ORDER BY 1")
    assert found == [
        ("K1", 0.0, True),
        ("K2", 49.9, True),
        ("K3", 50.1, False),
        ("K4", None, None),  # C3 has no registered point
        ("K5", 0.0, True),
    ]


def test_a_claim_lies_in_the_community_of_its_task(tiny: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        tiny,
        "SELECT c.claim_id, a.area_code FROM facts.claims AS c JOIN facts.areas AS a ON a.area_no = c.community_no ORDER BY 1",
    )
    assert found == [("L1", "C1"), ("L2", "C1"), ("L3", "C1")]


def test_answers_are_judged_by_the_settings(tiny: duckdb.DuckDBPyConnection) -> None:
    assert rows(tiny, "SELECT response_id, opinion, positive, weight FROM facts.safety ORDER BY 1") == [
        ("R1", 1, 1, Decimal(2)),
        ("R2", 1, 0, Decimal(1)),
        ("R3", 1, 1, Decimal(1)),  # no weight counts 1
        ("R4", 0, 0, Decimal(1)),  # 不了解 is no opinion
    ]
    # 5 means 很满意, 2 means 不满意.
    assert rows(tiny, "SELECT response_id, positive FROM facts.satisfaction ORDER BY 1") == [
        ("R1", 1),
        ("R2", 0),
        ("R3", 1),
    ]


def test_every_record_becomes_one_fact(tiny: duckdb.DuckDBPyConnection) -> None:
    for export, table in RECORDS.items():
        lines = len([line for line in table.splitlines() if line.strip()]) - 1
        assert rows(tiny, f"SELECT count(*) FROM facts.{export}") == [(lines,)], export


def test_absent_exports_leave_empty_facts(tmp_path: Path) -> None:
    with transformed(tmp_path, {"areas": RECORDS["areas"]}, DATA_UNTIL) as con:
        tables = rows(con, "SELECT table_name FROM information_schema.tables WHERE table_schema = 'facts'")
        assert len(tables) > 20
        counts = {name: rows(con, f"SELECT count(*) FROM facts.{name}")[0][0] for (name,) in tables}
        assert {name for name, count in counts.items() if count} == {"areas", "area_paths"}
        assert rows(con, "SELECT grain, first_day FROM meta.periods ORDER BY 1")[1] == (
            "month",
            date(2024, 2, 1),
        )


def test_a_record_whose_export_is_absent_is_not_lost(tmp_path: Path) -> None:
    # Nobody on the roster: the entry has no place, but it counts.
    records = {"points": "entry_id steward_id occurred_at points kind\nP1 - 2024-01-05_09:00:00 5 打卡"}
    with transformed(tmp_path, records, DATA_UNTIL) as con:
        assert rows(con, "SELECT earned, community_no FROM facts.points") == [(Decimal(5), None)]
        assert rows(con, "SELECT sum(earned) FROM marts.points WHERE grain = 'day'") == [(Decimal(5),)]


def test_a_failing_table_stops_the_run(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "version.duckdb")) as con:
        con.execute("ATTACH ':memory:' AS staged")
        con.execute("CREATE SCHEMA facts")
        stage(con, {})
        with pytest.raises(duckdb.CatalogException, match="meta"):
            run_facts(con)
