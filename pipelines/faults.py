"""Every fault that a user can meet, one small class each.

The tree (exit codes as in the command's contract)::

    Fault                        str(fault) is one Chinese sentence: what, where, what to do
    ├── InputFault         2     the user's input or options are wrong, nothing changed
    │   ├── DistrictFault        district.toml
    │   └── PeriodFault          a period that is not one
    ├── LockFault          3     another build holds the lock
    └── SurroundingsFault  4     disk full, damaged or missing warehouse; the last good version serves on

A module that needs a fault of its own adds a class to its block below, so that all sentences a
user can see stand in one file.
"""

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import ClassVar


class Fault(Exception):
    """A fault with one clear Chinese sentence; `exit_code` is what the command leaves with."""

    exit_code: ClassVar[int]

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence


class InputFault(Fault):
    """The user's input or options are wrong; nothing was changed."""

    exit_code = 2


class LockFault(Fault):
    """Another build holds the lock of the warehouse."""

    exit_code = 3


class SurroundingsFault(Fault):
    """The surroundings failed (disk, warehouse); the last good version goes on serving."""

    exit_code = 4


# --- district -------------------------------------------------------------------------------------


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


# --- periods --------------------------------------------------------------------------------------


class PeriodFault(InputFault):
    """A text that names no period."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"“{text}”不是有效的时段；请写成月份 2023-09、季度 2023Q3 或年份 2023（年份 1900 至 2999）。"
        )
        self.text = text


# --- warehouse ------------------------------------------------------------------------------------


class BuildRunning(LockFault):
    """Another build, rollback or fixing of a ranking is at work in the same warehouse."""

    def __init__(self, root: Path, holder: str) -> None:
        who = f"（{holder}）" if holder else ""
        super().__init__(f"仓库 {root} 正由另一个构建占用{who}，这次什么也没有改动；请等它结束后再试。")


class WarehouseMissing(SurroundingsFault):
    """No folder at the path of the warehouse."""

    def __init__(self, root: Path) -> None:
        super().__init__(
            f"找不到仓库文件夹 {root}；请检查路径，或运行 steward build 导出文件夹 --warehouse {root} 建立仓库。"
        )


class WarehouseEmpty(SurroundingsFault):
    """A folder in which no version was ever published."""

    def __init__(self, root: Path) -> None:
        super().__init__(
            f"仓库 {root} 里还没有任何版本；请运行 steward build 导出文件夹 --warehouse {root} 建立第一个版本。"
        )


class WarehouseUnusable(SurroundingsFault):
    """The system refuses the folder or one of its files (rights, links, a file in the way)."""

    def __init__(self, path: Path, wrong: str, remedy: str) -> None:
        super().__init__(f"无法使用仓库路径 {path}：{wrong}；请{remedy}。")


class DiskFull(SurroundingsFault):
    """No space, quota or allowed file size left; the version published last is untouched."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"磁盘空间或配额不足，无法写入 {path}；上一个版本不受影响，继续使用；请腾出空间后重新构建。"
        )


class NoGoodVersion(SurroundingsFault):
    """Versions lie there, but none can be trusted."""

    def __init__(self, root: Path, reasons: list[str]) -> None:
        super().__init__(
            f"仓库 {root} 里没有完好的版本（{'；'.join(reasons)}）；"
            f"请运行 steward build 导出文件夹 --warehouse {root} 重新构建。"
        )


class PointerDamaged(SurroundingsFault):
    """CURRENT is missing, empty or names no version."""

    def __init__(self, path: Path, wrong: str) -> None:
        super().__init__(f"{path} {wrong}；请重新构建，或运行 steward rollback 指定一个版本。")
        self.wrong = wrong


class VersionDamaged(SurroundingsFault):
    """A version whose files are not what was published."""

    def __init__(self, version: str, reason: str) -> None:
        super().__init__(
            f"版本 {version} 不能使用（{reason}）；请重新构建，或运行 steward rollback 换用另一个版本。"
        )
        self.reason = reason


