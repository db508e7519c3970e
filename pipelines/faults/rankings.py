"""Rankings that do not exist, or cannot be published."""

from pipelines.faults.families import InputFault


class NotAQuarter(InputFault):
    """Units are ranked by quarter."""

    def __init__(self, period: str) -> None:
        super().__init__(f"单位按季度排名，“{period}”不是季度；请写成 2023Q3 这样。")


class NoFixedRanking(InputFault):
    """The quarter's ranking was never fixed."""

    def __init__(self, quarter: str) -> None:
        super().__init__(f"{quarter} 的排名还没有固定；去掉 --published 可以看现在的排名。")


class QuarterFixed(InputFault):
    """The ranking of a quarter is fixed once."""

    def __init__(self, quarter: str, version: str) -> None:
        super().__init__(f"{quarter} 的排名已按版本 {version} 固定，不能再次固定；请直接查看已固定的排名。")


class ProvisionalRanking(InputFault):
    """A quarter that is not over cannot be published."""

    def __init__(self, quarter: str, data_until: str) -> None:
        super().__init__(
            f"{quarter} 还没有结束（数据截至 {data_until}），名次是暂定的，不能公布；请在季度结束、数据齐备后再公布。"
        )


class NothingRanked(InputFault):
    """A quarter in which no unit has a rank."""

    def __init__(self, quarter: str) -> None:
        super().__init__(f"{quarter} 没有一个单位有名次，没有可以公布的内容；请先导入单位、红管家和积分。")


class NobodyNamed(InputFault):
    """A ranking is published by somebody."""

    def __init__(self, longest: int) -> None:
        super().__init__(f"没有写明由谁公布；请填写公布人姓名，1 至 {longest} 个字。")


class VersionReplaced(InputFault):
    """Another version came into use between the look and the confirmation."""

    def __init__(self, seen: str, current: str) -> None:
        super().__init__(f"数据版本已由 {seen} 换成 {current}，没有公布；请重新核对名次，再按新的版本公布。")
