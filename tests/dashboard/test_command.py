"""`steward` as its user meets it: a process with arguments, output and an exit code."""

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from dashboard import command
from pipelines import sample
from pipelines.command_line import run

STEWARD = str(Path(sys.executable).with_name("steward"))


def steward(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The finished process of `steward` with these arguments."""
    return subprocess.run([STEWARD, *arguments], cwd=cwd, capture_output=True, text=True, timeout=120)


def test_help_names_every_command() -> None:
    shown = steward("--help")
    assert shown.returncode == 0
    for name in ("demo", "sample", "check", "build", "status", "rollback", "path", "rejects", "findings"):
        assert re.search(rf"^  {name} ", shown.stdout, re.MULTILINE), name
    assert "用法：steward" in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["serve"], 2, "缺少选项 --warehouse"),
        (["serve", "--warehouse", "none", "--port", "0"], 4, "找不到仓库文件夹"),
        (["serve", "--warehouse", ".", "--host", "0.0.0.0"], 2, "--open"),
        (["serve", "--warehouse", ".", "--port", "70000"], 2, "不能大于 65535"),
        (["demo", "--scale", "0", "--port", "0"], 2, "规模"),
        (["demo", "--programme", "nowhere", "--port", "0"], 2, "nowhere"),
        (["no-such"], 2, "没有命令 no-such"),
    ],
)
def test_mistakes_are_one_sentence(arguments: list[str], code: int, words: str, tmp_path: Path) -> None:
    outcome = steward(*arguments, cwd=tmp_path)
    assert outcome.returncode == code
    assert words in outcome.stderr
    assert "Traceback" not in outcome.stderr
    assert len(outcome.stderr.splitlines()) == 1


def test_demo_tells_of_a_taken_port_before_it_makes_anything(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        outcome = steward("demo", "--port", str(other.getsockname()[1]), cwd=tmp_path)
    assert outcome.returncode == 4
    assert "--port" in outcome.stderr
    assert list(tmp_path.iterdir()) == []


def made_by_demo(folder: Path) -> list[tuple[str, int]]:
    """Names and times of the exports after `steward demo` has served in `folder` and was stopped with Ctrl+C."""
    arguments = [STEWARD, "demo", "--scale", "0.01", "--port", "0"]
    with subprocess.Popen(
        arguments, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        lines = (re.search(r"http://[\w.:]+", line) for line in process.stdout)
        address = next(found[0] for found in lines if found)
        with urlopen(f"{address}/healthz") as answer:
            assert answer.status == 200
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        assert (out.splitlines()[-1], err, process.returncode) == ("看板已停止。", "", 0)
    exports = folder / "red-steward-demo" / "duodao-0.01" / "exports"
    return sorted((path.name, path.stat().st_mtime_ns) for path in exports.rglob("*"))


@pytest.mark.skipif(sys.platform == "win32", reason="there, Ctrl+C cannot be sent to one process")
def test_demo_goes_from_nothing_to_a_board_and_keeps_its_exports(tmp_path: Path) -> None:
    first = made_by_demo(tmp_path)
    assert len(first) > 20
    assert made_by_demo(tmp_path) == first


def test_an_interrupted_sample_is_not_taken_for_a_finished_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The real generator is stood in for, so that it can be interrupted at a known moment.
    def interrupted(out: Path, programme: str, scale: float) -> None:
        out.mkdir(parents=True)
        raise KeyboardInterrupt

    monkeypatch.setattr(sample, "write_sample", interrupted)
    for _ in range(2):
        code = run(command.app, ["demo", "--dir", str(tmp_path), "--port", "0"], "steward")
        assert code == 130
        assert [path.name for path in (tmp_path / "duodao-1").iterdir()] == ["exports.unfinished"]
