"""state.sqlite: what no rebuild can give back – the audit trail, the fixed rankings, the saved views, free passages."""

import getpass
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from pipelines.faults import DiskFull, QuarterFixed, StateUnusable, ViewRefused
from pipelines.state_schema import SCHEMA, SCHEMA_VERSION, UPGRADES

Action = Literal["build", "rollback", "upload", "fix", "passage"]
Rows = list[dict[str, Any]]

_MOST_VIEWS = 200
_BUSY_SECONDS = 10.0


@dataclass(frozen=True)
class AuditEntry:
    """Who did what to the warehouse, and when (UTC)."""

    at: datetime
    who: str
    action: str
    version: str | None
    detail: dict[str, Any]


@dataclass(frozen=True)
class FixedRanking:
    """The ranking of a quarter as it was published, with the rules it followed."""

    quarter: str
    version: str
    fixed_at: datetime
    fixed_by: str
    rules: dict[str, Any]
    rows: Rows


@dataclass(frozen=True)
class SavedView:
    """A view of the board that somebody gave a name: the choices that its address carries."""

    name: str
    address: dict[str, str]
    saved_at: datetime
    saved_by: str


def current_user() -> str:
    """The user of the operating system; the number where it has no name (in a container)."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return f"uid {os.getuid()}" if hasattr(os, "getuid") else "unknown"


class State:
    """The state file of one warehouse. Made on the first write; a missing one reads as empty.

    Every method raises StateUnusable when the file cannot be used, DiskFull when it cannot grow.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def record(
        self,
        action: Action,
        version: str | None,
        detail: Mapping[str, Any],
        who: str | None = None,
        at: datetime | None = None,
    ) -> None:
        """Add an entry to the audit trail; `detail` is stored as JSON."""
        with self._writing() as db:
            _insert_entry(db, action, version, detail, who, at)

    def audit(self) -> list[AuditEntry]:
        """The audit trail, oldest entry first."""
        rows = self._read("SELECT at, who, action, version, detail FROM audit ORDER BY entry_no")
        return [
            AuditEntry(datetime.fromisoformat(at), who, action, version, json.loads(detail))
            for at, who, action, version, detail in rows
        ]

    def record_missing_builds(self, builds: Iterable[tuple[str, datetime, str]]) -> None:
        """Enter builds (version, built at, built by) that were published but never entered.

        That happens when the builder is killed, or the state file fails, right after the publish.
        """
        with self._writing() as db:
            known = {row[0] for row in db.execute("SELECT version FROM audit WHERE action = 'build'")}
            for version, built_at, built_by in builds:
                if version not in known:
                    _insert_entry(db, "build", version, {"entered_later": True}, built_by, built_at)

    def next_sequence(self, floor: int) -> int:
        """A sequence number above `floor` that was never given out before."""
        with self._writing() as db:
            db.execute("UPDATE sequence SET last = max(last, ?) + 1", [floor])
            return int(db.execute("SELECT last FROM sequence").fetchone()[0])

    def fix_ranking(
        self, quarter: str, version: str, rules: Mapping[str, Any], rows: Rows, who: str | None = None
    ) -> None:
        """Keep the ranking of a quarter for good; raises QuarterFixed when one is kept already.

        `who` is a name that somebody gave, which proves little: the account is entered beside it.
        """
        now = _text(datetime.now(UTC))
        account = {} if who is None else {"account": current_user()}
        with self._writing() as db:
            row = db.execute("SELECT version FROM fixed_rankings WHERE quarter = ?", [quarter]).fetchone()
            if row:
                raise QuarterFixed(quarter, row[0])
            db.execute(
                "INSERT INTO fixed_rankings VALUES (?, ?, ?, ?, ?, ?)",
                [quarter, version, now, who or current_user(), _json(rules), _json(rows)],
            )
            _insert_entry(db, "fix", version, {"quarter": quarter} | account, who, None)

    def fixed_ranking(self, quarter: str) -> FixedRanking | None:
        """The fixed ranking of a quarter; None when none was fixed."""
        for row in self._read("SELECT * FROM fixed_rankings WHERE quarter = ?", quarter):
            quarter, version, fixed_at, fixed_by, rules, rows = row
            at = datetime.fromisoformat(fixed_at)
            return FixedRanking(quarter, version, at, fixed_by, json.loads(rules), json.loads(rows))
        return None

    def fixed_versions(self) -> dict[str, str]:
        """Quarter → version that its fixed ranking came from."""
        return dict(self._read("SELECT quarter, version FROM fixed_rankings ORDER BY quarter"))

    def save_view(self, name: str, address: Mapping[str, str]) -> None:
        """Keep a view under a name, in place of an older one of that name; raises ViewRefused when there are too many."""
        now = _text(datetime.now(UTC))
        with self._writing() as db:
            others = db.execute("SELECT count(*) FROM saved_views WHERE name <> ?", [name]).fetchone()[0]
            if others >= _MOST_VIEWS:
                raise ViewRefused(f"已有 {_MOST_VIEWS} 个视图，请先删去不用的")
            db.execute(
                "INSERT OR REPLACE INTO saved_views VALUES (?, ?, ?, ?)",
                [name, _json(dict(address)), now, current_user()],
            )

    def delete_view(self, name: str) -> None:
        """Forget a view; one that is not there is forgotten already."""
        with self._writing() as db:
            db.execute("DELETE FROM saved_views WHERE name = ?", [name])

    def saved_views(self) -> list[SavedView]:
        """All saved views by name."""
        if self._found_version() == 1:
            return []
        rows = self._read("SELECT name, address, saved_at, saved_by FROM saved_views ORDER BY name")
        return [
            SavedView(name, json.loads(address), datetime.fromisoformat(at), who)
            for name, address, at, who in rows
        ]

    def save_passage(self, period: str, passage: str, text: str | None, who: str | None = None) -> None:
        """Keep the district's own text of a free passage of a month's report; None goes back to the template's.

        What stood there before is entered in the audit trail beside the new text.
        """
        account = {} if who is None else {"account": current_user()}
        with self._writing() as db:
            key = [period, passage]
            row = db.execute("SELECT text FROM passages WHERE period = ? AND passage = ?", key).fetchone()
            before = row[0] if row else None
            if before == text:
                return
            db.execute("DELETE FROM passages WHERE period = ? AND passage = ?", key)
            if text is not None:
                saved = [_text(datetime.now(UTC)), who or current_user()]
                db.execute("INSERT INTO passages VALUES (?, ?, ?, ?, ?)", [*key, text, *saved])
            detail = {"period": period, "passage": passage, "before": before, "text": text}
            _insert_entry(db, "passage", None, detail | account, who, None)

    def passages(self, period: str) -> dict[str, str]:
        """The district's own texts of the report of a month, by the name of the passage."""
        if self._found_version() < 3:
            return {}
        return dict(
            self._read("SELECT passage, text FROM passages WHERE period = ? ORDER BY passage", period)
        )

    def _found_version(self) -> int:
        if not self.path.is_file():
            return 0
        with self._faults(), closing(self._connect("ro")) as db:
            return _schema_version(db)

    def _read(self, sql: str, *values: str) -> list[tuple[Any, ...]]:
        with self._faults():
            if not self.path.is_file():
                return []
            with closing(self._connect("ro")) as db:
                # A file of no bytes, or killed before its tables stood, holds nothing yet.
                if _schema_version(db) == 0:
                    return []
                return db.execute(sql, values).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, committed at the end of the block or undone."""
        with self._faults(), closing(self._connect("rwc")) as db:
            # The plain rollback journal: no companion files stay behind, and it works on network disks.
            db.execute("PRAGMA synchronous = EXTRA")
            self._prepare(db)
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                db.rollback()
                raise
            db.commit()

    def _connect(self, mode: str) -> sqlite3.Connection:
        uri = f"{self.path.absolute().as_uri()}?mode={mode}"
        return sqlite3.connect(uri, uri=True, timeout=_BUSY_SECONDS, isolation_level=None)

    def _prepare(self, db: sqlite3.Connection) -> None:
        found = _schema_version(db)
        if found > SCHEMA_VERSION:
            raise StateUnusable(self.path, "它由更新的看板写成", "升级本机的看板")
        while found < SCHEMA_VERSION:
            try:
                db.executescript(UPGRADES.get(found, SCHEMA))
            except sqlite3.OperationalError as error:
                db.rollback()
                # Another process may have been quicker; then the version has risen.
                if "already exists" not in str(error) or _schema_version(db) == found:
                    raise
            found = _schema_version(db)
        verdict = db.execute("PRAGMA quick_check(1)").fetchone()[0]
        if verdict != "ok":
            raise StateUnusable(self.path, f"文件已损坏（{verdict}）", _RESTORE)

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", None)
            if code == sqlite3.SQLITE_FULL:
                raise DiskFull(self.path) from error
            wrong, remedy = _SQLITE_FAULTS.get((code or 0) & 0xFF, (str(error), _RESTORE))
            raise StateUnusable(self.path, wrong, remedy) from error


_RESTORE = "从备份恢复它；没有备份时把它改名移走再重新构建，固定排名和操作记录将从头开始"
_SQLITE_FAULTS = {
    sqlite3.SQLITE_BUSY: ("另一个程序正占用它", "关闭那个程序后再试"),
    sqlite3.SQLITE_LOCKED: ("另一个程序正占用它", "关闭那个程序后再试"),
    sqlite3.SQLITE_READONLY: ("没有写入权限", "调整该文件和所在文件夹的权限"),
    sqlite3.SQLITE_CANTOPEN: ("打不开", "检查该文件和所在文件夹的权限"),
    sqlite3.SQLITE_IOERR: ("读写出错", "检查磁盘是否已满或损坏"),
    sqlite3.SQLITE_NOTADB: ("文件已损坏，不是 SQLite 数据库", _RESTORE),
    sqlite3.SQLITE_CORRUPT: ("文件已损坏", _RESTORE),
}


def _schema_version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _insert_entry(
    db: sqlite3.Connection,
    action: Action,
    version: str | None,
    detail: Mapping[str, Any],
    who: str | None,
    at: datetime | None,
) -> None:
    db.execute(
        "INSERT INTO audit (at, who, action, version, detail) VALUES (?, ?, ?, ?, ?)",
        [_text(at or datetime.now(UTC)), who or current_user(), action, version, _json(detail)],
    )


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
