"""What a finished build says of itself: one object for programs, sentences for people."""

from pathlib import Path
from typing import Any

from pipelines.build import BuildResult
from pipelines.output import say


def summary_of(result: BuildResult) -> dict[str, Any]:
    """What a build read, took in and refused, as `steward build --json` prints it."""
    balances = result.loaded.balances
    files = [
        {
            "file": balance.file.name,
            "export": balance.file.export.name,
            "encoding": balance.file.encoding,
            "records": balance.file.records,
            "loaded": balance.loaded,
            "superseded": balance.superseded,
            "rejected": balance.rejected,
            "extra_columns": list(balance.file.header.extra),
        }
        for balance in balances
    ]
    return {
        "version": result.version,
        "seconds": round(result.seconds, 3),
        "data_until": result.data_until.isoformat(timespec="seconds"),
        "records": sum(balance.file.records for balance in balances),
        "loaded": sum(balance.loaded for balance in balances),
        "rejected": sum(balance.rejected for balance in balances),
        "superseded": sum(balance.superseded for balance in balances),
        "files": files,
        "findings": [
            {"check": check, "severity": severity, "count": count}
            for check, severity, count in result.findings
        ],
        "refused": [{"file": refused.file, "message": str(refused)} for refused in result.refused],
        "ignored": result.ignored,
    }


def tell(result: BuildResult, summary: dict[str, Any], *, district_given: bool) -> None:
    """The same in sentences."""
    say(
        f"版本 {summary['version']} 已发布，用时 {summary['seconds']} 秒，数据截至 {result.data_until:%Y-%m-%d}："
        f"{summary['records']:,} 条记录 = 入库 {summary['loaded']:,} + 被替代 {summary['superseded']:,} "
        f"+ 拒收 {summary['rejected']:,}。"
    )
    findings = sum(finding["count"] for finding in summary["findings"])
    if summary["rejected"] or findings:
        say(f"拒收见 steward rejects，疑点 {findings:,} 条见 steward findings。")
    for file in summary["files"]:
        if file["extra_columns"]:
            extra = file["extra_columns"]
            shown = "、".join(extra[:5]) + (f" 等 {len(extra):,} 列" if len(extra) > 5 else "")
            say(f"文件 {file['file']}：不认识的列已忽略：{shown}。")
    if result.ignored:
        say(f"不是导出文件，已忽略：{'、'.join(result.ignored)}。")
    if not district_given and any(Path(name).name == "district.toml" for name in result.ignored):
        say("文件夹里的 district.toml 没有采用：本区设置要用 --district 写明。", error=True)
    for refused in summary["refused"]:
        say(refused["message"], error=True)
    for notice in result.notices:
        say(notice, error=True)
