"""The table and the download of an explorer's answer."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pandas as pd

from dashboard import formats
from dashboard.board.explore import Asked, Explored
from dashboard.components.plain_table import Bar, Column
from dashboard.table_rows import rows_of
from dashboard.translations import _
from dashboard.wording.explore import left_out, period_name
from dashboard.wording.figures import is_share, metric_label, value_text
from pipelines.ranking import competition_ranks

LISTED, LISTED_ALONE = 20, 200


def table(found: Explored, by: str, alone: bool) -> tuple[str, str, list[Column], list[list[str | Bar]], str]:
    """Title, subtitle, columns, rows and note: what `measure` answers, newest period first; longer when `alone`."""
    asked, frame = found.asked, found.frame
    columns = [Column(_("Rank"), "r nw")] if is_ranked(asked) else []
    columns += [Column(_("Period"), "nw")] if asked.by is None or asked.period is None else []
    columns += [Column(by)] if asked.by is not None else []
    columns += [Column(metric_label(asked.metric))]
    ratio, survey = asked.metric.denominator is not None, asked.metric.kind == "survey"
    columns += [Column(_("Numerator / denominator"), "r nw mid")] if ratio and not survey else []
    columns += [Column(_("95% interval"), "r nw"), Column("n", "r")] if survey else []
    periods = frame["period"].tolist()
    newest = {key: -n for n, key in enumerate(dict.fromkeys(periods))}
    order = sorted(range(len(periods)), key=lambda place: newest[periods[place]])
    ranks = _ranks(frame.take(order), asked) if is_ranked(asked) else []
    listed = frame.take(order[: LISTED_ALONE if alone else LISTED])
    rows = [_row(row, found) for row in rows_of(listed)]
    rows = [[rank, *row] for rank, row in zip(ranks, rows, strict=False)] if ranks else rows
    title = _("{count} rows").format(count=formats.integer(len(frame)))
    return (
        title,
        _("As the command steward measure gives them"),
        columns,
        rows,
        left_out(len(frame) - len(rows)),
    )


def is_ranked(asked: Asked) -> bool:
    """One period, by a dimension, and no survey: there intervals decide, not places."""
    return asked.by is not None and asked.period is not None and asked.metric.kind != "survey"


def _ranks(frame: pd.DataFrame, asked: Asked) -> list[str]:
    """Competition ranks over exact values, best first; highest first where neither end is better."""
    sign = -1 if asked.metric.better == "down" else 1
    scores = [
        sign * (Fraction(value) if formats.is_missing(base) else Fraction(number) / Fraction(base))
        for value, number, base in frame[["value", "numerator", "denominator"]]
        .astype(float)
        .to_numpy()
        .tolist()
    ]
    return [formats.rank(one.rank, one.tied) if one else formats.NOTHING for one in competition_ranks(scores)]


def _row(row: Mapping[Any, Any], found: Explored) -> list[str | Bar]:
    asked = found.asked
    value = float(row["value"])
    words = formats.percent_number(value) if is_share(asked.metric) else value_text(asked.metric, value)
    cells: list[str | Bar] = []
    if asked.by is None or asked.period is None:
        running = row["period"] == found.running
        name = period_name(str(row["period"]), asked.grain)
        cells.append(_("{period} (running)").format(period=name) if running else name)
    if asked.by is not None:
        cells.append(str(row[f"{asked.by}_name"]))
    cells.append(Bar(max(value, 0.0), words, "deep"))
    if asked.metric.kind == "survey":
        cells += [formats.interval(row["low"], row["high"]), formats.integer(row["n"])]
    elif asked.metric.denominator is not None:
        cells.append(formats.fraction(row["numerator"], row["denominator"]))
    return cells


def download(found: Explored, by: str) -> dict[str, pd.DataFrame]:
    """Exactly the rows of the answer, unrounded."""
    asked = found.asked
    headers = {
        "period": _("Period"), asked.by or "": _("Code"), f"{asked.by}_name": by, "value": metric_label(asked.metric),
        "numerator": _("Numerator"), "denominator": _("Denominator"), "n": "n", "low": _("Lower bound"),
        "high": _("Upper bound"),
    }  # fmt: skip
    kept = [column for column in headers if column in found.frame and not found.frame[column].isna().all()]
    return {metric_label(asked.metric): found.frame[kept].rename(columns=headers)}
