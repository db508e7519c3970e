"""A report made by hand, with one of each kind of chart: what the files of the pack are tried with."""

from dataclasses import replace

from hostile_names import HOSTILE_NAMES

from dashboard.report.model import (
    Chart,
    Column,
    Definition,
    Paragraph,
    Picture,
    Report,
    Section,
    Series,
    Table,
)

MONTHS = (
    "22-10",
    "22-11",
    "22-12",
    "23-01",
    "23-02",
    "23-03",
    "23-04",
    "23-05",
    "23-06",
    "23-07",
    "23-08",
    "23-09",
)
TOWNS = ("临湖镇", "新华街道", "文昌街道", "望江街道", "青石镇")
SOURCE = "按时办结率 = 按期办结件数 ÷（已办结件数 + 已到期件数）。分子 28,699，分母 31,904。"

TREND = Chart(
    "in_time_months", "按时办结率连降三月，9月降到 90.0%", "line", MONTHS,
    (
        Series("今年", (8 / 9, 0.894, 0.902, 0.906, 0.908, 0.911, 0.914, 0.919, 0.924, 0.916, 0.91, 28699 / 31904)),
        Series("去年", (0.881, 0.884, 0.88, 0.889, 0.89, 0.892, 0.888, 0.894, 0.899, 0.902, 0.9, 0.898)),
    ),
    percent=True, marked=11, note=SOURCE,
)  # fmt: skip
BY_TOWN = Chart(
    "in_time_towns", "青石镇 83.2%，比全区低 6.8 个百分点", "bar", TOWNS,
    (Series("按时办结率", (1220 / 1321, 0.922, 0.918, 0.89, 1284 / 1543)),), percent=True, marked=4, note=SOURCE,
)  # fmt: skip
BY_MONTH = Chart(
    "tasks_months", "9月发布任务 33,180 件，为全年最多", "column", MONTHS,
    (Series("发布任务", (21021, 22001, 23100, 19870, 17650, 24310, 25120, 26010, 27890, 29120, 31007, 33180)),),
    marked=11, note="发布任务：当月发布的任务件数。",
)  # fmt: skip
TIERS = Chart(
    "tiers", "80 个单位：15 个优秀，2 个不合格", "stacked", ("机关组", "事业组", "企业两新组"),
    (
        Series("优秀", (9, 6, 0)), Series("良好", (20, 22, 12)), Series("合格", (2, 1, 6)), Series("不合格", (1, 1, None)),
    ),
    note="单位积分 = 全体人员积分 ÷ 全体人数。",
)  # fmt: skip
UNITS = Table(
    "units", "单位得分与档次", (Column("序号", "integer"), Column("单位"), Column("数量", "integer"), Column("率", "percent"),
                          Column("得分", "decimal"), Column("档次")),
    tuple((n + 1, f"区第{n + 1}局", 1200 - n, 0.9 - n / 1000, 95.25 - n / 3, "◆ 优秀" if n < 15 else "▼ 不合格") for n in range(30)),
    frozenset({28, 29}), "得分 = 积分 ÷ 人数。",
)  # fmt: skip
MAP = Picture(
    "map", "各社区按时办结率", "/map?metric=in_time_rate", "map", "按社区计算，样本不足 20 件的不着色。"
)


def example() -> Report:
    """An ordinary month."""
    return Report(
        "清河区", "中共清河区委组织部", "2023-09", "2023年9月", "2023-09-30", "v000007", "红管家运行月报", "2023年第9期",
        "9月运行情况：按时办结率连降三月",
        (
            Section(
                "一、基本情况",
                (
                    Paragraph("截至9月30日，全区108个社区（村）在册红管家21,536人，群众占69.4%。本月发布任务33,180件，按时办结率90.0%，比上月下降1.0个百分点。"),
                    Paragraph("本月微心愿达成率86.2%，比上月上升1.9个百分点；群众满意度95.1%，在误差范围内与上期持平。", "民生服务"),
                ),
                (), ("in_time_months", "tasks_months"),
            ),
            Section("二、分析", (Paragraph("按渠道看，派单任务办结最慢。", "按渠道"),), (), ("in_time_towns", "tiers"), ("map",)),
            Section("三、存在问题", (Paragraph("青石镇按时办结率83.2%（1284/1543件），低于全区6.8个百分点。", "办结不及时"), Paragraph("2个单位不合格。", "单位")), ("units",)),
            Section("四、下步工作", (Paragraph("对青石镇开展按时办结专项督办。", "督办"), Paragraph("约谈2个不合格单位。", "约谈"), Paragraph("", "", "next"))),
        ),
        (UNITS,), (TREND, BY_MONTH, BY_TOWN, TIERS), (MAP,),
        (Definition("按时办结率", "按期办结件数 ÷（已办结件数 + 已到期件数）", "%"), Definition("发布任务", "当月发布的任务件数", "件")),
        "口径见附表。",
    )  # fmt: skip


def hostile() -> Report:
    """Names as data can bring them: 200 characters, tags, formulas, turned directions; 150 units, ten columns."""
    base = example()
    names = [HOSTILE_NAMES[n % len(HOSTILE_NAMES)] for n in range(150)]
    wide = tuple(Column(f"{HOSTILE_NAMES[n % 8]}{n}", "integer" if n > 1 else "text") for n in range(10))
    rows = tuple((name, name, *(10**n + 7 for n in range(8))) for name in names)
    long = "很" * 200
    bar = replace(
        BY_TOWN,
        title=long,
        categories=tuple(names[:17]),
        series=(Series(long, tuple(n / 20 for n in range(17))),),
        marked=3,
    )
    line = replace(TREND, series=tuple(Series(f"{long}{n}", TREND.series[0].values) for n in range(5)))
    section = base.sections[1]
    text = replace(section.paragraphs[0], heading=long, text=long * 20)
    sections = (
        base.sections[0],
        replace(section, paragraphs=(text, *section.paragraphs)),
        *base.sections[2:],
    )
    return replace(
        base, district=long, issuer=long, masthead=long, title=long, sections=sections, pictures=(replace(MAP, caption=long),),
        tables=(replace(UNITS, title=long, columns=wide, rows=rows, marked=frozenset({0, 149})),),
        charts=(line, BY_MONTH, bar, replace(TIERS, categories=tuple(names[:3]))),
    )  # fmt: skip


def empty() -> Report:
    """A month without data."""
    base = example()
    none = tuple(replace(chart, categories=(), series=(), marked=None) for chart in base.charts[:2])
    gaps = tuple(
        replace(chart, series=tuple(Series(one.name, (None,) * len(one.values)) for one in chart.series))
        for chart in base.charts[2:]
    )
    return replace(base, charts=none + gaps, tables=(replace(UNITS, rows=(), marked=frozenset()),))
