"""The data commands: exports in, answers out. They need no Streamlit and run on a build server.

Each command imports what it alone needs: the loader, pandas and the catalogue take a second, for which neither
`steward path` nor the start of a server should wait.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.output import print_json, progress_bar, say
from pipelines.warehouse import Warehouse

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
rank_app = typer.Typer(add_completion=False, rich_markup_mode=None, help="名次：单位、社区、红管家。")
app.add_typer(rank_app, name="rank")

InboxDir = Annotated[Path, typer.Argument(metavar="INBOX", help="放导出文件的文件夹，连同其中的子文件夹")]
WarehouseDir = Annotated[Path, typer.Option("--warehouse", metavar="DIR", help="仓库文件夹")]
AsCsv = Annotated[bool, typer.Option("--csv", help="输出 CSV，一个数也不舍入")]
AsJson = Annotated[bool, typer.Option("--json", help="输出一个 JSON 对象")]
PeriodText = Annotated[str, typer.Option("--period", metavar="P", help="2023-09、2023Q3 或 2023")]


@app.callback()
def steward() -> None:
    """红管家看板：把导出的 CSV 变成一块看板。"""


@app.command()
def sample(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="写到哪个文件夹")],
    programme: Annotated[str, typer.Option(metavar="P", help="工作模式")] = "duodao",
    scale: Annotated[float, typer.Option(help="规模；1.0 是一个完整的区")] = 1.0,
    seed: Annotated[int, typer.Option(help="随机种子；参数相同则逐字节相同")] = 2023,
    months: Annotated[int, typer.Option(help="到 2023 年 12 月为止的月数")] = 24,
) -> None:
    """写出一个虚构示例区的导出文件。"""
    from pipelines.sample import write_sample

    write_sample(out, programme, scale, seed, months)
    say(f"示例区的导出文件已写到 {out}。")


@app.command()
def check(inbox: InboxDir, as_json: AsJson = False) -> None:
    """试读：每个文件是什么，能收多少，拒收什么；不改变任何数据。"""
    from pipelines.dry_run import check_inbox
    from pipelines.opening import open_inbox, scratch
    from pipelines.printed_table import print_table

    with scratch() as workdir:
        report = check_inbox(open_inbox([inbox], keep_going=True), workdir)
    if as_json:
        print_json(report.as_json())
    else:
        print_table(report.files_table())
        print_table(report.reasons_table())
        for line in report.lines():
            say(line)
    for refused in report.refused:
        say(str(refused), error=True)
    if report.refused:
        raise typer.Exit(2)


@app.command(name="build")
def build_command(
    inbox: InboxDir,
    warehouse: WarehouseDir,
    district: Annotated[
        Path | None, typer.Option("--district", metavar="FILE", help="本区设置 district.toml")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="有拒收或疑点时以退出码 1 结束")] = False,
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help="读不了或认不出的文件只列出来，不停止构建")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """读入全部导出文件，建立并发布一个新版本。"""
    from pipelines.build import build
    from pipelines.build_report import summary_of, tell

    with progress_bar() as progress:
        result = build(inbox, Warehouse(warehouse), district, keep_going=keep_going, progress=progress)
    summary = summary_of(result)
    if as_json:
        print_json(summary)
    else:
        tell(result, summary, district_given=district is not None)
    if strict and (summary["rejected"] or summary["findings"] or summary["refused"]):
        raise typer.Exit(1)


@app.command()
def status(warehouse: WarehouseDir, as_json: AsJson = False) -> None:
    """当前版本、数据截至、记录数、保留的版本。"""
    found = Warehouse(warehouse).status()
    if as_json:
        print_json(found)
        return
    from pipelines.printed_table import print_table

    say(
        f"当前版本 {found['version']}，建于 {found['built_at']}，数据截至 {found['data_until']}，"
        f"记录 {found['records']:,} 条，拒收 {found['rejected']:,} 条。"
    )
    kept = found["versions_kept"]
    print_table(kept if isinstance(kept, list) else [])
    for reason in ("fallback_reason", "private_reason", "state_reason"):
        if found[reason]:
            say(str(found[reason]), error=True)


@app.command()
def rollback(
    warehouse: WarehouseDir,
    version: Annotated[
        str | None, typer.Argument(metavar="VERSION", help="换用的版本；不写则退回上一个")
    ] = None,
) -> None:
    """换用一个较早的版本。"""
    chosen = Warehouse(warehouse).rollback(version)
    say(f"当前版本已换成 {chosen.id}。")


@app.command()
def path(warehouse: WarehouseDir) -> None:
    """当前版本的 DuckDB 文件，供任何 DuckDB 客户端只读打开。"""
    print(Warehouse(warehouse).current().public_path)


@app.command()
def rejects(warehouse: WarehouseDir, as_csv: AsCsv = False) -> None:
    """拒收的记录，每条理由一行。"""
    from pipelines.printed_table import print_table

    con = Warehouse(warehouse).open(private=True)
    table = con.execute(
        'SELECT file, line, export, reason, column_name AS "column", value, message FROM private.rejects '
        "ORDER BY file, line, reason, column_name"
    ).df()
    print_table(table, as_csv=as_csv)


@app.command()
def findings(warehouse: WarehouseDir, as_csv: AsCsv = False) -> None:
    """已经入库、但看来有问题的记录。"""
    from pipelines.printed_table import print_table

    with Warehouse(warehouse).open() as con:
        table = con.execute(
            'SELECT "check", severity, export, key, message FROM meta.findings ORDER BY ALL'
        ).df()
    print_table(table, as_csv=as_csv)


@app.command()
def metrics(as_csv: AsCsv = False) -> None:
    """指标目录和口径。"""
    from pipelines.metrics import load_metrics
    from pipelines.printed_table import print_table

    rows = [
        {
            "metric": metric.name,
            "label": metric.label,
            "definition": metric.definition,
            "better": metric.better,
            "kind": metric.kind,
            "format": metric.format,
            "suffix": metric.suffix,
            "grains": " ".join(metric.grains),
            "dimensions": " ".join(metric.dimensions),
        }
        for metric in load_metrics().values()
    ]
    print_table(rows, as_csv=as_csv)


@app.command()
def measure(
    metric: Annotated[str, typer.Argument(metavar="METRIC", help="指标，见 steward metrics")],
    warehouse: WarehouseDir,
    grain: Annotated[str, typer.Option(help="month、quarter、year、wave 或 all")] = "month",
    period: Annotated[
        str | None, typer.Option(metavar="P", help="2023-09、2023Q3 或 2023；不写则全部时段")
    ] = None,
    by: Annotated[str | None, typer.Option(metavar="DIM", help="按哪个维度分开")] = None,
    as_csv: AsCsv = False,
) -> None:
    """一个指标的值，连同分子、分母。"""
    from pipelines import measure as questions
    from pipelines.printed_table import print_table
    from pipelines.relief import counts_checkins, refuse_in_relief

    with Warehouse(warehouse).open() as con:
        if counts_checkins(metric):
            refuse_in_relief(con, "打卡次数")
        table = questions.measure(con, questions.Question(metric, grain, period, by))
    print_table(table, as_csv=as_csv)


@rank_app.command("units")
def rank_units(
    warehouse: WarehouseDir,
    period: PeriodText,
    published: Annotated[bool, typer.Option("--published", help="已固定的排名，而不是现在的")] = False,
    as_csv: AsCsv = False,
) -> None:
    """单位下沉服务排名。"""
    from pipelines.printed_table import print_table
    from pipelines.publication import live_table, published_table

    place = Warehouse(warehouse)
    if published:
        table = published_table(place.state, period)
    else:
        with place.open() as con:
            table, trouble = live_table(con, period, place.state)
        if trouble:
            say(trouble, error=True)
    print_table(table, as_csv=as_csv)


@rank_app.command("communities")
def rank_communities(warehouse: WarehouseDir, period: PeriodText, as_csv: AsCsv = False) -> None:
    """社区排名。"""
    from pipelines import ranking_tables
    from pipelines.printed_table import print_table

    with Warehouse(warehouse).open() as con:
        print_table(ranking_tables.rank_communities(con, period), as_csv=as_csv)


@rank_app.command("stewards")
def rank_stewards(
    warehouse: WarehouseDir,
    period: PeriodText,
    names: Annotated[bool, typer.Option("--names", help="写出全名，不遮盖")] = False,
    as_csv: AsCsv = False,
) -> None:
    """红管家在同社区、同号段、同单位中的名次。"""
    from pipelines import ranking_tables
    from pipelines.printed_table import print_table
    from pipelines.relief import refuse_in_relief

    con = Warehouse(warehouse).open(private=True)
    refuse_in_relief(con, "个人积分排名")
    table = ranking_tables.rank_stewards(con, period)
    print_table(with_names(con, table, masked=not names), as_csv=as_csv)


def with_names(con: "duckdb.DuckDBPyConnection", table: "pd.DataFrame", *, masked: bool) -> "pd.DataFrame":
    """The same ranking with the column `name` filled from the private file, masked unless asked for."""
    from pipelines.privacy import mask_name

    known = dict(
        con.execute("SELECT steward_id, max(name) FROM private.stewards GROUP BY steward_id").fetchall()
    )
    names: Sequence[str] = [known.get(key) or "" for key in table["steward_id"]]
    return table.assign(name=[mask_name(name) if masked else name for name in names])
