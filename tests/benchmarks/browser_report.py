"""The part of the results about the board as a reader meets it: pages, choices, many readers at once."""

from collections.abc import Iterable

from tests.benchmarks.measured import Browsed, Clicked
from tests.benchmarks.verdict import Verdict, each_within, within

LOADS = {
    "map": ("with the map", 3.0),
    "plotly": ("with plotly or a data grid", 2.5),
    "plain": ("of figures, tables and SVG", 1.5),
}
CHOICE, GROWTH, START = 2.0, 1.2, 1.5
MEGABYTES, CPU_MS, MEMORY_MB = 4.5, 60.0, 300.0
P95_SECONDS = 1.0
_CHOICES = {"fresh": "A choice never made before", "known": "A choice made before"}
# A script of a megabyte and more draws in the browser what only a reader who asks for it gets to see.
_BY_SCRIPTS = {"map": ", raised map", "plotly": ", drawn by plotly", "plain": ""}


def browser_verdicts(browsed: Browsed) -> list[Verdict]:
    """Every limit of the pages."""
    found = [verdict for place in range(len(browsed.scales)) for verdict in _at_scale(browsed, place)]
    if browsed.broken:
        raised = "; ".join(f"{screen}: {why}" for screen, why in browsed.broken.items())
        found.append(Verdict("Screens that raised in the browser", "none", raised, False))
    return found


def _at_scale(browsed: Browsed, place: int) -> list[Verdict]:
    at = f"scale {browsed.scales[place]:g}"
    found = []
    for kind, (words, limit) in LOADS.items():
        ratios = browsed.medians(place, "load", kind)
        if ratios:
            what = f"Load ÷ hello-world page, {len(ratios)} screens {words}, {at}"
            found.append(each_within(what, limit, ratios))
    for what, words in _CHOICES.items():
        for kind, drawn in _BY_SCRIPTS.items():
            if ratios := browsed.medians(place, what, kind):
                found.append(each_within(f"{words}, to painted ÷ hello-world's{drawn}, {at}", CHOICE, ratios))
        if place:
            grown = browsed.grown(place, what)
            found.append(each_within(f"{words}, {at} ÷ scale {browsed.scales[0]:g}", GROWTH, grown))
        milliseconds = [browsed.cpu(place, screen, what) for screen in browsed.screens(place)]
        spent = [one for one in milliseconds if one is not None]
        found.append(each_within(f"{words}, CPU of the server, {at}", CPU_MS, spent, "{:.0f}", " ms"))
    start = browsed.starting(place)
    found.append(
        Verdict(
            f"Cold start to painted ÷ hello-world's, {at}",
            f"≤ {START:g}",
            start.text(),
            start.median <= START,
        )
    )
    largest = max(one["bytes"] for one in browsed.of(place)) / 1e6
    found.append(within(f"Bytes of a cold load, largest screen, {at}", MEGABYTES, largest, suffix=" MB"))
    held, most = browsed.memory[place] / 1e6, browsed.peaks[place] / 1e6
    what = f"Memory of the server when all screens were visited (at most {most:.0f} MB), {at}"
    found.append(within(what, MEMORY_MB, held, "{:.0f}", " MB"))
    return found


def session_verdicts(clicked: Clicked) -> list[Verdict]:
    """Every limit of many readers at once."""
    sessions = len(clicked.seconds[0])
    what = f"{sessions} sessions clicking at once, scale {clicked.scale:g}"
    errors = "; ".join(dict.fromkeys(clicked.errors)) or "none"
    return [
        within(f"{what}: 95 % of the clicks within", P95_SECONDS, clicked.quantile(0.95), suffix=" s"),
        Verdict(f"{what}: errors", "none", errors, not clicked.errors),
    ]


def browser_section(browsed: Browsed) -> list[str]:
    """One table of all screens for each scale."""
    rounds = len({one["round"] for one in browsed.starts})
    hello = browsed.of(None)
    lines = ["", "## The board in a browser", "", *_METHOD, ""]
    lines += [
        f"{rounds} rounds. The hello-world page itself: load {_range(one['load'] for one in hello)} s, "
        f"choice {_range(one['fresh'][0] for one in hello)} s, {hello[0]['bytes'] / 1e6:.1f} MB; from the start of its "
        f"process to painted {_range(one['seconds'] for one in browsed.starts if one['place'] is None)} s."
    ]
    for place, scale in enumerate(browsed.scales):
        lines += ["", f"Scale {scale:g}:", "", *_HEADER]
        lines += [_row(browsed, place, screen) for screen in browsed.screens(place)]
    return lines


_METHOD = (
    "Chromium with an empty cache, 1920×1080. Painted is the last frame that looks different from the one before, as",
    "the browser itself sends and dates them. Ratios are to a hello-world page of Streamlit's own, visited in between",
    "in the same round. A choice is the neighbouring option of a screen's first select box, once new (servers start",
    "anew in every round; it is the first of its page, too, for which the browser compiles what draws anew), once back.",
    "The last two are drawings that a reader asks for on a screen: the map raised with WebGL, here without a graphics",
    "card, and lines to zoom into.",
)
_HEADER = (
    "| screen | drawn with | load ÷ hello | MB | new choice ÷ hello | CPU ms | known choice ÷ hello | CPU ms |",
    "|---|---|---|---|---|---|---|---|",
)


def _row(browsed: Browsed, place: int, screen: str) -> str:
    visit = browsed.of(place, screen)[0]
    cells = [screen, visit["kind"], _ratio(browsed, place, screen, "load"), f"{visit['bytes'] / 1e6:.2f}"]
    for what in _CHOICES:
        spent = browsed.cpu(place, screen, what)
        cells += [_ratio(browsed, place, screen, what), "–" if spent is None else f"{spent:.0f}"]
    return f"| {' | '.join(cells)} |"


def _ratio(browsed: Browsed, place: int, screen: str, what: str) -> str:
    ratio = browsed.ratio(place, screen, what)
    return "–" if ratio is None else ratio.text()


def _range(values: Iterable[float]) -> str:
    read = sorted(values)
    return f"{read[len(read) // 2]:.2f} ({read[0]:.2f}–{read[-1]:.2f})"


def session_section(clicked: list[Clicked]) -> list[str]:
    """Quantiles of the clicks."""
    lines = ["", "## Many readers at once", ""]
    lines += [
        "Sessions over the websocket, on all screens with a choice in turn; in each round all choose at the same moment.",
        "",
        "| | sessions | clicks | median s | 95 % s | longest s | server MB |",
        "|---|---|---|---|---|---|---|",
    ]
    for one in clicked:
        count = sum(map(len, one.seconds))
        half, most, longest = (one.quantile(share) for share in (0.5, 0.95, 1.0))
        lines.append(
            f"| scale {one.scale:g} | {len(one.seconds[0])} | {count} | {half:.2f} | {most:.2f} | {longest:.2f} | "
            f"{one.peak / 1e6:.0f} |"
        )
    return lines
