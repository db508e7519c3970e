"""A warehouse, a version or the state file that cannot be used, or not now."""

from pathlib import Path

from pipelines.faults.families import InputFault, LockFault, SurroundingsFault


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


class VersionOfOtherLayout(SurroundingsFault):
    """A version whose tables are not those of this program: an older or a newer one built it."""

    def __init__(self, version: str, root: Path, reason: str) -> None:
        super().__init__(
            f"仓库 {root} 的版本 {version} 不能使用（{reason}）；"
            f"请用本程序重新构建：steward build 导出文件夹 --warehouse {root}。"
        )


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
