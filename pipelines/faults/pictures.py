"""Pictures that cannot be taken."""

from pathlib import Path

from pipelines.faults.families import InputFault, SurroundingsFault


class NoBrowserFault(SurroundingsFault):
    """Pictures are painted by the installed Chromium, and there is none that starts."""

    def __init__(self, wrong: str) -> None:
        super().__init__(
            f"{wrong}，画面没有生成；请安装 Chromium、Chrome 或 Edge，或用环境变量 STEWARD_CHROMIUM 写明它的程序。"
        )


class PictureFolder(InputFault):
    """What is to become the folder of pictures is a file."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} 不是文件夹，画面写不进去；请用 --out 写明一个文件夹。")


class PicturesFailed(SurroundingsFault):
    """A picture that could not be taken; none was written."""

    def __init__(self, wrong: str) -> None:
        super().__init__(f"{wrong}，没有写出任何画面；请用 steward serve 打开看板查看原因，然后重试。")
