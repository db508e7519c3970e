"""What is wrong with the settings or the boundaries of a district, and what its burden relief hides."""

from pathlib import Path

from pipelines.faults.families import InputFault


class DistrictFault(InputFault):
    """The settings file of the district cannot be used as it is.

    `line` is the physical line at fault, counted from 1; None only when the file could not be read.
    """

    def __init__(
        self, path: Path, line: int | None, wrong: str, remedy: str, setting: str | None = None
    ) -> None:
        where = f"设置文件 {path}" + (f" 第 {line} 行" if line is not None else "")
        named = f"“{setting}”" if setting else ""
        super().__init__(f"{where}{named}：{wrong}；请{remedy}。")
        self.path = path
        self.line = line
        self.setting = setting


class BadBoundaries(InputFault):
    """boundaries.geojson cannot be used."""

    def __init__(self, path: Path, wrong: str) -> None:
        super().__init__(f"边界文件 {path} {wrong}；请改正它，或先把它移出文件夹（地图会改用圆点）。")


class HiddenInRelief(InputFault):
    """The district asked for burden relief, which hides what was asked for."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"减负模式（district.toml 的 burden_relief）下不提供{what}；记录都在，只是不计数、不排名。"
        )
