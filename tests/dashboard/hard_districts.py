"""Districts that are hard to draw: 150 units, one unit, no lines, praise only, no boundaries, a single month."""

import csv
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path

Rows = list[list[str]]


def many_units(inbox: Path, folder: Path) -> None:
    """150 units in six groups; everybody on the roster belongs to one, so that all of them are ranked."""
    _copied(inbox, folder)
    units = [
        [f"X{n:03d}", f"第{n}单位" + "名" * (n % 7 * 9), "机关", f"第{n % 6}组" + "长" * (n % 6 * 8), "", ""]
        for n in range(150)
    ]
    _changed(folder, "单位", lambda rows: [rows[0], *units])
    _changed(folder, "红管家", lambda rows: _with_units(rows, [unit[0] for unit in units]))


def one_unit(inbox: Path, folder: Path) -> None:
    """The first unit alone."""
    _copied(inbox, folder)
    _changed(folder, "单位", lambda rows: rows[:2])


def no_units(inbox: Path, folder: Path) -> None:
    """No export of units, and nothing to draw areas with but their points."""
    _copied(inbox, folder, without=("单位", "boundaries"))


def one_month(inbox: Path, folder: Path) -> None:
    """What had come by the end of the first month."""
    _copied(inbox, folder, without=("_202308", "_202309"))


def without_lines(inbox: Path, folder: Path) -> None:
    """No score lines in force: ranks without tiers."""
    _copied(inbox, folder)
    _settings(folder, lambda text: re.sub(r"\[\[score_lines\]\][^\[]*", "", text))


def praise_only(inbox: Path, folder: Path) -> None:
    """Last places are not shown."""
    _copied(inbox, folder)
    _settings(folder, lambda text: text.replace("[tiers]", "[tiers]\npraise_only = true"))


def demanding_survey(inbox: Path, folder: Path) -> None:
    """No subdistrict has enough answers."""
    _copied(inbox, folder)
    _settings(folder, lambda text: text.replace("minimum_n = 30", "minimum_n = 400"))


def long_names(inbox: Path, folder: Path) -> None:
    """Areas and units with names of 200 characters; a second subdistrict fulfils no wish, so that it is asked about."""
    _copied(inbox, folder)
    _changed(folder, "区划", lambda rows: _renamed(_parted(rows)))
    _changed(folder, "单位", _renamed)
    _changed(folder, "微心愿", lambda rows: [[*row[:-1], ""] if _is_parted(row[1]) else row for row in rows])


def _renamed(rows: Rows) -> Rows:
    letters = ("很", "W", "</div></span><script>alert(1)</script>", "名称很长的街道办事处", "长 名 ")
    return [
        rows[0],
        *([row[0], f"{letters[n % 5] * 199}"[:199] + f"{n}", *row[2:]] for n, row in enumerate(rows[1:])),
    ]


def _parted(rows: Rows) -> Rows:
    """Half of the communities are given to a second subdistrict."""
    second = [["Q1", *row[1:]] for row in rows if row[0] == "Q2"]
    return [
        *([*row[:3], "Q1", *row[4:]] if row[3] == "Q2" and _is_parted(row[0]) else row for row in rows),
        *second,
    ]


def _is_parted(community: str) -> bool:
    return community[-1] in "13579"


def _copied(inbox: Path, folder: Path, without: tuple[str, ...] = ()) -> None:
    folder.mkdir()
    for path in inbox.iterdir():
        if not any(part in path.name for part in without):
            (folder / path.name).write_bytes(path.read_bytes())


def _changed(folder: Path, export: str, change: Callable[[Rows], Rows]) -> None:
    paths = list(folder.glob(f"{export}*.csv"))
    assert paths
    for path in paths:
        out = StringIO()
        csv.writer(out).writerows(change(list(csv.reader(StringIO(path.read_bytes().decode("utf-8-sig"))))))
        path.write_text(out.getvalue(), "utf-8")


def _with_units(rows: Rows, codes: list[str]) -> Rows:
    column = rows[0].index("单位编码")
    for n, row in enumerate(rows[1:]):
        row[column] = codes[n % len(codes)]
    return rows


def _settings(folder: Path, change: Callable[[str], str]) -> None:
    path = folder / "district.toml"
    before = path.read_text("utf-8")
    after = change(before)
    assert after != before
    path.write_text(after, "utf-8")
