"""What is measured on one sample district, as it comes in."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass, field

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
