"""Exports that cannot be found, read or recognised, and uploads."""

from pathlib import Path

from pipelines.faults.families import InputFault, SurroundingsFault


class MissingInbox(InputFault):
    """The folder of exports is not there."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"没有文件夹 {path}；请写明放导出文件的文件夹。")


class RefusedFile(InputFault):
    """A file that cannot be read or recognised; `sentence` names it."""

    def __init__(self, file: str, wrong: str, remedy: str) -> None:
        super().__init__(f"文件 {file}：{wrong}；请{remedy}。")
        self.file = file


class UnreadableFile(RefusedFile):
    """Not a regular file, or no permission."""

    def __init__(self, file: str, wrong: str) -> None:
        super().__init__(file, f"读不了（{wrong}）", "换成可以读的普通文件，或把它移出文件夹")


class EmptyFile(RefusedFile):
    """A file of no bytes."""

    def __init__(self, file: str) -> None:
        super().__init__(file, "是空文件，没有表头", "重新导出，或把它移出文件夹")


class GrowingFile(RefusedFile):
    """A file that changed while it was looked at."""

    def __init__(self, file: str) -> None:
        super().__init__(file, "还在写入，内容没有定下来", "等它写完再构建")


class UnknownEncoding(RefusedFile):
    """Neither UTF-8, GB18030 nor UTF-16."""

    def __init__(self, file: str) -> None:
        super().__init__(file, "编码认不出来，不是 UTF-8、GB18030 或 UTF-16", "另存为“CSV UTF-8”后重试")


class UnknownHeader(RefusedFile):
    """No header of any export among the first lines."""

    def __init__(self, file: str, wrong: str) -> None:
        super().__init__(file, wrong, "对照数据字典改正表头，或把它移出文件夹")


class RefusedUpload(RefusedFile):
    """An uploaded file that can be no export, or whose name cannot be used."""


class UploadForgotten(InputFault):
    """A batch that lay aside for so long that it was removed."""

    def __init__(self) -> None:
        super().__init__("试读过的文件搁置太久，已经清除，没有发布；请重新上传。")


class InboxUnknown(InputFault):
    """A warehouse that was not yet built by a program that keeps in mind from what."""

    def __init__(self, root: Path) -> None:
        super().__init__(
            f"仓库 {root} 还没有记下导出文件夹在哪里；请先运行一次 steward build 导出文件夹 --warehouse {root}。"
        )


class NothingToLoad(InputFault):
    """An inbox without a single export."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"文件夹 {path} 里没有 csv、tsv 或 txt 导出文件；请先放入导出文件。")


class Unbalanced(SurroundingsFault):
    """A file of which the records read do not add up to the records counted."""

    def __init__(self, file: str, counted: int, accounted: int) -> None:
        super().__init__(
            f"文件 {file}：数出 {counted} 条记录，只交代了 {accounted} 条，账不平，没有发布；"
            "请保留这个文件并报告给开发者。"
        )
