"""Dirty rows, as people type them: late entries added by hand, each with one thing wrong.

Every dirty row is an extra one: a copy of a good row under a code of its own, so that the good rows
stay complete whatever is rejected.
"""

import numpy as np
import pyarrow as pa

from pipelines.sample.writing import Line, cells

# A late entry keeps the code of the row it was copied from, with this mark behind it.
MARK = "-补"
_SHARE = 0.001

_LONG_AGO = "2019-01-05 08:00:00"
_NOBODY, _NOWHERE, _NO_TASK = "6Q9990101-001", "Q999", "T999999999"

# export → what is typed wrong, one dictionary of cells to a row.
_WRONG: dict[str, list[dict[str, str]]] = {
    "areas": [{"parent_code": _NOWHERE}, {"level": "小组"}],
    "stewards": [
        {"steward_number": "7"}, {"name": ""}, {"community_code": _NOWHERE}, {"joined_on": "2021年13月5日"},
        {"left_on": "2019-03-01"}, {"party_member": "群众"}, {"unit_id": "D999"},
    ],
    "tasks": [
        {"published_at": "2023-02-30 09:00:00"}, {"category": ""}, {"kind": "其他任务"}, {"community_code": _NOWHERE},
        {"longitude": "30.93", "latitude": "112.86"}, {"closed_at": _LONG_AGO}, {"points": "十分"},
        {"published_at": "2032-06-01 09:00:00", "closed_at": ""}, {"difficulty": "中"}, {"due_at": "三天内"},
    ],
    "claims": [
        {"claimed_at": ""}, {"task_id": _NO_TASK}, {"steward_id": _NOBODY}, {"verdict": "待定"}, {"stars": "6"},
        {"completed_at": _LONG_AGO}, {"claimed_at": "昨天下午"}, {"completed_at": "2203-05-01 10:00:00"},
    ],
    "points": [
        {"steward_id": _NOBODY}, {"points": "12.5分"}, {"points": "12000"}, {"kind": ""}, {"kind": "其他"},
        {"occurred_at": "2023-09-31 10:00:00"}, {"task_id": _NO_TASK}, {"occurred_at": "2032-01-01 10:00:00"},
        {"points": ""},
    ],
    "checkins": [
        {"longitude": ""}, {"latitude": "309.3"}, {"community_code": _NOWHERE}, {"longitude": "112.86E"},
        {"checked_in_at": "上午"}, {"steward_id": _NOBODY},
    ],
    "wishes": [
        {"adopted_at": _LONG_AGO}, {"small_kind": "小心愿"}, {"category": ""}, {"adopter_id": _NOBODY},
        {"collected_at": "2023-00-12 10:00:00"},
    ],
    "satisfaction": [
        {"answer": "还行"}, {"weight": "-1"}, {"community_code": _NOWHERE}, {"topic": ""}, {"surveyed_on": "六月"},
    ],
    "safety": [{"answer": "一般"}, {"community_code": ""}, {"surveyed_on": "2023-06-31"}, {"wave": ""}],
    "activities": [
        {"participants": "约30"}, {"unit_id": "D999"}, {"participants": "-5"}, {"held_on": "待定"}, {"kind": ""},
    ],
    "meetings": [{"kind": "联席会"}, {"attendees": "四十"}, {"community_code": _NOWHERE}, {"held_on": ""}],
    "honours": [{"steward_id": _NOBODY}, {"kind": "标兵"}, {"awarded_on": "年底"}],
    "sites": [{"kind": "活动室"}, {"longitude": "0"}, {"name": ""}],
    "projects": [{"finished_on": "2019-12-31"}, {"quantity": "若干"}],
}  # fmt: skip
_BROKEN = 8
# Exports whose key column is missing now and then, instead of marked.
_KEYLESS = {"tasks", "claims", "points"}


def dirty_lines(
    rng: np.random.Generator, export: str, table: pa.Table, delimiter: str, *, every_kind: bool, stray: bool
) -> list[Line]:
    """Dirty rows for one file: about one in a thousand, or one of every kind; `stray` adds broken lines."""
    wrong = _WRONG.get(export, [])
    count = int(rng.binomial(table.num_rows, _SHARE)) if wrong else 0
    recipes = [wrong[n] for n in rng.integers(0, max(1, len(wrong)), count)]
    if every_kind:
        recipes = list(wrong)
    if export in _KEYLESS and recipes:
        recipes.append({table.column_names[0]: ""})
    broken = _BROKEN if stray else 0
    wanted = min(len(recipes) + broken, table.num_rows)
    rows = np.sort(rng.choice(table.num_rows, wanted, replace=False)).tolist() if wanted else []
    lines = []
    for n, (row, fields) in enumerate(zip(rows, cells(table, rows), strict=True)):
        named = dict(zip(table.column_names, fields, strict=True))
        key = table.column_names[0]
        named[key] += MARK
        if n < len(recipes):
            named |= recipes[n]
            lines.append(Line(row, delimiter.join(named.values())))
        else:
            lines.append(_broken_line(row, list(named.values()), n - len(recipes), delimiter))
    return lines


def quoted_lines(rng: np.random.Generator, table: pa.Table, column: str, delimiter: str) -> list[Line]:
    """Good rows that need quotes: a delimiter, a quotation mark or a line end inside a text."""
    rows = np.sort(rng.choice(table.num_rows, min(3, table.num_rows), replace=False)).tolist()
    endings = (f"{delimiter}请尽快办理", '（居民称""很急""）', "\n（共三处）")
    lines = []
    for ending, row, fields in zip(endings, rows, cells(table, rows), strict=False):
        at = table.column_names.index(column)
        lines.append(
            Line(row, delimiter.join([*fields[:at], f'"{fields[at]}{ending}"', *fields[at + 1 :]]), True)
        )
    return lines


def _broken_line(row: int, fields: list[str], n: int, delimiter: str) -> Line:
    """A field too many, too few, a quote that is never closed, or text pasted from another encoding."""
    if n % 4 == 0:
        fields = [*fields, "备注"]
    elif n % 4 == 1:
        fields = fields[:-2]
    elif n % 4 == 2:
        fields = [fields[0], f'"{fields[1]}', *fields[2:]]
    return Line(row, delimiter.join(fields), pasted=n % 4 == 3)
