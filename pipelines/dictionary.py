"""The data dictionary, written from the declarations: `python -m pipelines.dictionary [FILE]`.

The committed copy is `sample_data/README.md`; a test holds it equal to `render_dictionary()`.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from pipelines.reasons import Reason
from pipelines.sources import VOIDED, Column, Export, load_exports

COMMITTED = Path("sample_data/README.md")

# The order of a reader: where, who, what, what came of it.
_READING_ORDER = [
    "areas",
    "units",
    "stewards",
    "tasks",
    "claims",
    "points",
    "checkins",
    "wishes",
    "satisfaction",
    "safety",
    "bulletins",
    "incidents",
    "sites",
    "meetings",
    "activities",
    "projects",
    "feedback",
    "ratings",
    "duties",
    "resources",
    "honours",
]
_TYPES = {
    "code": "编码",
    "text": "文本",
    "choice": "选项",
    "integer": "整数",
    "number": "数字",
    "date": "日期",
    "datetime": "时间",
    "deadline": "期限",
    "boolean": "是否",
    "longitude": "经度",
    "latitude": "纬度",
}
_INTRODUCTION = """\
# 数据字典

本文件由 `python -m pipelines.dictionary` 按 `pipelines/sources/*.toml` 的声明生成，请勿手工修改。

## 通则

- 导出表按**表头**识别，与文件名无关：中文表头、英文列名或别名均可，列序不限；多余的列会列出但不读取，缺少必填列的文件会被拒收，并指出缺哪一列。
- 表头里的空格、全角字母、末尾的 `*`、括号里的单位(如“分值(分)”)不影响识别；同一列出现两次的文件会被拒收。
- 编码：UTF-8(有无 BOM 均可)、GB18030/GBK、带 BOM 的 UTF-16；分隔符：逗号、制表符或分号；表头上方的标题行会跳过，数据下方的合计行列入拒收。
- 日期：`2023-09-01`、`2023/9/1`、`2023年9月1日`、`20230901`，可带时间，按北京时间理解；期限只写日期的，到当日结束。
- 数字可用全角，可带千分位；是否列写 `是/否`、`1/0` 或 `true/false`；空、`-`、`/`、`无`、`NULL`、`N/A` 表示没有值。
- 同一主键有多条记录时，文件名里的导出日期较晚者为准；没有日期的文件排在最前，同一文件内后一行为准。文件名含 `全量` 或 `full` 的是全量表：同类导出表的早先记录若不在其中，即被替代。
- 每张导出表都可以有列 `{voided}` {voided_header}:{voided_description}。
- 每个文件都满足：记录数 = 入库 + 被替代 + 拒收。
- 标“隐私”的列只进入隐私文件，不进入可供查询的数据文件。
"""


def render_dictionary() -> str:
    """The whole data dictionary as Markdown: rules, every export, reject reasons, findings."""
    exports = load_exports()
    names = [name for name in _READING_ORDER if name in exports]
    names += [name for name in sorted(exports) if name not in names]
    introduction = _INTRODUCTION.format(
        voided=VOIDED.name, voided_header=VOIDED.header, voided_description=VOIDED.description
    )
    parts = [introduction, _overview(exports[name] for name in names)]
    parts += [_section(exports[name]) for name in names]
    parts += [_reasons(), _findings()]
    return "\n".join(parts)


def _overview(exports: Iterable[Export]) -> str:
    rows = [
        (
            f"[`{export.name}`](#{export.name}-{export.label})",
            export.label,
            export.label_en,
            export.description,
        )
        for export in exports
    ]
    return "## 导出表一览\n\n" + _table(("导出表", "名称", "English", "说明"), rows)


def _section(export: Export) -> str:
    key = " + ".join(f"`{name}`" for name in export.key)
    lines = [f"## {export.name} {export.label}\n", f"{export.description}。\n", f"主键:{key}。"]
    if export.order:
        pairs = "、".join(f"`{earlier}` ≤ `{later}`" for earlier, later in export.order)
        lines.append(f"\n先后:{pairs}，由此推出的先后也一并检查。")
    header = ("列", "表头", "类型", "必填", "可选值、范围与引用", "别名", "说明")
    rows = [
        (
            f"`{column.name}`",
            column.header,
            _TYPES[column.type],
            "是" if column.required else "",
            _constraint(column),
            "、".join(column.aliases),
            ("隐私。" if column.personal else "") + column.description,
        )
        for column in export.columns
    ]
    return "\n".join(lines) + "\n\n" + _table(header, rows)


def _constraint(column: Column) -> str:
    """What a value must satisfy: choices with their other spellings, the range, the referenced export."""
    parts = []
    if column.choices:
        spelled = (
            choice.value + (f"({'、'.join(choice.aliases)})" if choice.aliases else "")
            for choice in column.choices
        )
        parts.append(";".join(spelled))
    if column.minimum is not None and column.maximum is not None:
        parts.append(f"{column.minimum:g} 至 {column.maximum:g}")
    elif column.minimum is not None:
        parts.append(f"不小于 {column.minimum:g}")
    elif column.maximum is not None:
        parts.append(f"不大于 {column.maximum:g}")
    if column.references is not None:
        parts.append(f"→ `{column.references}`")
    return ";".join(parts)


def _reasons() -> str:
    rows = [(f"`{reason.value}`", reason.label, reason.explanation) for reason in Reason]
    return (
        "## 拒收原因\n\n拒收的记录保留文件、行号、原文和全部原因，用 `steward rejects` 查看。\n\n"
        + _table(("原因", "名称", "说明"), rows)
    )


def _findings() -> str:
    rows = list(_checks())
    introduction = "## 疑点\n\n疑点是已经入库、但看起来不对的记录，用 `steward findings` 查看。\n"
    return introduction + ("\n" + _table(("疑点", "级别", "导出表", "说明"), rows) if rows else "")


def _checks() -> Iterator[tuple[str, ...]]:
    """Name, severity, export and explanation of every check, from the comment lines that head its SQL."""
    folder = files("pipelines") / "sql" / "checks"
    if not folder.is_dir():
        return
    severities = {"warning": "警告", "info": "提示"}
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if not path.name.endswith(".sql"):
            continue
        head = re.match(r"(?:--.*\n)*", path.read_text(encoding="utf-8"))
        comments = [line.removeprefix("--").strip() for line in (head.group() if head else "").splitlines()]
        tags = dict(line.split(": ", 1) for line in comments if re.match(r"[a-z_]+: ", line))
        severity = tags.get("severity", "")
        name = path.name.removesuffix(".sql")
        yield (
            f"`{name}`",
            severities.get(severity, severity),
            f"`{tags.get('export', '')}`",
            tags.get("label", ""),
        )


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [header, ("---",) * len(header), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else COMMITTED
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(render_dictionary(), encoding="utf-8")
