"""The three frames of persons: counted by hand in the tiny district, and nothing where nobody is."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb

from tests.pipelines.staged_district import transformed
from tests.pipelines.tiny_records import DATA_UNTIL, RECORDS

Con = duckdb.DuckDBPyConnection


def test_people_of_a_quarter_in_their_frames(tiny: Con) -> None:
    # 2023Q4: A 30 and B 0 in U1 of C1; C 30, E 15 and F 4 + 8 in C3; H 4.5 in C1; I and J 0 in C2.
    found = tiny.execute(
        "SELECT a.area_code, f.people, f.median, f.zero FROM marts.frames AS f JOIN facts.areas AS a ON a.area_no = f.group_no "
        "WHERE f.frame = 'community' AND f.grain = 'quarter' AND f.period_start = '2023-10-01' ORDER BY 1"
    ).fetchall()
    assert found == [("C1", 3, 4.5, 1), ("C2", 2, 0.0, 2), ("C3", 3, 15.0, 0)]
    units = tiny.execute(
        "SELECT u.unit_id, f.people, f.median, f.zero FROM marts.frames AS f JOIN facts.units AS u ON u.unit_no = f.group_no "
        "WHERE f.frame = 'unit' AND f.grain = 'quarter' AND f.period_start = '2023-10-01' ORDER BY 1"
    ).fetchall()
    assert units == [("U1", 2, 15.0, 1), ("U2", 1, 30.0, 0), ("U3", 1, 15.0, 0), ("U4", 1, 12.0, 0)]


def test_first_people_of_a_class_by_points_then_code(tiny: Con) -> None:
    found = tiny.execute(
        "SELECT DISTINCT p.place, p.steward_id, p.points FROM marts.frame_places AS p "
        "JOIN facts.stewards AS s ON s.steward_no = p.steward_no AND s.steward_id = p.steward_id "
        "WHERE p.frame = 'number' AND p.group_no = 2 AND p.grain = 'quarter' AND p.period_start = '2023-10-01' ORDER BY 1"
    ).fetchall()
    points = {"A": 30, "C": 30, "E": 15, "F": 12, "B": 0}
    assert found == [(n, code, Decimal(has)) for n, (code, has) in enumerate(points.items())]


def test_without_stewards_there_is_no_frame(tmp_path: Path) -> None:
    tasks = "task_id category kind community_code published_at\nT1 环境 派单 C1 2024-01-02_08:00:00"
    with transformed(tmp_path, {"areas": RECORDS["areas"], "tasks": tasks}, DATA_UNTIL) as con:
        assert con.execute("SELECT count(*) FROM marts.frames").fetchall() == [(0,)]
        assert con.execute("SELECT count(*) FROM marts.frame_places").fetchall() == [(0,)]
        assert con.execute("SELECT max(first_day) FROM meta.periods").fetchall()[0][0] >= date(2024, 1, 1)
