"""The annex tables 附表: everything the text says stands in one of them, as it is displayed."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from dashboard import formats
from dashboard.report.content_facts import COUNTS, RATES, Facts, Rows, is_behind
from dashboard.report.content_figures import Item
from dashboard.report.content_unit_tables import unit_tables, without_empty
from dashboard.report.model import Cell, Column, Table

NUMBER = Column("序号", "integer")
_TOTAL = "全区"
# A rate that falls by less than half a percentage point from month to month is not called a problem.
NOTICED = 0.005
_BASE = (
    Column("应办结（件）", "integer"),
    Column("按时办结（件）", "integer"),
    Column("按时办结率", "percent"),
)
_GAP = Column("与全区相差（百分点）", "points")
_STEPS = (
    ("feedback_at", "待办结"),
    ("supervised_at", "待反馈"),
    ("routed_at", "待督办"),
    ("accepted_at", "待分流"),
)


def tables(facts: Facts) -> tuple[Table, ...]:
    """All tables that have a row, in the order in which the text calls them."""
    makers: Sequence[Callable[[Facts], Iterable[Table]]] = (
        _counts, _rates, _surveys, _breakdowns, unit_tables, _lowest, _due, _survey_areas,
    )  # fmt: skip
    return tuple(table for maker in makers for table in maker(facts) if table.rows)


def _counts(facts: Facts) -> Iterable[Table]:
    now, before, earlier = _heads(facts)
    columns = (
        NUMBER, Column("指标"), Column(now, "integer"), Column(before, "integer"), Column("环比", "change"),
        Column(earlier, "integer"), Column("同比", "change"),
    )  # fmt: skip
    items = [facts.items[name] for name in COUNTS if name in facts.items]
    rows: list[tuple[Cell, ...]] = [("社区（村）（个）", facts.communities, None, None, None, None)]
    rows += [
        (
            f"{item.label}（{item.suffix}）", item.value, item.vs_previous.before, item.vs_previous.difference,
            item.vs_last_year.before, item.vs_last_year.difference,
        )
        for item in items
        if item.value is not None
    ]  # fmt: skip
    yield Table("counts", "主要指标（数量）", columns, _numbered(rows))


def _rates(facts: Facts) -> Iterable[Table]:
    now, before, earlier = _heads(facts)
    columns = (
        NUMBER, Column("指标"), Column("分母", "integer"), Column("分子", "integer"), Column(now, "percent"),
        Column(before, "percent"), Column("环比（百分点）", "points"), Column(earlier, "percent"),
        Column("同比（百分点）", "points"),
    )  # fmt: skip
    items = [facts.items[name] for name in RATES if name in facts.items]
    items = [item for item in items if item.value is not None]
    marked = frozenset(place for place, item in enumerate(items) if fell(item, facts))
    rows = [
        (
            item.label, item.now.denominator, item.now.numerator, item.value, item.vs_previous.before,
            item.vs_previous.difference, item.vs_last_year.before, item.vs_last_year.difference,
        )
        for item in items
    ]  # fmt: skip
    yield Table("rates", "主要指标（率）", columns, _numbered(rows), marked)


def fell(item: Item, facts: Facts) -> bool:
    """Whether a rate that should be high is lower than in the month before, noticeably and by more than chance.

    Not of what is still being dealt with: it will rise by itself.
    """
    change = item.vs_previous
    if item.metric.better != "up" or change.difference is None or item.name in facts.maturing:
        return False
    return change.sure and change.difference <= -NOTICED


def _heads(facts: Facts) -> tuple[str, str, str]:
    """Of a running month all columns count the same first days."""
    days = "" if facts.days is None else f"前{facts.days}天"
    return f"本月{days}", f"上月{days}", f"上年同月{days}"


def _surveys(facts: Facts) -> Iterable[Table]:
    columns = (
        NUMBER, Column("调查"), Column("期次"), Column("率", "percent"), Column("95%区间下限", "percent"),
        Column("95%区间上限", "percent"), Column("有效样本量", "integer"), Column("比上期（百分点）", "points"),
        Column("全省名次", "integer"), Column("参评数", "integer"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for survey in facts.surveys.values():
        before: float | None = None
        for wave in survey.waves:
            value = float(wave["value"])
            gap = None if before is None else value - before
            rows.append(
                (
                    survey.label, str(wave["period"]), value, float(wave["low"]), float(wave["high"]), float(wave["n"]),
                    gap, formats.whole(wave["rank"]), formats.whole(wave["ranked_of"]),
                )
            )  # fmt: skip
            before = value
    yield without_empty(Table("waves", "群众安全感和满意度历次调查", columns, _numbered(rows)))


def _breakdowns(facts: Facts) -> Iterable[Table]:
    whole = facts.items["in_time_rate"]
    for name, title, head, found in (
        ("channels", "按来源渠道的按时办结率", "来源渠道", facts.channels),
        ("kinds", "按任务类型的按时办结率", "任务类型", facts.kinds),
        ("subdistricts", "各街道（镇）按时办结率", "街道（镇）", facts.subdistricts),
    ):
        columns = (NUMBER, Column(head), *_BASE, _GAP)
        yield Table(name, title, columns, _with_total(found, whole), _behind(found, whole))
    wishes = facts.items["wish_fulfilled_rate"]
    columns = (
        NUMBER, Column("街道（镇）"), Column("收集（个）", "integer"), Column("达成（个）", "integer"),
        Column("达成率", "percent"), _GAP,
    )  # fmt: skip
    rows = _with_total(facts.wishes, wishes)
    yield Table("wishes", "各街道（镇）微心愿", columns, rows, _behind(facts.wishes, wishes))


def _with_total(lowest_first: Rows, whole: Item) -> tuple[tuple[Cell, ...], ...]:
    """Highest rate first, the whole district last."""
    if not lowest_first or whole.value is None:
        return ()
    rows = [
        (str(row["name"]), int(row["denominator"]), int(row["numerator"]), float(row["value"]), row["value"] - whole.value)
        for row in reversed(lowest_first)
    ]  # fmt: skip
    total = ("", _TOTAL, whole.now.denominator, whole.now.numerator, whole.value, None)
    return (*_numbered(rows), total)


def _behind(lowest_first: Rows, whole: Item) -> frozenset[int]:
    """The rows, highest rate first, that lie behind the whole district by more than chance."""
    last = len(lowest_first) - 1
    return frozenset(last - place for place, row in enumerate(lowest_first) if is_behind(row, whole.value))


def _lowest(facts: Facts) -> Iterable[Table]:
    columns = (
        NUMBER, Column("社区（村）"), Column("街道（镇）"), *_BASE, Column("未按时（件）", "integer"),
        Column("未按时最多的类型"), Column("其中件数", "integer"),
    )  # fmt: skip
    rows = [
        (
            str(row["name"]), str(row["subdistrict"]), int(row["denominator"]), int(row["numerator"]), float(row["value"]),
            int(row["late"]), str(row["late_kind"]) or None, int(row["late_of_kind"]) or None,
        )
        for row in facts.lowest
    ]  # fmt: skip
    note = "应办结不少于10件的社区（村）参加比较，末位并列的全部列出。"
    yield Table("lowest", "按时办结率最低的社区（村）", columns, _numbered(rows), note=note)


def _due(facts: Facts) -> Iterable[Table]:
    due, until = facts.due, formats.day(facts.board.data_until)
    columns = (
        NUMBER, Column("街道（镇）"), Column("逾期未办结（件）", "integer"), Column("其中逾期30天以上（件）", "integer"),
    )  # fmt: skip
    rows = [
        (str(row["subdistrict"]) or "（未归属）", int(row["tasks"]), int(row["long"])) for row in due.places
    ]
    note = f"期限在本月底以前（含），截至{until}仍未办结。"
    if rows:
        total = ("", _TOTAL, due.count, due.long)
        yield Table("overdue", "各街道（镇）逾期未办结任务", columns, (*_numbered(rows), total), note=note)
    listed_columns = (
        NUMBER, Column("任务编号"), Column("任务"), Column("社区（村）"), Column("街道（镇）"), Column("逾期（天）", "integer"),
        Column("所处环节"),
    )  # fmt: skip
    listed = [
        (
            str(row["task_id"]), str(row["title"]), str(row["community"]), str(row["subdistrict"]), int(row["days"]),
            waiting_for(row),
        )
        for row in due.listed
    ]  # fmt: skip
    yield Table(
        "longest", "逾期最长的任务", listed_columns, _numbered(listed), note="逾期天数算到数据截至日。"
    )


def waiting_for(task: Any) -> str:
    """The step that a task waits for, after the last one it reached."""
    return next((word for column, word in _STEPS if not formats.is_missing(task[column])), "待受理")


def _survey_areas(facts: Facts) -> Iterable[Table]:
    columns = (
        NUMBER, Column("街道（镇）"), Column("率", "percent"), Column("95%区间下限", "percent"),
        Column("95%区间上限", "percent"), Column("有效样本量", "integer"),
    )  # fmt: skip
    for survey in facts.surveys.values():
        if not survey.areas:
            continue
        rows = [
            (
                str(row["name"]),
                *((float(row[column]) for column in ("value", "low", "high")) if row["shown"] else (None, None, None)),
                float(row["n"]),
            )
            for row in reversed(survey.areas)
        ]  # fmt: skip
        wave = str(survey.waves[-1]["period"])
        note = f"有效样本量不足{facts.board.district.surveys.minimum_n}或区间过宽的不列率。"
        whole, last = float(survey.waves[-1]["value"]), len(survey.areas) - 1
        low = (place for place, row in enumerate(survey.areas) if row["shown"] and row["high"] < whole)
        marked = frozenset(last - place for place in low)
        title = f"各街道（镇）{survey.label}（{wave}）"
        yield Table(f"{survey.name}_areas", title, columns, _numbered(rows), marked, note)


def _numbered(rows: Sequence[tuple[Any, ...]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple((number, *row) for number, row in enumerate(rows, start=1))
