"""The figures that the programme published, asked of the sample district at full size through the command line.

`figures.csv`: row of the programme, what it is, the command, which rows of its answer, which column, what is
expected: `= 108` exactly, `~ 0.862` when rounded to as many places, `> 0`, `0.69 .. 0.7` from (inclusive) to.
Columns may be a name, `sum <name>` or `rows`, their number.
"""

import csv
import re
import shlex
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import duckdb
import pytest

from tests.commands import command

pytestmark = pytest.mark.xdist_group("sample at full size")
FIGURES = Path(__file__).parent / "figures.csv"
PROGRAMME = [f"D{number}" for number in range(1, 17)]


def figures() -> list[dict[str, str]]:
    with FIGURES.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def answer(warehouse: Path, words: str) -> list[dict[str, str]]:
    """The rows that a command prints; rankings and measures are asked more than once."""
    return command(*shlex.split(words), "--warehouse", warehouse, "--csv").done().rows


def chosen(rows: list[dict[str, str]], where: str) -> list[dict[str, str]]:
    """The rows that meet the condition: column=text, column!=text, column^beginning; all without one."""
    if not where:
        return rows
    column, sign, text = re.fullmatch(r"(\w+)(!=|=|\^)(.*)", where).groups()
    if sign == "^":
        return [row for row in rows if row[column].startswith(text)]
    return [row for row in rows if (row[column] == text) == (sign == "=")]


def value(rows: list[dict[str, str]], column: str) -> float:
    if column == "rows":
        return len(rows)
    if column.startswith("sum "):
        return sum(float(row[column.removeprefix("sum ")]) for row in rows)
    (row,) = rows
    return float(row[column])


def meets(number: float, expected: str) -> bool:
    if ".." in expected:
        low, high = expected.split("..")
        return float(low) <= number <= float(high)
    sign, text = expected.split()
    if sign == "~":
        return round(number, len(text.partition(".")[2])) == float(text)
    return number > float(text) if sign == ">" else number == float(text)


@pytest.mark.parametrize(
    "figure", [pytest.param(row, id=f"{row['id']} {row['figure']}") for row in figures()]
)
def test_figure(full_warehouse: Path, figure: dict[str, str]) -> None:
    rows = chosen(answer(full_warehouse, figure["command"]), figure["where"])
    number = value(rows, figure["column"])
    assert meets(number, figure["expected"]), f"{number} is not {figure['expected']}"


def test_every_row_of_the_programme_has_figures() -> None:
    assert sorted({row["id"] for row in figures()}, key=PROGRAMME.index) == PROGRAMME


def test_d7_the_task_map_in_the_file_that_path_gives(full_warehouse: Path) -> None:
    """Open and done tasks by place, over the plain SQL that any DuckDB client can send."""
    path = command("path", "--warehouse", full_warehouse).done().out.strip()
    with duckdb.connect(path, read_only=True) as con:
        tasks, closed, communities = con.execute(
            "SELECT sum(tasks), sum(closed), count(DISTINCT community_no) FROM marts.task_cells "
            "WHERE period_start BETWEEN DATE '2023-01-01' AND DATE '2023-12-01'"
        ).fetchall()[0]
    assert 90_000 < tasks <= 96_000
    assert 0 < closed < tasks
    assert communities == 108


def test_d8_every_cadre_checks_in_twelve_times(full_warehouse: Path) -> None:
    path = command("path", "--warehouse", full_warehouse).done().out.strip()
    with duckdb.connect(path, read_only=True) as con:
        found = con.execute(
            "SELECT count(*), min(valid_checkins) FROM marts.unit_people "
            "WHERE grain = 'year' AND period_start = DATE '2023-01-01'"
        ).fetchall()
    assert found == [(1_700, 12)]


def test_d10_ranks_within_community_class_and_unit(full_warehouse: Path) -> None:
    """Competition ranks: as many as are better, plus one; counted here anew for all 21,536."""
    rows = answer(full_warehouse, "rank stewards --period 2023Q4")
    frames = {"community": "community_code", "number": "steward_number", "unit": "unit_id"}
    for frame, column in frames.items():
        points = defaultdict[str, list[float]](list)
        for row in rows:
            points[row[column]].append(float(row["points"]))
        first = {}
        for group, values in points.items():
            ordered = sorted(values, reverse=True)
            first[group] = {number: ordered.index(number) + 1 for number in set(values)}
        members = [row for row in rows if row[column]]
        assert len(members) >= 1_700
        for row in members:
            group = row[column]
            assert int(row[f"rank_in_{frame}"]) == first[group][float(row["points"])]
            assert int(row[f"of_{frame}"]) == len(points[group])
    assert all(row["name"].endswith("*") for row in rows)


def test_d11_medals_go_to_stars(full_warehouse: Path) -> None:
    rows = answer(full_warehouse, "measure honours --grain year --period 2023 --by kind")
    assert Counter({row["kind"]: int(row["value"]) for row in rows})["红管家之星"] == 2_152
    assert {row["kind"] for row in rows} == {"红管家之星", "金质", "银质", "铜质"}


def test_d13_scores_are_points_of_all_by_all(full_warehouse: Path) -> None:
    for row in answer(full_warehouse, "rank units --period 2023Q3"):
        assert float(row["score"]) == float(row["points"]) / int(row["headcount"])
        assert row["tier"] in ("优秀", "良好", "合格", "不合格")
        assert (row["tier"] == "不合格") == row["consequence"].endswith("ineligible")
