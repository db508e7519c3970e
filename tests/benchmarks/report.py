"""The results as a page of Markdown: verdicts first, then what stands behind them."""

from collections.abc import Callable

from tests.benchmarks.browser_report import (
    browser_section,
    browser_verdicts,
    session_section,
    session_verdicts,
)
from tests.benchmarks.measured import Browsed, Clicked, Measured, Question, Questions, Round, Spread
from tests.benchmarks.profile_report import profile_section
from tests.benchmarks.verdict import Verdict, each_within

LIMIT, AIM = 3.0, 2.0
PEAK_SMALL, PEAK_LARGE = 1e9, 2e9
SIZE = 0.5
QUESTION_MS, GROWTH = 20.0, 1.5
SAMPLE_SECONDS = 15.0
SLOWEST = 10


def verdicts(
    measured: list[Measured], questions: Questions | None, browsed: Browsed | None, clicked: list[Clicked]
) -> list[Verdict]:
    """Every limit that was looked at."""
    found: list[Verdict] = []
    for each in measured:
        found += _sample_verdicts(each)
        if each.rounds:
            found += _build_verdicts(each)
    if questions is not None:
        found += _question_verdicts(questions, [each.scale for each in measured])
    if browsed is not None:
        found += browser_verdicts(browsed)
    for each_scale in clicked:
        found += session_verdicts(each_scale)
    return found


def _sample_verdicts(each: Measured) -> list[Verdict]:
    seconds = Spread([used.wall for used in each.samples])
    what = f"Sample district made, scale {each.scale:g}"
    memory = f"{max(used.peak for used in each.samples) / 1e9:.2f} GB"
    if each.scale <= 1:
        limit, holds = f"≤ {SAMPLE_SECONDS:g} s", seconds.median <= SAMPLE_SECONDS
    else:
        limit, holds = f"≤ {PEAK_LARGE / 1e9:g} GB", max(used.peak for used in each.samples) <= PEAK_LARGE
    return [Verdict(what, limit, f"{seconds.text('{:.1f}')} s, {memory}", holds)]


def _build_verdicts(each: Measured) -> list[Verdict]:
    at = f"scale {each.scale:g}"
    wall = each.ratios(lambda one: one.build.wall / one.limit.wall)
    most = PEAK_SMALL if each.scale <= 1 else PEAK_LARGE
    aim = "aim reached" if wall.median <= AIM else "aim missed"
    again = each.ratios(lambda one: one.rebuild.wall / one.build.wall if one.rebuild else float("nan"))
    return [
        Verdict(
            f"Full build ÷ limit, {at}", f"≤ {LIMIT:g}, aim {AIM:g}", f"{wall.text()}, {aim}", wall.median <= LIMIT
        ),
        Verdict(f"Memory of the build, {at}", f"≤ {most / 1e9:g} GB", f"{each.peak / 1e9:.2f} GB", each.peak <= most),
        Verdict(f"Version ÷ exports in bytes, {at}", f"≤ {SIZE:g}", f"{each.size_ratio:.2f}", each.size_ratio <= SIZE),
        Verdict(f"Rebuild with one new month ÷ full build, {at}", "none", again.text(), None),
    ]  # fmt: skip


def _question_verdicts(questions: Questions, scales: list[float]) -> list[Verdict]:
    medians = [one.medians[0] * 1000 for one in questions.asked]
    found = [
        each_within(
            f"{len(medians)} questions of the screens, medians of 20, scale {scales[0]:g}",
            QUESTION_MS,
            medians,
            "{:.1f}",
            " ms",
        )
    ]
    if len(scales) > 1:
        growth = Spread([one.growth for one in questions.asked])
        grown = sum(value > GROWTH for value in growth.values)
        later = [one.medians[1] * 1000 for one in questions.asked]
        found += [
            each_within(f"The same, scale {scales[1]:g}", GROWTH * QUESTION_MS, later, "{:.1f}", " ms"),
            Verdict(
                f"Each question at scale {scales[1]:g} ÷ scale {scales[0]:g}",
                f"≤ {GROWTH:g}",
                f"{growth.text()}, {grown} over",
                not grown,
            ),
        ]
    if questions.broken:
        found.append(
            Verdict("Screens that raised, questions missing", "none", ", ".join(questions.broken), False)
        )
    return found


