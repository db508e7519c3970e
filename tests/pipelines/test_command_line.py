"""The front of every command: Chinese sentences on stderr, exit codes, no traceback."""

import errno
from pathlib import Path
from typing import Annotated, Literal

import pytest
import typer

from pipelines.command_line import run
from pipelines.faults import InputFault, LockFault, SurroundingsFault

FAULTS: dict[str, BaseException] = {
    "input": InputFault("文件坏了。"),
    "lock": LockFault("另一个构建正在进行。"),
    "surroundings": SurroundingsFault("仓库不见了。"),
    "full": OSError(errno.ENOSPC, "No space left on device", "/仓库"),
    "denied": PermissionError(errno.EACCES, "Permission denied", "/仓库"),
    "interrupted": KeyboardInterrupt(),
}

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True, help="示例命令。")


@app.command()
def build(
    inbox: Annotated[Path, typer.Argument(help="导出文件夹", exists=True, file_okay=False)],
    warehouse: Annotated[Path, typer.Option(help="仓库")],
    port: Annotated[int, typer.Option(min=1, max=65535, help="端口")] = 8501,
    scale: Annotated[float, typer.Option(help="规模")] = 1.0,
    grain: Annotated[Literal["month", "year"], typer.Option(help="粒度")] = "month",
    strict: Annotated[bool, typer.Option("--strict", help="有疑点时以 1 退出")] = False,
) -> None:
    """建仓。"""
    typer.echo(f"{inbox.name} {warehouse} {port} {scale} {grain}")
    if strict:
        raise typer.Exit(1)


@app.command()
def fail(kind: str) -> None:
    """出错。"""
    raise FAULTS[kind]


@app.command()
def defect() -> None:
    """程序本身的缺陷。"""
    raise ZeroDivisionError


def test_a_command_that_succeeds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(app, ["build", str(tmp_path), "--warehouse", "w"], "steward") == 0
    assert capsys.readouterr().out == f"{tmp_path.name} w 8501 1.0 month\n"


def test_the_exit_code_of_the_command_itself(tmp_path: Path) -> None:
    assert run(app, ["build", str(tmp_path), "--warehouse", "w", "--strict"], "steward") == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["biuld"], "没有命令 biuld（是不是 build？）；用法见 steward --help。"),
        (["--loud"], "没有选项 --loud；用法见 steward --help。"),
        (["build"], "缺少参数 INBOX；用法见 steward build --help。"),
        (["build", "."], "缺少选项 --warehouse；用法见 steward build --help。"),
        (
            ["build", ".", "--warehous", "w"],
            "没有选项 --warehous（是不是 --warehouse？）；用法见 steward build --help。",
        ),
        (["build", ".", "more", "--warehouse", "w"], "多余的参数 more；用法见 steward build --help。"),
        (["build", ".", "--warehouse"], "选项 --warehouse 后面缺少值；用法见 steward --help。"),
        (["build", ".", "--strict=1", "--warehouse", "w"], "选项 --strict 不接受值；用法见 steward --help。"),
        (["build", "no such", "--warehouse", "w"], "INBOX “no such”不存在；用法见 steward build --help。"),
        (
            ["build", "pyproject.toml", "--warehouse", "w"],
            "INBOX “pyproject.toml”是文件，这里需要文件夹；用法见 steward build --help。",
        ),
        (
            ["build", ".", "--warehouse", "w", "--port", "八"],
            "--port “八”应是整数；用法见 steward build --help。",
        ),
        (
            ["build", ".", "--warehouse", "w", "--port", "0"],
            "--port “0”不能小于 1；用法见 steward build --help。",
        ),
        (
            ["build", ".", "--warehouse", "w", "--port", "65536"],
            "--port “65536”不能大于 65535；用法见 steward build --help。",
        ),
        (
            ["build", ".", "--warehouse", "w", "--scale", "x"],
            "--scale “x”应是数字；用法见 steward build --help。",
        ),
        (
            ["build", ".", "--warehouse", "w", "--grain", "day"],
            "--grain “day”不是有效的值，应是 'month'、'year' 之一；用法见 steward build --help。",
        ),
    ],
)
def test_wrong_input_is_one_chinese_sentence_and_exit_2(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    assert run(app, arguments, "steward") == 2
    output = capsys.readouterr()
    assert output.err == sentence + "\n"
    assert output.out == ""


@pytest.mark.parametrize(
    ("kind", "code", "sentence"),
    [
        ("input", 2, "文件坏了。"),
        ("lock", 3, "另一个构建正在进行。"),
        ("surroundings", 4, "仓库不见了。"),
        ("full", 4, "磁盘空间不足（/仓库），上一个版本继续可用；请腾出空间后重试。"),
        ("denied", 4, "没有读写权限（/仓库），没有改变任何数据；请检查文件和文件夹的权限。"),
        ("interrupted", 130, "已中断。"),
    ],
)
def test_every_family_of_faults_has_its_exit_code(
    kind: str, code: int, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(app, ["fail", kind], "steward") == code
    assert capsys.readouterr().err == sentence + "\n"


def test_a_defect_of_ours_is_not_dressed_up() -> None:
    with pytest.raises(ZeroDivisionError):
        run(app, ["defect"], "steward")


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], []])
def test_help_is_chinese(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    code = run(app, arguments, "steward")
    output = capsys.readouterr()
    assert code == (0 if arguments else 2)
    text = output.out or output.err
    assert text.startswith("用法：steward")
    assert "显示本说明。" in text
    for english in ("Usage", "Options:", "Commands:", "Arguments:", "Show this", "default", "required"):
        assert english not in text
