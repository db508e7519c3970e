"""The charts of the report as data, and the pictures that a browser paints."""

from dashboard import formats
from dashboard.board.figures import monthly, trend_months
from dashboard.report.content_facts import Facts
from dashboard.report.content_figures import Item
from dashboard.report.content_tables import fell
from dashboard.report.content_unit_tables import by_group
from dashboard.report.model import Chart, Picture, Series


def charts(facts: Facts) -> tuple[Chart, ...]:
    """The charts that have something to show."""
    found = [
        _months(facts, "months", "in_time_rate"),
        _months(facts, "wishes", "wish_fulfilled_rate"),
        _channels(facts),
        _groups(facts),
        _lowest(facts),
    ]
    return tuple(chart for chart in found if chart is not None)


def _months(facts: Facts, name: str, metric: str) -> Chart | None:
    item = facts.items[metric]
    months = trend_months(facts.board, facts.month)
    values = monthly(facts.board, metric, months, None)
    if sum(value is not None for value in values) < 2 or item.value is None:
        return None
    return Chart(
        name=name,
        title=f"{item.label}{'为' + formats.percent(item.value) if metric in facts.maturing else _movement(item)}",
        kind="line",
        categories=tuple(f"{month.start.year}年{month.start.month}月" for month in months),
        series=(Series(item.label, values),),
        percent=True,
        marked=len(values) - 1 if fell(item, facts) else None,
        note=_note(item, facts),
    )


def _movement(item: Item) -> str:
    shown = formats.percent(item.value)
    words = {"up": "升至", "down": "降至", "same": "持平于", "nearly": "基本持平于"}
    return f"{words.get(item.vs_previous.state, '为')}{shown}"


def _channels(facts: Facts) -> Chart | None:
    rows = facts.channels
    item = facts.items["in_time_rate"]
    if len(rows) < 2:
        return None
    equal = rows[0]["value"] == rows[-1]["value"]
    title = (
        f"各渠道{item.label}相同" if equal else f"{rows[0]['name']}{item.label}最低，{rows[-1]['name']}最高"
    )
    return Chart(
        name="channels",
        title=title,
        kind="bar",
        categories=tuple(str(row["name"]) for row in rows),
        series=(Series(item.label, tuple(float(row["value"]) for row in rows)),),
        percent=True,
        marked=None if equal or rows[0]["value"] == rows[1]["value"] else 0,
        note=_note(item, facts),
    )


def _groups(facts: Facts) -> Chart | None:
    scored = facts.scored
    tiers = facts.standing.tiers if facts.standing.lines else ()
    if not scored or not tiers:
        return None
    groups = by_group(scored)
    failing = sum(row["tier"] == tiers[-1] for row in scored)
    title = (
        f"{facts.quarter.label_zh}{failing}个单位{tiers[-1]}"
        if failing
        else f"{facts.quarter.label_zh}没有单位{tiers[-1]}"
    )
    return Chart(
        name="groups",
        title=title if facts.quarter_over else f"{title}（暂定）",
        kind="stacked",
        categories=tuple(name for name, _units in groups),
        series=tuple(
            Series(tier, tuple(float(sum(row["tier"] == tier for row in units)) for _name, units in groups))
            for tier in tiers
        ),
        note="单位季度得分 = 期末在册人员本季度积分 ÷ 人数；档次按季度第一天施行的分值线。",
    )


def _lowest(facts: Facts) -> Chart | None:
    rows = facts.lowest
    item = facts.items["in_time_rate"]
    if len(rows) < 2:
        return None
    tied = rows[0]["value"] == rows[1]["value"]
    return Chart(
        name="lowest",
        title=f"{rows[0]['name']}{'等' if tied else ''}{item.label}最低，为{formats.percent(rows[0]['value'])}",
        kind="bar",
        categories=tuple(str(row["name"]) for row in rows),
        series=(Series(item.label, tuple(float(row["value"]) for row in rows)),),
        percent=True,
        marked=None if tied else 0,
        note=f"{_note(item, facts)} 应办结不少于10件的社区（村）参加比较。",
    )


def _note(item: Item, facts: Facts) -> str:
    base = (
        ""
        if item.now.denominator is None
        else f" {formats.fraction(item.now.numerator, item.now.denominator)}。"
    )
    return f"{item.label}：{item.metric.definition}。{facts.month.label_zh}全区{base or '。'}"


def pictures(facts: Facts) -> tuple[Picture, ...]:
    """The map of the month and the strip of units of the quarter."""
    found = []
    if facts.subdistricts:
        label = facts.items["in_time_rate"].label
        found.append(
            Picture(
                name="map",
                caption=f"各社区（村）{label}（{facts.month.label_zh}）",
                path=f"/map?metric=in_time_rate&grain=month&period={facts.month.key}",
                block=".rs.map",
                note="紫色越深越低，绿色越深越高。",
            )
        )
    if facts.standing.lines and facts.scored:
        found.append(
            Picture(
                name="strip",
                caption=f"{facts.quarter.label_zh}各单位得分分布",
                path=f"/units?grain=quarter&period={facts.quarter.key}",
                block=".rs .strip",
                note="竖线为分值线，一个记号是一个单位。",
            )
        )
    return tuple(found)
