"""Marts: sums that add up, people of a period's end, times in each step, and a calendar."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from tests.pipelines.staged_district import transformed
from tests.pipelines.tiny_records import DATA_UNTIL, DISTRICT, RECORDS

TOGETHER = (
    "tasks",
    "publications",
    "closings",
    "claims",
    "points",
    "checkins",
    "wishes",
    "activities",
    "honours",
)


def rows(con: duckdb.DuckDBPyConnection, statement: str) -> list[tuple[object, ...]]:
    return con.execute(statement).fetchall()


def test_the_calendar_reaches_from_the_first_event_to_data_until(tiny: duckdb.DuckDBPyConnection) -> None:
    # First event: A's entry of 2023-07-15. The running quarter and year end on the leap day for the roster.
    found = rows(
        tiny,
        "SELECT grain, count(*), min(first_day), max(roster_day) FROM meta.periods GROUP BY 1 ORDER BY 1",
    )
    assert found == [
        ("all", 1, date(2023, 7, 1), date(2024, 2, 29)),
        ("month", 8, date(2023, 7, 1), date(2024, 2, 29)),
        ("quarter", 3, date(2023, 7, 1), date(2024, 2, 29)),
        ("year", 2, date(2023, 1, 1), date(2024, 2, 29)),
    ]
    last = rows(tiny, "SELECT grain, first_day FROM meta.periods WHERE is_last ORDER BY 1")
    assert last == [
        ("all", date(2023, 7, 1)),
        ("month", date(2024, 2, 1)),
        ("quarter", date(2024, 1, 1)),
        ("year", date(2024, 1, 1)),
    ]


def test_a_mistyped_century_does_not_stretch_the_calendar(tmp_path: Path) -> None:
    wishes = "wish_id community_code category collected_at\nW1 C1 老人 1023-05-01_08:00:00"
    with transformed(tmp_path, {"areas": RECORDS["areas"], "wishes": wishes}, DATA_UNTIL) as con:
        assert rows(con, "SELECT count(*) < 250 FROM meta.periods WHERE grain = 'month'") == [(True,)]


@pytest.mark.parametrize("mart", TOGETHER)
def test_days_add_up_to_months(tiny: duckdb.DuckDBPyConnection, mart: str) -> None:
    names = [
        name
        for name, kind in rows(tiny, f"SELECT column_name, column_type FROM (DESCRIBE marts.{mart})")
        if name not in ("grain", "period_start", "community_no", "dimension", "code") and kind != "DATE"
    ]
    sums = ", ".join(f"sum({name})" for name in names)
    month = "CAST(date_trunc('month', period_start) AS DATE)"
    days, months = (
        rows(
            tiny,
            f"SELECT {month} AS month, community_no, {sums} FROM marts.{mart} "
            f"WHERE grain = '{grain}' AND dimension = '' GROUP BY 1, 2 ORDER BY 1, 2",
        )
        for grain in ("day", "month")
    )
    assert days
    assert days == months


@pytest.mark.parametrize(
    ("mart", "dimension", "column"),
    [
        ("tasks", "grid", "tasks"),
        ("tasks", "category", "closed"),
        ("tasks", "channel", "due"),
        ("publications", "kind", "claims"),
        ("claims", "steward_number", "verified"),
        ("points", "kind", "earned"),
        ("points", "steward_number", "spent"),
        ("checkins", "distance", "checkins"),
        ("wishes", "small_kind", "fulfilled"),
        ("people", "steward_number", "earned"),
        ("satisfaction", "topic", "weight"),
    ],
)
def test_codes_add_up_to_the_whole(
    tiny: duckdb.DuckDBPyConnection, mart: str, dimension: str, column: str
) -> None:
    grain = "quarter" if mart == "people" else "month"
    parts, whole = (
        rows(tiny, f"SELECT sum({column}) FROM marts.{mart} WHERE grain = '{grain}' AND dimension = '{name}'")
        for name in (dimension, "")
    )
    assert whole[0][0]
    assert parts == whole


def test_people_of_a_period_are_those_of_its_last_day(tiny: duckdb.DuckDBPyConnection) -> None:
    # 2023-12-31: C1 A B H, C2 I J, C3 C E F. The points of D, who left that day, count for nobody.
    found = rows(
        tiny,
        "SELECT a.area_code, p.communities, p.stewards, p.residents, p.party_stewards, p.members, p.earned "
        "FROM marts.people AS p JOIN facts.areas AS a ON a.area_no = p.community_no "
        "WHERE p.grain = 'quarter' AND p.period_start = '2023-10-01' AND p.dimension = '' ORDER BY 1",
    )
    assert found == [
        ("C1", 1, 3, 1, 2, 2, Decimal("34.5")),
        ("C2", 1, 2, 2, 0, 0, Decimal(0)),
        ("C3", 1, 3, 0, 0, 3, Decimal(57)),
    ]


def test_a_unit_counts_its_people_wherever_they_serve(tiny: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        tiny,
        "SELECT u.unit_id, q.headcount, q.points, q.without_points FROM marts.unit_quarters AS q "
        "JOIN facts.units AS u USING (unit_no) WHERE q.period_start = '2023-10-01' ORDER BY 1",
    )
    assert found == [
        ("U1", 2, Decimal(30), 1),
        ("U2", 1, Decimal(30), 0),
        ("U3", 1, Decimal(15), 0),
        ("U4", 1, Decimal(12), 0),
        ("U5", 0, Decimal(0), 0),
    ]


def test_overlapping_rows_count_in_both_units_but_once_in_the_district(tmp_path: Path) -> None:
    # The row of U1 was never closed: both units list A, the district has one person, at the place of the later row.
    records = {
        "areas": RECORDS["areas"],
        "units": RECORDS["units"],
        "stewards": """
            steward_id steward_number unit_id community_code joined_on
            A          2              U1      C1             2023-01-01
            A          2              U2      C2             2023-11-01
        """,
        "points": "entry_id steward_id occurred_at points kind\nP1 A 2023-10-05_09:00:00 8 打卡",
    }
    with transformed(tmp_path, records, "2023-12-31") as con:
        units = rows(
            con,
            "SELECT u.unit_id, q.headcount, q.points FROM marts.unit_quarters AS q JOIN facts.units AS u "
            "USING (unit_no) WHERE q.headcount > 0 ORDER BY 1",
        )
        assert units == [("U1", 1, Decimal(8)), ("U2", 1, Decimal(8))]
        people = rows(
            con,
            "SELECT a.area_code, p.stewards, p.earned FROM marts.people AS p "
            "JOIN facts.areas AS a ON a.area_no = p.community_no "
            "WHERE p.grain = 'quarter' AND p.dimension = '' AND p.stewards > 0",
        )
        assert people == [("C2", 1, Decimal(8))]


def test_a_mover_keeps_the_points_of_the_place_before(tiny: duckdb.DuckDBPyConnection) -> None:
    # F moved from C2 to C3 on 12-15: 8 points before, 4 after. December counts all 12 in C3, November nothing.
    found = rows(
        tiny,
        "SELECT p.period_start, a.area_code, p.earned FROM marts.people AS p "
        "JOIN facts.areas AS a ON a.area_no = p.community_no WHERE p.grain = 'month' AND p.dimension = '' "
        "AND a.area_code IN ('C2', 'C3') AND p.period_start IN ('2023-11-01', '2023-12-01') ORDER BY 1, 2",
    )
    assert found == [
        (date(2023, 11, 1), "C2", Decimal(0)),
        (date(2023, 11, 1), "C3", Decimal(-10)),  # C: deduction and correction
        (date(2023, 12, 1), "C2", Decimal(0)),
        (date(2023, 12, 1), "C3", Decimal(12)),
    ]


def test_times_between_the_steps_of_the_loop(tiny: duckdb.DuckDBPyConnection) -> None:
    # Routing: T1 2 h, T2 6 h, so the 10th percentile is 2 h + 0.1 x 4 h. Feedback: T1 only, 24 h after routing.
    # Closing: T1 48 h after feedback, T2 without feedback 8 days 18 h after routing.
    found = rows(
        tiny,
        "SELECT l.step, l.tasks, l.p10, l.p50, l.p90 FROM marts.loop_times AS l JOIN facts.areas AS a USING (area_no) "
        "WHERE l.grain = 'month' AND l.period_start = '2023-10-01' AND a.area_code = 'D' ORDER BY 1",
    )
    hour = 3600
    # T1 alone is published in October: claimed 25 h later, completed and verified a day later each.
    assert found == [
        ("claim", 1, 25 * hour, 25 * hour, 25 * hour),
        ("close", 2, (48 + 0.1 * 162) * hour, 129 * hour, (48 + 0.9 * 162) * hour),
        ("complete", 1, 24 * hour, 24 * hour, 24 * hour),
        ("feedback", 1, 24 * hour, 24 * hour, 24 * hour),
        ("route", 2, 2.4 * hour, 4 * hour, 5.6 * hour),
        ("verify", 1, 24 * hour, 24 * hour, 24 * hour),
    ]


def test_times_from_publication_to_the_first_verification_of_a_community(
    tiny: duckdb.DuckDBPyConnection,
) -> None:
    # T1 and T2 of C1, published in the third and the fourth quarter: claimed after 25 h and 74 h, by the first of
    # two claims; both completed a day later; verified after 24 h and 28 days.
    statement = (
        "SELECT l.step, l.tasks, l.p50 FROM marts.loop_times AS l JOIN facts.areas AS a USING (area_no) "
        "WHERE l.grain = 'year' AND l.period_start = '2023-01-01' AND a.area_code = '{}' "
        "AND l.step IN ('claim', 'complete', 'verify') ORDER BY 1"
    )
    hour = 3600
    expected = [("claim", 2, 49.5 * hour), ("complete", 2, 24 * hour), ("verify", 2, 348 * hour)]
    for area in ("C1", "S1", "D"):
        assert rows(tiny, statement.format(area)) == expected
    assert rows(tiny, statement.format("C2")) == []


def test_times_of_steps_are_percentiles_of_every_area_and_period(tmp_path: Path) -> None:
    # 80 tasks over three communities and a year; some are routed before they were accepted (a day without a time).
    lines = ["task_id category kind community_code published_at accepted_at routed_at"]
    for n in range(80):
        day = f"2022-{n % 12 + 1:02}-{n % 27 + 1:02}"
        routed = f"{day}_{7 + n % 11:02}:{n * 7 % 60:02}:{n % 60:02}"
        lines.append(f"T{n} 环境 派单 C{n % 3 + 1} {day}_08:00:00 {day}_08:00:00 {routed}")
    tasks = "\n".join(lines)
    expected = """
        SELECT p.period_no, a.ancestor_no AS area_no, count(*) AS tasks,
            quantile_cont(CAST(epoch(t.routed_at) - epoch(t.accepted_at) AS INTEGER), [0.1, 0.5, 0.9]) AS q
        FROM facts.tasks AS t
        JOIN facts.area_paths AS a ON a.area_no = t.community_no
        JOIN meta.periods AS p ON CAST(t.accepted_at AS DATE) BETWEEN p.first_day AND p.last_day AND p.grain <> 'all'
        GROUP BY p.period_no, a.ancestor_no
    """
    with transformed(tmp_path, {"areas": RECORDS["areas"], "tasks": tasks}, DATA_UNTIL) as con:
        counted = rows(
            con,
            "SELECT count(*), max(abs(l.tasks - e.tasks)), max(abs(l.p10 - e.q[1])), max(abs(l.p50 - e.q[2])), "
            "max(abs(l.p90 - e.q[3])) FROM marts.loop_times AS l "
            "JOIN meta.periods AS p ON p.grain = l.grain AND p.first_day = l.period_start "
            f"JOIN ({expected}) AS e ON e.period_no = p.period_no AND e.area_no = l.area_no WHERE l.step = 'route'",
        )[0]
        assert counted[0] == rows(con, f"SELECT count(*) FROM ({expected})")[0][0] > 60
        assert max(float(str(off)) for off in counted[1:]) < 1e-6
        assert rows(con, "SELECT min(p10) < 0 FROM marts.loop_times") == [(True,)]


def test_open_tasks_are_those_not_closed_with_their_claims(tiny: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        tiny,
        "SELECT o.task_id, o.title, a.area_code, o.claims FROM marts.open_tasks AS o "
        "JOIN facts.areas AS a ON a.area_no = o.community_no ORDER BY 1",
    )
    assert found == [("T3", "清渠", "C2", 0), ("T4", "走访", "C3", 0)]


def test_tasks_with_five_stars_are_counted_once(tiny: duckdb.DuckDBPyConnection) -> None:
    # L1 gave T1 five stars, L3 gave T2 three.
    found = rows(
        tiny,
        "SELECT CAST(sum(published) AS INTEGER), CAST(sum(verified) AS INTEGER), CAST(sum(five_star) AS INTEGER) "
        "FROM marts.publications WHERE grain = 'month' AND dimension = ''",
    )
    assert found == [(4, 2, 1)]


def test_tasks_are_gathered_into_cells(tmp_path: Path) -> None:
    # 0.005 degrees wide: 112.001 and 112.004 share the cell around 112.0025, 112.006 does not.
    tasks = """
        task_id category kind community_code published_at        closed_at           longitude latitude
        T1      环境     日常 C1             2024-01-02_08:00:00 2024-01-03_08:00:00 112.001   31.001
        T2      环境     日常 C1             2024-01-05_08:00:00 -                   112.004   31.004
        T3      环境     日常 C1             2024-01-05_08:00:00 -                   112.006   31.004
        T4      环境     日常 C1             2024-01-05_08:00:00 -                   -         -
        T5      停车     日常 C1             2024-01-05_08:00:00 -                   112.001   31.001
    """
    with transformed(tmp_path, {"areas": RECORDS["areas"], "tasks": tasks}, DATA_UNTIL) as con:
        found = rows(
            con,
            "SELECT category, round(longitude, 4), round(latitude, 4), tasks, closed FROM marts.task_cells ORDER BY 2, 1, 5 DESC",
        )
    assert found == [
        ("停车", 112.0025, 31.0025, 1, 0),
        ("环境", 112.0025, 31.0025, 1, 1),
        ("环境", 112.0025, 31.0025, 1, 0),
        ("环境", 112.0075, 31.0025, 1, 0),
    ]


# Data until is the end of 2024-02-29. A is of class 2, H of class 6; F of class 2 in both rows of the roster.
MAPPED = """
    task_id category kind community_code place published_at        closed_at           longitude latitude
    T1      环境     日常 C1             一栋  2024-02-27_00:00:00 -                   112.001   31.001
    T2      环境     日常 C1             一栋  2024-02-26_23:59:59 -                   112.002   31.003
    T3      环境     日常 C1             一栋  2023-09-05_08:00:00 2024-01-03_08:00:00 113.000   31.002
    T4      环境     日常 C1             -     2023-12-01_23:59:59 -                   112.0011  31.0011
    T5      环境     日常 C1             -     2023-12-02_00:00:00 -                   112.0019  31.0019
    T6      环境     日常 C2             一栋  2024-02-05_08:00:00 -                   112.101   31.001
    T7      环境     日常 C1             二栋  2024-02-05_08:00:00 -                   -         -
