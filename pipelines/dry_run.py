"""What a build would do with an inbox, without changing anything."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from pipelines.faults import RefusedFile
from pipelines.load import Loaded, plan_load
from pipelines.opening import Opened, configure
from pipelines.sql_files import run_in_order


@dataclass(frozen=True)
class DryRun:
    """The balances and rejects that a build of these files would give."""

    opened: Opened
    loaded: Loaded

    @property
    def refused(self) -> list[RefusedFile]:
        """Files that a build would refuse."""
        return [*self.opened.refused, *self.loaded.refused]

    def as_json(self) -> dict[str, Any]:
        """Per file: what it is, how many records load, and why the others do not."""
        reasons: dict[str, Counter[str]] = {}
        for reject in self.loaded.rejects:
            reasons.setdefault(reject.file, Counter())[reject.reason.value] += 1
        files = [
            {
                "file": balance.file.name,
                "export": balance.file.export.name,
                "encoding": balance.file.encoding,
                "delimiter": balance.file.header.grammar.delimiter,
                "header_line": balance.file.header.line,
                "records": balance.file.records,
                "loaded": balance.loaded,
                "superseded": balance.superseded,
                "rejected": balance.rejected,
                "reasons": dict(reasons.get(balance.file.name, {})),
                "extra_columns": list(balance.file.header.extra),
            }
            for balance in self.loaded.balances
        ]
        return {
            "files": files,
            "rejects": [
                {
                    "file": reject.file,
                    "line": reject.line,
                    "export": reject.export,
                    "reason": reject.reason.value,
                    "column": reject.column,
                    "value": reject.value,
                    "message": reject.message,
                }
                for reject in self.loaded.rejects
            ],
            "refused": [{"file": fault.file, "message": str(fault)} for fault in self.refused],
            "ignored": self.opened.ignored,
        }

    def files_table(self) -> pd.DataFrame:
        """One row a file, for people."""
        return pd.DataFrame(
            [
                {
                    "文件": balance.file.name,
                    "是": balance.file.export.label,
                    "编码": balance.file.encoding,
                    "记录": balance.file.records,
                    "入库": balance.loaded,
                    "被替代": balance.superseded,
                    "拒收": balance.rejected,
                }
                for balance in self.loaded.balances
            ]
        )

    def reasons_table(self) -> pd.DataFrame:
        """How many times each reason occurs in each file."""
        counted = Counter((reject.file, reject.reason.label) for reject in self.loaded.rejects)
        rows = [{"文件": file, "拒收理由": label, "次数": times} for (file, label), times in counted.items()]
        return pd.DataFrame(rows, columns=["文件", "拒收理由", "次数"])

    def lines(self) -> list[str]:
        """What else there is to say."""
        said = [
            f"文件 {balance.file.name}：不认识的列会被忽略：{'、'.join(balance.file.header.extra[:5])}"
            + (f" 等 {len(balance.file.header.extra):,} 列。" if len(balance.file.header.extra) > 5 else "。")
            for balance in self.loaded.balances
            if balance.file.header.extra
        ]
        if self.opened.ignored:
            said.append(f"不是导出文件，会被忽略：{'、'.join(self.opened.ignored)}。")
        return said


def check_inbox(opened: Opened, workdir: Path) -> DryRun:
    """Load the files into memory only and tell what became of them."""
    with duckdb.connect() as con:
        configure(con, workdir, opened.bytes)
        load = plan_load(con, opened.files, opened.named_until, workdir, keep_going=True)
        run_in_order(con, load.jobs)
        return DryRun(opened, load.collect())
