"""Catalogue = warehouse = data dictionary: what is declared stands in a built version, and nothing else does."""

import re
import shutil
import tempfile
from pathlib import Path

import duckdb
import pytest

from pipelines.metrics import load_dimensions, load_metrics
from pipelines.reasons import Reason
from pipelines.sources import load_exports
from pipelines.warehouse import Warehouse
from tests.commands import command

ROOT = Path(__file__).parents[1]
SQL = ROOT / "pipelines" / "sql"
DICTIONARY = (ROOT / "sample_data" / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def columns(tiny_warehouse: Path) -> dict[str, set[str]]:
    """Columns of every table of a built version."""
    found: dict[str, set[str]] = {}
    with Warehouse(tiny_warehouse).open() as con:
        for schema, table, column in con.execute(
            "SELECT schema_name, table_name, column_name FROM duckdb_columns() WHERE NOT internal"
        ).fetchall():
            found.setdefault(f"{schema}.{table}", set()).add(column)
    return found


def stems(folder: str, suffix: str = "sql") -> set[str]:
    found = {path.stem for path in (ROOT / "pipelines" / folder).glob(f"*.{suffix}")}
    assert found
    return found


def test_every_metric_stands_on_columns_of_the_built_warehouse(columns: dict[str, set[str]]) -> None:
    for metric in load_metrics().values():
        named = f"{metric.numerator} {metric.denominator or ''} {metric.name_suffix or ''}"
        wanted = set(re.findall(r"[a-z_]+", named))
        if metric.kind == "survey":
            wanted.add("weight_squares")
        assert wanted <= columns[f"marts.{metric.mart}"], metric.name
    for dimension in load_dimensions().values():
        if dimension.lookup is not None:
            assert {dimension.lookup.code, "name"} <= columns[dimension.lookup.table], dimension.name


def test_the_command_tells_the_whole_catalogue() -> None:
    told = {row["metric"]: row for row in command("metrics", "--csv").done().rows}
    metrics = load_metrics()
    assert list(told) == list(metrics)
    for name, row in told.items():
        metric = metrics[name]
        assert row["definition"] == metric.definition
        assert row["grains"].split() == list(metric.grains)
        assert row["dimensions"].split() == list(metric.dimensions)
        assert {row["better"], row["kind"], row["format"]} == {metric.better, metric.kind, metric.format}


def test_every_export_has_a_fact_with_all_its_columns_but_personal_ones(
    columns: dict[str, set[str]],
) -> None:
    assert set(load_exports()) == stems("sources", "toml")
    for export in load_exports().values():
        fact = columns[f"facts.{export.name}"]
        for column in export.columns:
            numbered = column.references is not None
            name = column.surrogate if numbered else column.name
            if column.personal:
                assert name not in fact, f"{export.name}.{name}"
            else:
                assert name in fact, f"{export.name}.{name}"


def test_every_table_is_declared_and_every_declared_table_is_there(columns: dict[str, set[str]]) -> None:
    tables = {name for name in columns if name.startswith(("facts.", "marts."))}
    declared = {f"facts.{name}" for name in stems("sql/facts")} | {
        f"marts.{name}" for name in stems("sql/marts")
    }
    written_by_python = {
        "facts.boundaries",
        "marts.frame_places",
        "marts.frames",
        "marts.loop_times",
        "marts.task_spots",
        "marts.unit_stability",
    }
    assert tables - declared == written_by_python
    assert declared - tables == set()


def test_every_mart_is_asked_by_somebody(columns: dict[str, set[str]]) -> None:
    """A table that no metric, no query and no other table reads would be dead weight in every version."""
    asked = {f"marts.{metric.mart}" for metric in load_metrics().values()}
    sources = [*(ROOT / "pipelines").rglob("*.py"), *(ROOT / "dashboard").rglob("*.py"), *SQL.rglob("*.sql")]
    for path in sources:
        text = path.read_text(encoding="utf-8")
        own = f"marts.{path.stem}" if path.parent.name == "marts" else ""
        # The header names what a file needs; that is a use, too.
        asked |= {name for name in re.findall(r"marts\.[a-z_]+", text) if name != own}
    assert {name for name in columns if name.startswith("marts.")} - asked == set()


def test_every_check_and_reason_stands_in_the_dictionary() -> None:
    findings = set(re.findall(r"^\| `([a-z_]+)` \|", DICTIONARY.split("\n## 疑点\n")[1], re.MULTILINE))
    in_python = set(re.findall(r'"([a-z_]+)"', (ROOT / "pipelines" / "checks.py").read_text("utf-8")))
    assert stems("sql/checks") <= findings
    assert findings - stems("sql/checks") <= in_python
    assert {f"| `{reason.value}` |" in DICTIONARY for reason in Reason} == {True}


def test_no_name_and_no_telephone_number_stands_in_the_public_file(tiny_warehouse: Path) -> None:
    """Every text of every table is looked at; the private file proves that the search would find them."""
    path = Path(command("path", "--warehouse", tiny_warehouse).done().out.strip())
    personal = re.compile(r"赵一|何子|王大|138000000\d\d")
    assert [text for text in texts(path) if personal.search(text)] == []
    found = {text for text in texts(path.with_suffix(".private.duckdb")) if personal.search(text)}
    assert {"赵一", "何子", "13800000001"} <= found


def texts(path: Path) -> list[str]:
    # A copy: in one process DuckDB opens a file with one set of settings, and a board may have it open.
    with (
        tempfile.TemporaryDirectory() as folder,
        duckdb.connect(shutil.copy(path, folder), read_only=True) as con,
    ):
        tables = con.execute("SELECT schema_name, table_name FROM duckdb_tables()").fetchall()
        return [
            str(value)
            for schema, table in tables
            for row in con.execute(f'FROM "{schema}"."{table}"').fetchall()
            for value in row
        ]