"""
CLAIMED = """
    claim_id task_id steward_id claimed_at
    L1       T1      A          2024-02-28_08:00:00
    L2       T1      F          2024-02-28_08:00:00
    L3       T1      H          2024-02-28_08:00:00
    L4       T3      H          2023-09-28_08:00:00
"""


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    records = {name: RECORDS[name] for name in ("areas", "units", "stewards")}
    folder = tmp_path_factory.mktemp("mapped")
    with transformed(folder, {**records, "tasks": MAPPED, "claims": CLAIMED}, DATA_UNTIL) as con:
        yield con


def test_tasks_on_the_map_have_an_age_while_they_are_open(mapped: duckdb.DuckDBPyConnection) -> None:
    for mart in ("task_cells", "task_places"):
        found = rows(
            mapped,
            f"SELECT coalesce(age, '-'), CAST(sum(tasks) AS INTEGER), CAST(sum(closed) AS INTEGER) FROM marts.{mart} "
            "GROUP BY 1 ORDER BY 1",
        )
        assert found == [
            ("-", 1, 1),
            ("0-2", 1, 0),
            ("3-6", 1, 0),
            ("30-89", 1, 0),
            ("7-29", 1, 0),
            ("90+", 1, 0),
        ], mart


def test_tasks_on_the_map_are_counted_once_in_each_class_that_claimed_them(
    mapped: duckdb.DuckDBPyConnection,
) -> None:
    sums = ", ".join(f"CAST(sum(class_{n}) AS INTEGER)" for n in range(1, 7))
    for mart in ("task_cells", "task_places"):
        found = rows(mapped, f"SELECT {sums}, CAST(sum(unclaimed) AS INTEGER) FROM marts.{mart}")
        assert found == [(0, 1, 0, 0, 0, 2, 4)], mart


def test_tasks_stand_at_their_places(mapped: duckdb.DuckDBPyConnection) -> None:
    # T3's coordinate is far off: the middle of three does not follow it. T4 and T5 share a square of a thousandth.
    found = rows(
        mapped,
        "SELECT a.area_code, s.place, round(s.longitude, 4), round(s.latitude, 4), "
        "(SELECT CAST(sum(p.tasks) AS INTEGER) FROM marts.task_places AS p WHERE p.spot_no = s.spot_no) "
        "FROM marts.task_spots AS s JOIN facts.areas AS a ON a.area_no = s.community_no ORDER BY s.spot_no",
    )
    assert found == [
        ("C1", "", 112.0015, 31.0015, 2),
        ("C1", "一栋", 112.002, 31.002, 3),
        ("C2", "一栋", 112.101, 31.001, 1),
    ]


def test_checkins_are_gathered_into_cells(tmp_path: Path) -> None:
    checkins = """
        checkin_id steward_id community_code checked_in_at       longitude latitude
        K1         A          C1             2024-01-02_08:00:00 112.001   31.001
        K2         A          C1             2024-01-31_23:59:59 112.004   31.004
        K3         A          C1             2024-02-01_00:00:00 112.004   31.004
    """
    with transformed(
        tmp_path,
        {
            "areas": RECORDS["areas"],
            "units": RECORDS["units"],
            "stewards": RECORDS["stewards"],
            "checkins": checkins,
        },
        DATA_UNTIL,
    ) as con:
        found = rows(
            con,
            "SELECT period_start, round(longitude, 4), round(latitude, 4), checkins FROM marts.checkin_cells ORDER BY 1",
        )
    assert found == [
        (date(2024, 1, 1), 112.0025, 31.0025, 2),
        (date(2024, 2, 1), 112.0025, 31.0025, 1),
    ]


def test_what_is_known_by_its_code_alone_is_not_counted(tmp_path: Path) -> None:
    # The loader's stand-ins: T1, A and M1 are named by others, but their own exports did not come.
    records = {
        "tasks": "task_id\nT1",
        "stewards": "steward_id\nA",
        "sites": "site_id\nM1",
        "claims": "claim_id task_id steward_id claimed_at\nL1 T1 A 2024-01-05_09:00:00",
        "points": "entry_id steward_id merchant_id occurred_at points kind\nP1 A M1 2024-01-05_09:00:00 5 兑换",
    }
    with transformed(tmp_path, records, DATA_UNTIL) as con:
        for mart in (
            "tasks",
            "publications",
            "closings",
            "task_cells",
            "task_places",
            "places",
            "people",
            "unit_people",
        ):
            assert rows(con, f"SELECT count(*) FROM marts.{mart}") == [(0,)], mart
        assert rows(con, "SELECT claims FROM marts.claims WHERE grain = 'day'") == [(1,)]
        merchants = rows(con, "SELECT code, spent FROM marts.points WHERE dimension = 'merchant'")
        assert merchants == [("M1", Decimal(5))]


def test_waves_are_in_the_order_in_which_they_were_held(tiny: duckdb.DuckDBPyConnection) -> None:
    assert rows(tiny, "SELECT wave, first_day FROM marts.waves ORDER BY first_day") == [
        ("2023下半年", date(2023, 11, 10)),
        ("2024上半年", date(2024, 2, 10)),
    ]


def test_the_same_records_make_the_same_marts(tmp_path: Path) -> None:
    found = []
    for run in ("one", "two"):
        (tmp_path / run).mkdir()
        with transformed(tmp_path / run, RECORDS, DATA_UNTIL, DISTRICT) as con:
            names = [
                row[0]
                for row in rows(
                    con, "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'marts' ORDER BY 1"
                )
            ]
            assert len(names) > 25
            found.append({name: rows(con, f"FROM marts.{name} ORDER BY ALL") for name in names})
    assert found[0] == found[1]
