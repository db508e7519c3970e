"""Real builds of the tiny district through the command line, and what stands in the version they publish."""

import csv
import io
import shutil
from collections.abc import Iterable
from pathlib import Path

from pipelines.warehouse import Warehouse
from tests.commands import Outcome, command
from tests.pipelines import toy_warehouse

TINY = Path(__file__).parents[1] / "tiny_district"
SAMPLE = Path(__file__).parents[2] / "sample_data"
EXPORTS = TINY / "exports"
DISTRICT = TINY / "district.toml"

Tables = dict[str, list[tuple[object, ...]]]


def build(inbox: Path, warehouse: Path, *options: str | Path, district: Path = DISTRICT) -> Outcome:
    return command("build", inbox, "--warehouse", warehouse, "--district", district, *options)


def exports(but: Iterable[str] = ()) -> dict[str, str]:
    """The exports of the tiny district by file name, without those whose names begin so."""
    found = {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted(EXPORTS.iterdir())
        if not path.name.startswith(tuple(but))
    }
    assert found
    return found


def write(inbox: Path, files: dict[str, str], encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """These exports as files; `encoding` begins with "bom " where a byte order mark goes first."""
    inbox.mkdir(parents=True, exist_ok=True)
    marked, _, codec = encoding.rpartition(" ")
    for name, text in files.items():
        if delimiter != ",":
            text = delimited(text, delimiter)
        (inbox / name).write_bytes((("\ufeff" if marked else "") + text).encode(codec))
    return inbox


def delimited(text: str, delimiter: str) -> str:
    """The same records with another delimiter."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(csv.reader(io.StringIO(text)))
    return out.getvalue()


def tables(warehouse: Path, *schemas: str) -> Tables:
    """Every row of every table of these schemas (default: all) of the current version, private ones as well."""
    with Warehouse(warehouse).open(private=True) as con:
        names = con.execute(
            "SELECT database_name, schema_name, table_name FROM duckdb_tables() ORDER BY ALL"
        ).fetchall()
        return {
            f"{schema if catalog != 'private' else catalog}.{table}": con.execute(
                f'FROM "{catalog}"."{schema}"."{table}" ORDER BY ALL'
            ).fetchall()
            for catalog, schema, table in names
            if not schemas or (schema if catalog != "private" else catalog) in schemas
        }


def state_of(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Everything in a folder: names, times and bytes; nothing when it is not there."""
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def copy_of(warehouse: Path, target: Path) -> Path:
    """A warehouse of one's own to do harm to."""
    shutil.copytree(warehouse, target)
    return target


def publish_toy(warehouse: Path) -> None:
    """What the next build does to the warehouse around its version: lock, clear, publish; for a tenth of a build."""
    toy_warehouse.build(Warehouse(warehouse))


def current(warehouse: Path) -> str:
    """The version that serves."""
    version = command("status", "--warehouse", warehouse, "--json").done().json["version"]
    assert isinstance(version, str)
    return version
