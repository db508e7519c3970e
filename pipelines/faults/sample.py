"""Sample districts that cannot be made."""

from pathlib import Path

from pipelines.faults.families import InputFault


class SampleOption(InputFault):
    """An option of the sample district that makes no sense."""

    def __init__(self, wrong: str, remedy: str) -> None:
        super().__init__(f"{wrong}；请{remedy}。")


class SampleFolderTaken(InputFault):
    """The sample is to go where something is already."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} 已经存在，里面有别的内容；请换一个新的或空的文件夹。")
