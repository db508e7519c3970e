"""What is measured on one sample district, as it comes in."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.benchmarks.children import Used


@dataclass(frozen=True)
class Round:
    """One after the other within the same minute: the limit, a full build, a rebuild after one new monthly file."""

    limit: Used
    build: Used
    rebuild: Used | None = None


@dataclass
class Measured:
    """Everything measured at one scale; what was not asked for stays empty."""

    scale: float
    samples: list[Used] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    profile: Used | None = None

    @property
    def csv_bytes(self) -> int:
        """Size of all exports of the sample."""
        return int(self.samples[0].result["bytes"])

    @property
    def size_ratio(self) -> float:
        """Bytes of the version, its private file included, by bytes of the exports."""
        return float(self.rounds[0].build.result["version_bytes"]) / self.csv_bytes

    @property
    def peak(self) -> int:
        """The most memory that any of the builds held."""
        return max(each.build.peak for each in self.rounds)

    def ratios(self, of: Callable[[Round], float]) -> "Spread":
        """A ratio over all rounds."""
        return Spread([of(each) for each in self.rounds])


@dataclass(frozen=True)
class Spread:
    """Values of several rounds, shown by their median and their ends."""

    values: list[float]

    @property
    def median(self) -> float:
        """The value in the middle."""
        return statistics.median(self.values)

    def text(self, form: str = "{:.2f}") -> str:
        """`2.31 (2.12–2.80)`; a single value stands alone."""
        low, middle, high = (
            form.format(value) for value in (min(self.values), self.median, max(self.values))
        )
        return middle if len(self.values) == 1 else f"{middle} ({low}–{high})"


@dataclass(frozen=True)
class Question:
    """A question of the screens: medians and bests in seconds, one for each scale."""

    label: str
    screens: list[str]
    medians: list[float]
    best: list[float]

    @property
    def growth(self) -> float:
        """How many times longer it takes at the large scale."""
        return self.medians[1] / self.medians[0]


@dataclass(frozen=True)
class Questions:
    """All questions, the median seconds of a query of nothing asked in between, and screens that raised."""

    asked: list[Question]
    nothing: float
    broken: dict[str, str]


@dataclass(frozen=True)
class Browsed:
    """Visits of a browser: see `browser.measure`. Ratios are to the hello-world page of the same round."""

    scales: list[float]
    visits: list[dict[str, Any]]
    starts: list[dict[str, Any]]
    memory: list[float]
    peaks: list[float]
    broken: dict[str, str]

    def of(self, place: int | None, screen: str | None = None) -> list[dict[str, Any]]:
        """The visits of a warehouse by its place, of hello-world for None."""
        return [one for one in self.visits if one["place"] == place and screen in (None, one["screen"])]

    def screens(self, place: int, kind: str | None = None) -> list[str]:
        """Screens that were visited, those of a kind only."""
        return list(dict.fromkeys(one["screen"] for one in self.of(place) if kind in (None, one["kind"])))

    def ratio(self, place: int, screen: str, what: str) -> "Spread | None":
        """`load`, `fresh` or `known` of a screen by that of hello-world, one value a round; None without a choice."""
        found = [
            _seconds(one[what]) / self._hello(one["round"], what)
            for one in self.of(place, screen)
            if what in one
        ]
        return Spread(found) if found else None

    def medians(self, place: int, what: str, kind: str | None = None) -> list[float]:
        """The median ratio of each screen."""
        found = (self.ratio(place, screen, what) for screen in self.screens(place, kind))
        return [one.median for one in found if one is not None]

    def grown(self, place: int, what: str) -> list[float]:
        """Each screen at this scale by the same at the first scale."""
        found = []
        for screen in self.screens(place):
            large, small = self.ratio(place, screen, what), self.ratio(0, screen, what)
            if large is not None and small is not None:
                found.append(large.median / small.median)
        return found

    def cpu(self, place: int, screen: str, what: str) -> float | None:
        """Milliseconds of CPU of the server for a `fresh` or `known` choice: the mean, for the clock ticks coarsely."""
        found = [one[what][1] for one in self.of(place, screen) if what in one]
        return statistics.fmean(found) * 1000 if found else None

    def starting(self, place: int) -> "Spread":
        """Seconds from the start of the process to painted by those of hello-world."""
        hello = {one["round"]: one["seconds"] for one in self.starts if one["place"] is None}
        return Spread([one["seconds"] / hello[one["round"]] for one in self.starts if one["place"] == place])

    def _hello(self, number: int, what: str) -> float:
        return statistics.median(
            _seconds(one[what]) for one in self.of(None) if one["round"] == number and what in one
        )


def _seconds(measured: float | list[float]) -> float:
    return measured[0] if isinstance(measured, list) else measured


@dataclass(frozen=True)
class Clicked:
    """Sessions that clicked at once: seconds of each click by round, errors shown, peak memory of the server in bytes."""

    scale: float
    seconds: list[list[float]]
    errors: list[str]
    peak: float

    def quantile(self, share: float) -> float:
        """Seconds that this share of all clicks stayed within."""
        ordered = sorted(second for each in self.seconds for second in each)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
