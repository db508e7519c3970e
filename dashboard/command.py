"""The command `steward`: the data commands of the pipelines, and those that need the board."""

import gc
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from dashboard.examination import examine
from pipelines.cli import app
from pipelines.command_line import run
from pipelines.output import say

# Streamlit takes a second to import, the generator of samples a tenth: each by the commands that need it.

Port = Annotated[int, typer.Option(min=0, max=65535, help="端口；0 表示任选一个空闲端口")]
Meeting = Annotated[bool, typer.Option("--meeting", help="打开后直接进入会议（投影）模式")]


def main() -> None:
    """Runs `steward` with the arguments of the process and leaves with its exit code."""
    sys.exit(run(app, sys.argv[1:], "steward"))


@app.command()
def serve(
    warehouse: Annotated[Path, typer.Option(metavar="DIR", help="仓库文件夹")],
    host: Annotated[str, typer.Option(help="监听地址；本机以外的地址须同时给出 --open")] = "127.0.0.1",
    port: Port = 8501,
    opened: Annotated[bool, typer.Option("--open", help="允许别的电脑打开看板（看板没有登录）")] = False,
    meeting: Meeting = False,
    changes: Annotated[
        bool, typer.Option("--changes", help="打开看板的人都可以公布排名、上传文件；只在本机打开时本来就可以")
    ] = False,
) -> None:
    """打开看板。"""
    # What is imported now stays: looking through it for garbage takes a tenth of the start. The server turns it on again.
    gc.disable()
    examined = examine(warehouse)
    from dashboard import server

    server.serve(warehouse, server.Place(host, port, opened, meeting, changes), examined)


@app.command()
def report(
    period: Annotated[str, typer.Argument(metavar="PERIOD", help="月份，如 2023-09")],
    warehouse: Annotated[Path, typer.Option("--warehouse", metavar="DIR", help="仓库文件夹")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="写到哪个文件夹，没有就新建")],
) -> None:
    """写出一个月的月报：DOCX、PPTX、XLSX、图片；装有 LibreOffice 时还有 PDF。"""
    from dashboard.report.pack import write_pack

    pack = write_pack(warehouse, period, out, lambda doing: say(f"{doing}……"))
    for file in pack.files:
        say(str(file))
    for note in pack.notes:
        say(note, error=True)


@app.command()
def shots(
    period: Annotated[str, typer.Argument(metavar="PERIOD", help="时段：2023-09、2023Q3 或 2023")],
    warehouse: Annotated[Path, typer.Option("--warehouse", metavar="DIR", help="仓库文件夹")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="写到哪个文件夹，没有就新建")],
    scale: Annotated[int, typer.Option(min=1, max=3, help="清晰度：1 宽 1600 像素，2 加倍")] = 1,
) -> None:
    """把各页面存成图片，每页一张 PNG，白底，不必裁剪。"""
    from dashboard.pictures.every_screen import picture_every_screen

    for file in picture_every_screen(warehouse, period, out, scale):
        say(str(file))


@app.command()
def demo(
    programme: Annotated[str, typer.Option(metavar="P", help="示例区所属的工作模式")] = "duodao",
    scale: Annotated[float, typer.Option(help="规模；1.0 是一个完整的区")] = 1.0,
    port: Port = 8501,
    folder: Annotated[Path, typer.Option("--dir", metavar="DIR", help="示例放在哪个文件夹")] = Path(
        "red-steward-demo"
    ),
    meeting: Meeting = False,
) -> None:
    """生成示例区的导出文件（已有则沿用），建立仓库，打开看板。"""
    from dashboard import server

    place = server.Place(port=port, meeting=meeting)
    server.free_port(place)  # before the work, not after it
    home = folder / f"{programme}-{scale:g}"
    exports, warehouse = home / "exports", home / "warehouse"
    if not exports.is_dir():
        make_exports(exports, programme, scale)
    settings = str(exports / "district.toml")
    code = run(app, ["build", str(exports), "--warehouse", str(warehouse), "--district", settings], "steward")
    if code:
        raise typer.Exit(code)
    gc.collect()  # what the build leaves behind; the server never looks at it again
    server.serve(warehouse, place, examine(warehouse))


def make_exports(exports: Path, programme: str, scale: float) -> None:
    """Makes the sample exports whole or not at all: an interrupted sample must not be taken for a finished one."""
    from pipelines.sample import write_sample

    unfinished = exports.with_name("exports.unfinished")
    if unfinished.exists():
        shutil.rmtree(unfinished)
    print(f"正在生成示例区 {programme}（规模 {scale:g}）：{exports}", flush=True)
    write_sample(unfinished, programme, scale)
    unfinished.rename(exports)