def text(
    about: dict[str, str],
    measured: list[Measured],
    questions: Questions | None,
    browsed: Browsed | None,
    clicked: list[Clicked],
    found: list[Verdict],
) -> str:
    """The whole page."""
    lines = ["# How fast, how small", "", *_HEAD, ""]
    lines += [f"- {name}: {value}" for name, value in about.items()]
    lines += ["", "| what | limit | measured | |", "|---|---|---|---|"]
    marks = {True: "✔", False: "✘", None: ""}
    lines += [f"| {one.what} | {one.limit} | {one.found} | {marks[one.holds]} |" for one in found]
    for each in measured:
        if each.rounds:
            lines += _rounds_section(each)
    if questions is not None:
        lines += _questions_section(questions, [each.scale for each in measured])
    if browsed is not None:
        lines += browser_section(browsed)
    if clicked:
        lines += session_section(clicked)
    for each in measured:
        if each.profile is not None:
            lines += profile_section(each)
    return "\n".join([*lines, ""])


_HEAD = (
    "Written by `make bench` (`BENCH=\"--scale 10\"` for the large sample, too). The machine is shared: trust ratios "
    "of one",
    "round, not seconds. The limit is DuckDB reading the same files, every column as text, into memory, with default",
    "settings (the better of two readings in one process). Values are medians of all rounds, with (lowest–highest).",
)  # fmt: skip

_ROUND_ROWS: tuple[tuple[str, Callable[[Round], float], str], ...] = (
    ("limit, wall s", lambda one: one.limit.wall, "{:.2f}"),
    ("limit, CPU s", lambda one: one.limit.cpu, "{:.2f}"),
    ("`build()`, wall s", lambda one: one.build.wall, "{:.2f}"),
    ("`build()`, CPU s", lambda one: one.build.cpu, "{:.2f}"),
    ("whole command, wall s", lambda one: one.build.command, "{:.2f}"),
    ("`build()` ÷ limit, wall", lambda one: one.build.wall / one.limit.wall, "{:.2f}"),
    ("`build()` ÷ limit, CPU", lambda one: one.build.cpu / one.limit.cpu, "{:.2f}"),
    ("whole command ÷ limit, wall", lambda one: one.build.command / one.limit.wall, "{:.2f}"),
    ("memory of the limit, GB", lambda one: one.limit.peak / 1e9, "{:.2f}"),
    ("memory of the build, GB", lambda one: one.build.peak / 1e9, "{:.2f}"),
)


def _rounds_section(each: Measured) -> list[str]:
    made, built = each.samples[0].result, each.rounds[0].build.result
    lines = ["", f"## Builds at scale {each.scale:g}", ""]
    lines += [
        f"{built['records']:,} records in {made['files']} files of {made['bytes'] / 1e6:.0f} MB; the version has "
        f"{built['version_bytes'] / 1e6:.0f} MB. {len(each.rounds)} rounds of limit, build and rebuild in turn; the new "
        f"file of the rebuild is the largest of the newest month.",
        "",
        "| | median (lowest–highest) |",
        "|---|---|",
    ]
    lines += [f"| {name} | {each.ratios(of).text(form)} |" for name, of, form in _ROUND_ROWS]
    return lines


def _questions_section(questions: Questions, scales: list[float]) -> list[str]:
    shown = " | ".join(f"scale {scale:g}: median, best ms" for scale in scales)
    lines = ["", "## Questions of the screens", ""]
    lines += [
        "Recorded while every screen is drawn for each grain, for the district, a subdistrict and a community, and the "
        "map for every metric; each is then asked 20 times without the cache, the scales in turn. A query of nothing "
        f"asked in between took {questions.nothing * 1000:.1f} ms. The slowest:",
        "",
        f"| question | screens | {shown} |",
        "|---|---|" + "---|" * len(scales),
    ]
    slowest = sorted(questions.asked, key=lambda one: -max(one.medians))
    lines += [f"| `{one.label}` | {', '.join(one.screens)} | {_times(one)} |" for one in slowest[:SLOWEST]]
    if len(scales) > 1:
        lines += ["", "Those that grow most:", "", f"| question | {shown} | growth |", "|---|---|---|---|"]
        grown = sorted(questions.asked, key=lambda one: -one.growth)
        lines += [f"| `{one.label}` | {_times(one)} | {one.growth:.2f} |" for one in grown[:SLOWEST]]
    return lines


def _times(question: Question) -> str:
    pairs = zip(question.medians, question.best, strict=True)
    return " | ".join(f"{median * 1000:.1f}, {best * 1000:.1f}" for median, best in pairs)
