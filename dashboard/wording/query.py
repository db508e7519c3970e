"""Sentences and records of the analyst's query."""

import pandas as pd

from dashboard import formats
from dashboard.board.query import Outcome
from dashboard.components.headline import Head
from dashboard.components.plain_table import Bar, Column
from dashboard.translations import _
from pipelines.analyst_sql import SqlLimits

LISTED = 100
COLUMNS = 12
EXAMPLE = """SELECT a.name, sum(w.collected) AS collected, sum(w.fulfilled) AS fulfilled
FROM marts.wishes AS w
JOIN facts.areas AS a ON a.area_no = w.community_no
WHERE w.grain = 'month' AND w.dimension = ''
GROUP BY a.name
ORDER BY collected - fulfilled DESC
LIMIT 20"""
FIRST_TABLE = "marts.wishes"
_NUMBERS = ("INT", "DECIMAL", "DOUBLE", "FLOAT")


def relieved() -> Head:
    """What to say in burden relief."""
    return (
        _("Burden relief: no queries of one's own"),
        _(
            "The district's settings (burden_relief in district.toml) hide check-in counts everywhere, and a query could show them."
        ),
    )


def title(outcome: Outcome | None) -> str:
    """How many rows came back, or that nothing ran."""
    if outcome is None:
        return _("Ask the warehouse in SQL, reading only")
    if outcome.answer is None:
        return _("The query was refused")
    count = formats.integer(len(outcome.answer.frame))
    if outcome.answer.more:
        return _("More than {count} rows, the first {count} are here").format(count=count)
    return _("The query gives {count} rows").format(count=count)


def standfirst(limits: SqlLimits) -> str:
    """What a statement may do and how far it may go."""
    return _(
        "One SELECT at a time, on public data without names; at most {seconds} seconds, {memory} MB and {rows} rows. It runs on the button only."
    ).format(seconds=limits.seconds, memory=formats.integer(limits.memory), rows=formats.integer(limits.rows))


def table_labels(tables: pd.DataFrame) -> dict[str, str]:
    """Table → its name with its rows."""
    return {
        str(name): _("{table} ({count} rows)").format(table=name, count=formats.integer(size))
        for name, size in tables[["name", "size"]].to_numpy()
    }


def schema_table(columns: pd.DataFrame, table: str) -> tuple[str, str, list[Column], list[list[str | Bar]]]:
    """Title, subtitle, columns and rows of the schema browser."""
    found: list[list[str | Bar]] = [
        [str(name), str(kind)] for name, kind in columns[["name", "type"]].to_numpy()
    ]
    title = _("{table}: {count} columns").format(table=table, count=len(columns))
    return title, _("facts: single records; marts: sums; meta: files and rules"), [Column(_("Column")), Column(_("Type"), "mute")], found  # fmt: skip


def result_table(outcome: Outcome) -> tuple[str, str, list[Column], list[list[str | Bar]], str]:
    """Title, subtitle, columns, rows and note of what came back."""
    if outcome.answer is None:
        return outcome.refusal, "", [], [], ""
    frame, types = outcome.answer.frame, outcome.answer.types
    shown = frame.iloc[:LISTED, :COLUMNS]
    columns = [Column(str(name), "r" if types[name].startswith(_NUMBERS) else "") for name in shown.columns]
    table: list[list[str | Bar]] = [[_cell(value) for value in row] for row in shown.to_numpy().tolist()]
    notes = []
    if len(frame) > LISTED:
        notes.append(
            _("{count} more rows in the download").format(count=formats.integer(len(frame) - LISTED))
        )
    if frame.shape[1] > COLUMNS:
        notes.append(_("{count} more columns in the download").format(count=frame.shape[1] - COLUMNS))
    subtitle = _("As the database gives them, nothing rounded")
    return title(outcome), subtitle, columns, table, _("; ").join(notes)


def _cell(value: object) -> str:
    return formats.NOTHING if value is None else str(value)


def download(outcome: Outcome | None) -> dict[str, pd.DataFrame]:
    """Every row and column that came back."""
    if outcome is None or outcome.answer is None:
        return {_("Query"): pd.DataFrame()}
    return {_("Query"): outcome.answer.frame}
