"""Reads the exports of a sample without the loader: clean rows only, the last record of each key, as text.

Dirty rows carry a mark behind their key, have no key or are in a foreign encoding; they are dropped here by
that, and a test of its own proves that exactly these rows are the dirty ones.
"""

import io
import re
from collections import defaultdict
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.csv

MARK = "-补"
FOREIGN = "\ufffd"
ENGLISH = {"honour_id": "荣誉编号", "steward_id": "红管家编号", "kind": "类型", "awarded_on": "日期"}
KEYS = {"红管家": ["红管家编号", "加入日期"], "上级通报": ["期次", "指标", "区划编码"]}


def exports_in(folder: Path) -> list[Path]:
    """The export files of a folder, by name."""
    return sorted(path for path in folder.iterdir() if path.suffix in (".csv", ".tsv"))


def text_of(path: Path) -> str:
    """The text of a file in whatever encoding it is, with LF; foreign lines keep replacement marks."""
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16").replace("\r\n", "\n")
    text = data.decode("utf-8-sig", errors="replace")
    if text.count(FOREIGN) > len(text) // 100:
        text = data.decode("gb18030")
    return text.replace("\r\n", "\n")


def delimiter_of(header: str) -> str:
    """The delimiter of a header line."""
    return max(",;\t", key=header.count)


def split_lines(path: Path) -> tuple[str, list[str], list[str]]:
    """Header, clean lines and dirty lines of a file; title, total and repeated header belong to neither."""
    lines = text_of(path).rstrip("\n").split("\n")
    if delimiter_of(lines[0]) not in lines[0]:
        lines.pop(0)
    header, mark = lines[0], delimiter_of(lines[0])
    clean: list[str] = []
    dirty: list[str] = []
    for line in lines[1:]:
        if MARK in line or FOREIGN in line or line.startswith(mark):
            dirty.append(line)
        elif line != header and not line.startswith("合计"):
            clean.append(line)
    return header, clean, dirty


def export_date(path: Path) -> str:
    """The date in the name of an export file."""
    found = re.search(r"_(\d{8})", path.name)
    assert found, path.name
    return found.group(1)


def read_exports(folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection with one table per export, named by its Chinese label, all columns text."""
    con = duckdb.connect()
    files = defaultdict(list)
    for path in exports_in(folder):
        files[path.name.split("_")[0]].append(path)
    for label, paths in files.items():
        tables = [_table(path, order) for order, path in enumerate(sorted(paths, key=export_date))]
        everything = pa.concat_tables(tables, promote_options="default")
        con.register("everything", everything)
        key = ", ".join(f'"{name}"' for name in KEYS.get(label, everything.column_names[:1]))
        voided = "作废 IS DISTINCT FROM '是'" if "作废" in everything.column_names else "true"
        con.execute(
            f"CREATE TEMP TABLE again AS SELECT {key} FROM everything GROUP BY ALL HAVING count(*) > 1;"
            f'CREATE TABLE "{label}" AS SELECT * EXCLUDE (_file, _row) FROM ('
            f"SELECT * FROM everything ANTI JOIN again USING ({key}) UNION ALL "
            f"SELECT * FROM (SELECT * FROM everything SEMI JOIN again USING ({key}) "
            f"QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY _file DESC, _row DESC) = 1)"
            f") WHERE {voided}; DROP TABLE again"
        )
        con.unregister("everything")
    return con


def _table(path: Path, order: int) -> pa.Table:
    header, lines, _ = split_lines(path)
    mark = delimiter_of(header)
    names = [ENGLISH.get(name, name) for name in header.split(mark)]
    body = "\n".join([mark.join(names), *lines]) + "\n"
    if "年" in lines[0]:
        body = re.sub(r"(\d{4})年(\d\d)月(\d\d)日", r"\1-\2-\3", body)
    table = pyarrow.csv.read_csv(
        io.BytesIO(body.encode()),
        parse_options=pyarrow.csv.ParseOptions(delimiter=mark, newlines_in_values='"' in body),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True, null_values=[""]
        ),
    )
    place = pa.array(range(table.num_rows), pa.int64())
    return table.append_column("_file", pa.array([order] * table.num_rows)).append_column("_row", place)
