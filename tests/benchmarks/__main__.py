"""`python -m tests.benchmarks [--scale 10] [--only build,questions] [--dir DIR]`: measure, judge, write RESULTS.md."""

import argparse
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import builds, machine, report
from tests.benchmarks.children import run
from tests.benchmarks.measured import Browsed, Clicked, Measured, Question, Questions, Round
from tests.benchmarks.verdict import Verdict

RESULTS = Path(__file__).with_name("RESULTS.md")
PARTS = ("sample", "build", "profile", "questions", "browser", "sessions")
NEED_WAREHOUSE = ("questions", "browser", "sessions")
# Many readings of the small sample, few of a large one: that takes minutes each.
ROUNDS, ROUNDS_LARGE = 7, 2
SAMPLES = 3
# Rounds of the browser: each takes minutes, for a visit takes seconds. Three, so that one slow moment is not a median.
VISITS = 3


@dataclass(frozen=True)
class Options:
    """What was asked for; without `only` everything is measured and the results are written down."""

    scales: tuple[float, ...]
    only: tuple[str, ...]
    rounds: int | None
    folder: Path | None

    def wants(self, part: str) -> bool:
        """Whether a part is to be measured."""
        return not self.only or part in self.only


def main() -> int:
    """Measure; 1 when a limit is broken."""
    options = _options()
    # Ended from outside, too, it takes its gigabytes of samples along.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    about = machine.describe()
    measured: list[Measured] = []
    asked: Questions | None = None
    browsed: Browsed | None = None
    clicked: list[Clicked] = []

    def tell() -> list[Verdict]:
        """Write down what is known: an hour of measuring is not lost to what goes wrong at its end."""
        verdicts = report.verdicts(measured, asked, browsed, clicked)
        text = report.text(about, measured, asked, browsed, clicked, verdicts)
        if not options.only:
            RESULTS.write_text(text, "utf-8")
        return verdicts

    with _folder(options.folder) as folder:
        for scale in options.scales:
            measured.append(_measure(options, scale, folder / f"scale-{scale:g}"))
            tell()
        if options.wants("questions"):
            asked = _ask(measured, folder)
            tell()
        if options.wants("sessions"):
            clicked = _click(measured, folder)
            tell()
        if options.wants("browser"):
            browsed = _browse(measured, folder)
    verdicts = tell()
    print(report.text(about, measured, asked, browsed, clicked, verdicts))
    return int(any(verdict.holds is False for verdict in verdicts))


def _options() -> Options:
    parser = argparse.ArgumentParser("python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--scale", type=float, help="measure a sample of this scale, too, besides scale 1")
    parser.add_argument("--only", default="", help=f"some of {', '.join(PARTS)}; prints and writes nothing")
    parser.add_argument(
        "--rounds", type=int, help=f"rounds of builds; default {ROUNDS}, large {ROUNDS_LARGE}"
    )
    parser.add_argument(
        "--dir",
        type=Path,
        default=os.environ.get("BENCH_DIR"),
        help="where samples and warehouses lie while it runs (or BENCH_DIR); default: the system's place for such",
    )
    given = parser.parse_args()
    only = tuple(part for part in given.only.split(",") if part)
    unknown = set(only) - set(PARTS)
    if unknown:
        parser.error(f"no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    scales = (1.0, given.scale) if given.scale and given.scale != 1 else (1.0,)
    return Options(scales, only, given.rounds, given.dir)


@contextmanager
def _folder(parent: Path | None) -> Iterator[Path]:
    if parent is not None:
        parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="red-steward-bench-", dir=parent) as name:
        yield Path(name)


def _measure(options: Options, scale: float, folder: Path) -> Measured:
    """A sample of one scale: made, built in rounds, profiled. Leaves `inbox` and `warehouse` for the questions
    and for the servers."""
    measured, inbox = Measured(scale), folder / "inbox"
    folder.mkdir()
    for again in range(SAMPLES if scale <= 1 and options.wants("sample") else 1):
        if again:
            shutil.rmtree(inbox)
        _say(f"sample at scale {scale:g}")
        measured.samples.append(run("builds:sample", str(inbox), scale))
    if options.wants("build"):
        _run_rounds(options, measured, folder)
    if options.wants("profile"):
        _say(f"profile at scale {scale:g}")
        measured.profile = run("timeline:profile", str(inbox), str(folder / "profiled"))
    if any(map(options.wants, NEED_WAREHOUSE)) and not (folder / "warehouse").exists():
        run("builds:build_command", str(inbox), str(folder / "warehouse"))
    return measured


def _run_rounds(options: Options, measured: Measured, folder: Path) -> None:
    inbox, less, before = folder / "inbox", folder / "less", folder / "before"
    limit = run("limit:prepare", str(inbox), str(folder / "copies")).result
    builds.without_newest(inbox, less)
    run("builds:build_command", str(less), str(before))
    rounds = options.rounds or (ROUNDS if measured.scale <= 1 else ROUNDS_LARGE)
    for number in range(rounds):
        _say(f"builds at scale {measured.scale:g}, round {number + 1} of {rounds}")
        for leftover in (folder / "warehouse", folder / "again"):
            shutil.rmtree(leftover, ignore_errors=True)
        fastest = run("limit:read", limit["statements"], limit["records"])
        full = run("builds:build_command", str(inbox), str(folder / "warehouse"))
        shutil.copytree(before, folder / "again")
        rebuild = run("builds:build_command", str(inbox), str(folder / "again"))
        measured.rounds.append(Round(fastest, full, rebuild))
    for rest in (less, before, folder / "again", folder / "copies"):
        shutil.rmtree(rest)


def _warehouses(measured: list[Measured], folder: Path) -> list[str]:
    return [str(folder / f"scale-{each.scale:g}" / "warehouse") for each in measured]


def _browse(measured: list[Measured], folder: Path) -> Browsed:
    _say("the board in a browser")
    told = run("browser:measure", _warehouses(measured, folder), VISITS).result
    return Browsed([each.scale for each in measured], **told)


def _click(measured: list[Measured], folder: Path) -> list[Clicked]:
    found = []
    for each, warehouse in zip(measured, _warehouses(measured, folder), strict=True):
        _say(f"many readers at once at scale {each.scale:g}")
        told = run("sessions:click", warehouse).result
        found.append(Clicked(each.scale, told["seconds"], told["errors"], told["server_peak"]))
    return found


def _ask(measured: list[Measured], folder: Path) -> Questions:
    _say("questions of the screens")
    answer = run("questions:ask_all", _warehouses(measured, folder)).result
    for screen, error in answer["broken"].items():
        _say(f"{screen} raised with {error}")
    return Questions([Question(**one) for one in answer["questions"]], answer["nothing"], answer["broken"])


def _say(doing: str) -> None:
    print(f"{doing} (load {os.getloadavg()[0]:.1f})", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
