"""What one sample district is made of: its months, its size, its yearly figures, its random streams."""

from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

LAST_MONTH = np.datetime64("2023-12", "M")
FIRST_MONTH = np.datetime64("2021-01", "M")
MOST_MONTHS = 36

# The programme grew: what a year saw, as a share of 2023.
YEAR_SHARE = {2021: 0.34, 2022: 0.62, 2023: 1.0}


@dataclass(frozen=True)
class Figures:
    """The golden figures of the year 2023 (programme D, rows D1 to D16) and a few sizes beside them.

    Headcounts are those on the roster on 2023-12-31; `answers` are those of one half-yearly wave.
    """

    stewards: int = 21_536
    leaders: int = 108
    cadres: int = 1_700
    staff: int = 4_696
    council: int = 2_160
    keen: int = 6_300
    heads: int = 6_572
    leavers: int = 1_060
    party: int = 6_764
    tasks: int = 96_000
    claims: int = 500_000
    verified: int = 150_000
    wishes: int = 2_968
    fulfilled: int = 2_559
    stars: int = 2_152
    medals: int = 300
    activities: int = 20_364
    satisfaction_answers: int = 8_600
    safety_answers: int = 5_460
    stations: int = 538
    merchants: int = 235
    prize_meetings: int = 200

    def scaled(self, scale: float) -> "Figures":
        """The figures of a district with `scale` times the people and events; places do not grow."""
        unscaled = {"stations", "merchants", "prize_meetings"}
        sizes = {
            name: max(1, round(value * scale)) for name, value in vars(self).items() if name not in unscaled
        }
        figures = replace(self, **sizes)
        classes = figures.leaders + figures.cadres + figures.staff + figures.council + figures.keen
        heads = max(1, figures.stewards - classes)
        return replace(figures, heads=heads, stewards=classes + heads)


@dataclass(frozen=True)
class Plan:
    """One sample district to make.

    `months` are whole months in order, `score_lines` (excellent, good, pass) those of the units.
    `small` makes the district that lies beside the code: one subdistrict, every kind of dirty row, and
    one community whose phones report another datum.
    """

    seed: int
    figures: Figures
    months: tuple[np.datetime64, ...]
    units: int = 80
    score_lines: tuple[int, int, int] = (250, 200, 150)
    small: bool = False

    @property
    def data_until(self) -> np.datetime64:
        """The last day covered, which is the date in the names of the last files."""
        return last_day(self.months[-1])

    @property
    def eve(self) -> np.datetime64:
        """The day before the first month: the date of the base files."""
        return last_day(self.months[0] - 1)

    @property
    def sequence_width(self) -> int:
        """Digits of the running number that each code has within its month."""
        return max(5, len(str(int(self.figures.claims * 0.12))))

    def flaw(self, share: float) -> float:
        """How often a flaw occurs; the small district has more of each, so that every finding shows."""
        return share * 40 if self.small else share

    def stream(self, name: str, *numbers: int) -> np.random.Generator:
        """A random stream of its own for each purpose, so that one part can change without the others."""
        return np.random.default_rng([self.seed, crc32(name.encode()), *numbers])


def months_until(last: np.datetime64, count: int) -> tuple[np.datetime64, ...]:
    """`count` months in order, ending with `last`."""
    return tuple(last - count + 1 + i for i in range(count))


def first_day(month: np.datetime64) -> np.datetime64:
    """The first day of a month."""
    day: np.datetime64 = month.astype("datetime64[D]")
    return day


def last_day(month: np.datetime64) -> np.datetime64:
    """The last day of a month."""
    return first_day(month + 1) - 1


def end_of(day: np.datetime64) -> np.datetime64:
    """The last second of a day."""
    midnight: np.datetime64 = (day + 1).astype("datetime64[s]")
    return midnight - 1


def year_of(month: np.datetime64) -> int:
    """The calendar year of a month or day."""
    return int(month.astype("datetime64[Y]").astype(int)) + 1970


def month_of_year(month: np.datetime64) -> int:
    """0 for January to 11 for December."""
    return int(month.astype("datetime64[M]").astype(int)) % 12


def month_code(month: np.datetime64) -> int:
    """2301 for January 2023: the head of the codes given in that month."""
    return year_of(month) % 100 * 100 + month_of_year(month) + 1


def apportion(total: int, weights: NDArray[np.float64]) -> NDArray[np.int64]:
    """Whole shares of `total` by weight that add up to it: the largest remainder method.

    Raises ValueError when no weight is positive and something is to be shared.
    """
    whole = float(weights.sum())
    if whole <= 0:
        if total:
            raise ValueError("nothing to share by")
        return np.zeros(len(weights), dtype=np.int64)
    exact = total * weights / whole
    shares = np.floor(exact).astype(np.int64)
    order = np.argsort(-(exact - shares), kind="stable")
    shares[order[: total - int(shares.sum())]] += 1
    return shares
