"""Statements of analysts that are refused or were ended."""

from pipelines.faults.families import InputFault, SurroundingsFault


class SqlEmpty(InputFault):
    """Nothing to run."""

    def __init__(self) -> None:
        super().__init__("还没有写查询语句：请写一条 SELECT 再运行。")


class SqlSeveral(InputFault):
    """More than one statement, or none."""

    def __init__(self, count: str) -> None:
        super().__init__(f"一次只能运行一条语句，这里有 {count} 条：请删去多余的分号和语句。")


class SqlNotReading(InputFault):
    """A statement that is no SELECT."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"只能运行 SELECT 查询，不能运行 {kind}：数据只读，改数据请走导出和构建。")


class SqlNoAccess(InputFault):
    """A statement that reaches for a file, a host or a setting."""

    def __init__(self) -> None:
        super().__init__("查询只能读看板的公开数据，不能读写文件、连接别处或改设置。")


class SqlFailed(InputFault):
    """DuckDB cannot run the statement; `message` is its own first line."""

    def __init__(self, message: str) -> None:
        super().__init__(f"查询有误，请对照表和列改正。数据库的说明：{message}")


class SqlTooLong(InputFault):
    """The statement took longer than it may; it was ended."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"查询超过 {seconds} 秒，已终止：请加条件或先汇总。")


class SqlTooMuchMemory(InputFault):
    """The statement took more memory than it may; it was ended."""

    def __init__(self, megabytes: int) -> None:
        super().__init__(f"查询超出 {megabytes:,} MB 内存，已终止：请加条件或先汇总。")


class SqlTooLarge(InputFault):
    """The answer is larger than a browser should get."""

    def __init__(self, size: int) -> None:
        super().__init__(f"结果超过 {size // 1_000_000} MB：请少取几列或加条件。")


class SqlBusy(SurroundingsFault):
    """Others' statements are running."""

    def __init__(self) -> None:
        super().__init__("别人的查询正在运行，请稍后再试。")
