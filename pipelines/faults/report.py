"""A monthly report that cannot be written."""

from pathlib import Path

from pipelines.faults.families import InputFault, SurroundingsFault


class MonthOnly(InputFault):
    """The report is written by month."""

    def __init__(self, period: str) -> None:
        super().__init__(f"月报按月编写，“{period}”不是月份；请写成 2023-09 这样。")


class NumeralUnfounded(InputFault):
    """A numeral in the text of the report that no annex table has; `place` names section and paragraph."""

    def __init__(self, place: str, numeral: str) -> None:
        super().__init__(
            f"月报没有写出：{place}里的“{numeral}”在附表中查不到；请改正这一段的模板或自拟文字，正文只写附表里有的数。"
        )
        self.place = place
        self.numeral = numeral


class TemplateFault(InputFault):
    """A template of the report that cannot be used as it is; `line` is counted from 1."""

    def __init__(self, path: Path, line: int | None, wrong: str) -> None:
        where = f"第 {line} 行" if line is not None else ""
        super().__init__(f"月报模板 {path} {where}：{wrong}；请改正，或删去这个文件改用随附的句式。")
        self.path = path
        self.line = line


class OutFolderUnusable(SurroundingsFault):
    """The folder for the report cannot be written."""

    def __init__(self, path: Path, wrong: str) -> None:
        super().__init__(f"无法把月报写到 {path}（{wrong}）；请换一个文件夹，或调整它的权限后重试。")


class PassageRefused(InputFault):
    """A free passage that cannot be kept as it is."""

    def __init__(self, wrong: str) -> None:
        super().__init__(f"自拟文字没有保存：{wrong}。")