class VersionHeld(SurroundingsFault):
    """Another program has the file of a version open for writing."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} 正被另一个程序以可写方式打开；请关闭那个程序，或让它以只读方式打开。")


class VersionUnreadable(SurroundingsFault):
    """A version that is as it was published, but that this DuckDB cannot open."""

    def __init__(self, path: Path, wrong: str) -> None:
        super().__init__(f"DuckDB 打不开 {path}（{wrong}）；请用本机现在的看板重新构建。")


class VersionUnknown(InputFault):
    """A version that the warehouse does not keep."""

    def __init__(self, version: str, kept: list[str]) -> None:
        super().__init__(f"没有版本“{version}”；现存版本：{'、'.join(kept) or '无'}；请从中选一个。")


class NoEarlierVersion(InputFault):
    """Nothing good lies before the current version."""

    def __init__(self, root: Path, kept: list[str]) -> None:
        super().__init__(
            f"仓库 {root} 里没有更早的完好版本可以退回；现存版本：{'、'.join(kept)}；请写明要换用的版本。"
        )


class StateUnusable(SurroundingsFault):
    """state.sqlite cannot be read or written; it holds what no rebuild can give back."""

    def __init__(self, path: Path, wrong: str, remedy: str) -> None:
        super().__init__(f"无法使用记录库 {path}：{wrong}；请{remedy}。")


class QuarterFixed(InputFault):
    """The ranking of a quarter is fixed once."""

    def __init__(self, quarter: str, version: str) -> None:
        super().__init__(f"{quarter} 的排名已按版本 {version} 固定，不能再次固定；请直接查看已固定的排名。")


# --- inbox and loading ----------------------------------------------------------------------------


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


# --- serving --------------------------------------------------------------------------------------


class NotOpened(InputFault):
    """An address that others can reach, asked for without saying that this is meant."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"--host {host} 会让别的电脑也能打开看板，而看板还没有登录；确实需要时请加 --open，否则去掉 --host。"
        )


class UnknownHost(InputFault):
    """A host name or number that this machine cannot make sense of."""

    def __init__(self, host: str) -> None:
        super().__init__(f"--host {host} 不是本机能识别的地址；请写 127.0.0.1 或本机的 IP 地址。")


class PortTaken(SurroundingsFault):
    """The port cannot be had: another program listens there, or the system reserves it."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"无法使用 {host} 的端口 {port}，它已被别的程序占用或不允许使用；请用 --port 换一个，例如 --port {port + 1}。"
        )


class ServerFailed(SurroundingsFault):
    """The server stopped by itself while it started."""

    def __init__(self, address: str) -> None:
        super().__init__(f"看板没能在 {address} 启动；原因见上面的日志，请检查地址和端口后重试。")


class BadBoundaries(InputFault):
    """boundaries.geojson cannot be used."""

    def __init__(self, path: Path, wrong: str) -> None:
        super().__init__(f"边界文件 {path} {wrong}；请改正它，或先把它移出文件夹（地图会改用圆点）。")


# --- command ---------------------------------------------------------------------------------------


class NoFixedRanking(InputFault):
    """The quarter's ranking was never fixed."""

    def __init__(self, quarter: str) -> None:
        super().__init__(f"{quarter} 的排名还没有固定；去掉 --published 可以看现在的排名。")


# --- burden relief --------------------------------------------------------------------------------


class HiddenInRelief(InputFault):
    """The district asked for burden relief, which hides what was asked for."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"减负模式（district.toml 的 burden_relief）下不提供{what}；记录都在，只是不计数、不排名。"
        )


# --- publishing --------------------------------------------------------------------------------------


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


# --- sample districts -----------------------------------------------------------------------------


class SampleOption(InputFault):
    """An option of the sample district that makes no sense."""

    def __init__(self, wrong: str, remedy: str) -> None:
        super().__init__(f"{wrong}；请{remedy}。")


class SampleFolderTaken(InputFault):
    """The sample is to go where something is already."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} 已经存在，里面有别的内容；请换一个新的或空的文件夹。")


# --- pictures -----------------------------------------------------------------------------------------


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


# --- questions ------------------------------------------------------------------------------------


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


class NotAQuarter(InputFault):
    """Units are ranked by quarter."""

    def __init__(self, period: str) -> None:
        super().__init__(f"单位按季度排名，“{period}”不是季度；请写成 2023Q3 这样。")


# --- SQL of analysts --------------------------------------------------------------------------------


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


# --- saved views --------------------------------------------------------------------------------------


class ViewRefused(InputFault):
    """A view that cannot be kept as it is."""

    def __init__(self, wrong: str) -> None:
        super().__init__(f"视图没有保存：{wrong}。")


# --- monthly report ----------------------------------------------------------------------------------


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
