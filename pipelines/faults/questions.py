"""Questions to the catalogue that make no sense, and views of them that cannot be kept."""

from collections.abc import Sequence
from difflib import get_close_matches

from pipelines.faults.families import InputFault


class PeriodFault(InputFault):
    """A text that names no period."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"“{text}”不是有效的时段；请写成月份 2023-09、季度 2023Q3 或年份 2023（年份 1900 至 2999）。"
        )
        self.text = text


class MetricUnknown(InputFault):
    """A metric that the catalogue does not have."""

    def __init__(self, metric: str, known: list[str]) -> None:
        near = get_close_matches(metric, known, n=3, cutoff=0.5)
        meant = f"是不是 {'、'.join(near)}？" if near else ""
        super().__init__(f"没有指标“{metric}”；{meant}全部指标见 steward metrics。")


class NotByGrain(InputFault):
    """A grain that the metric does not have."""

    def __init__(self, label: str, grain: str, allowed: Sequence[str]) -> None:
        super().__init__(f"指标“{label}”没有时段“{grain}”；--grain 请从 {'、'.join(allowed)} 中选。")


class NotByDimension(InputFault):
    """A dimension by which the metric cannot be broken down."""

    def __init__(self, label: str, dimension: str, allowed: Sequence[str]) -> None:
        super().__init__(f"指标“{label}”不能按“{dimension}”分；--by 请从 {'、'.join(allowed)} 中选。")


class RequiresDimension(InputFault):
    """A metric whose quantities have different measuring units."""

    def __init__(self, label: str, dimension: str) -> None:
        super().__init__(f"指标“{label}”各类计量单位不同，不能合计；请加上 --by {dimension}。")


class PeriodTooShort(InputFault):
    """A period that is shorter than the grain asked for."""

    def __init__(self, period: str, grain: str) -> None:
        super().__init__(f"时段“{period}”装不下 --grain {grain}；请去掉 --period，或换用更短的 --grain。")


class NoFirstDays(InputFault):
    """A metric of which the first days of a period cannot be asked."""

    def __init__(self, label: str) -> None:
        super().__init__(f"指标“{label}”这样问没有按日的数，不能只算时段的前几天；请按完整时段提问。")


class AreaUnknown(InputFault):
    """An area code that no area has."""

    def __init__(self, area: str) -> None:
        super().__init__(f"没有编码为“{area}”的区划；请对照区划导出文件中的区划编码。")


class NotByArea(InputFault):
    """A metric that does not reach down to the grids."""

    def __init__(self, label: str, area: str) -> None:
        super().__init__(f"指标“{label}”这样问分不到网格 {area}；请换用网格所在社区的编码。")


class PeriodWithoutData(InputFault):
    """A period outside the calendar of the version."""

    def __init__(self, period: str, first: str, last: str) -> None:
        super().__init__(f"{period} 没有数据；数据从 {first} 到 {last}，请在其中选一个时段。")


class ViewRefused(InputFault):
    """A view that cannot be kept as it is."""

    def __init__(self, wrong: str) -> None:
        super().__init__(f"视图没有保存：{wrong}。")
