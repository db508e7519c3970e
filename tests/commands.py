"""Run the data commands as users do: in a process of their own, or here where many answers are wanted."""

import csv
import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.cli import app
from pipelines.command_line import run

PROGRAM = "python -m pipelines"
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Outcome:
    """Exit code and what was printed. A traceback is never an answer, whatever the code."""

    code: int
    out: str
    err: str

    def __post_init__(self) -> None:
        assert "Traceback" not in self.err, self.err

    def done(self) -> "Outcome":
        """The same, known to have ended with 0."""
        assert self.code == 0, self
        return self

    def refused(self, code: int, *words: str) -> str:
        """The one Chinese sentence on stderr of a command that failed with this code; it contains `words`."""
        assert (self.code, self.out) == (code, ""), self
        sentence = self.err.strip()
        assert len(sentence.splitlines()) == 1, sentence
        assert sentence.endswith("。"), sentence
        for word in words:
            assert word in sentence, sentence
        return sentence

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def rows(self) -> list[dict[str, str]]:
        """The rows of a CSV, by column."""
        return list(csv.DictReader(io.StringIO(self.out)))


def command(*words: str | Path) -> Outcome:
    """A command run in this process, which saves the start of another one."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(app, [str(word) for word in words], PROGRAM)
    return Outcome(code, out.getvalue(), err.getvalue())


def start(*words: str | Path, **environment: str) -> "subprocess.Popen[str]":
    """A command begun in a process of its own, far from the project's folder."""
    return subprocess.Popen(
        [sys.executable, "-m", "pipelines", *map(str, words)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=Path(sys.prefix),
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )


def outcome(process: "subprocess.Popen[str]") -> Outcome:
    """How a begun command ended."""
    out, err = process.communicate()
    return Outcome(process.returncode, out, err)


def process(*words: str | Path, **environment: str) -> Outcome:
    """A command run in a process of its own."""
    with start(*words, **environment) as begun:
        return outcome(begun)
