"""Months, quarters and years of the Asia/Shanghai calendar, and how two of them are compared.

Days are `datetime.date`; the end of a period is inclusive. A `datetime` is taken where a day is
asked for: a naive one is Shanghai wall time, as everything in the warehouse, an aware one is
converted first, so that 2023-12-31T16:00Z belongs to 2024.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from typing import Literal, Self

from pipelines.faults import PeriodFault

Grain = Literal["month", "quarter", "year"]

# Fixed: China has had no daylight saving since 1991, and Windows has no time zone database.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")

MONTHS_OF: dict[Grain, int] = {"month": 1, "quarter": 3, "year": 12}

_KEY = re.compile(r"(?P<year>(?:19|2[0-9])[0-9]{2})(?:-(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4]))?")
_QUARTER_ZH = "一二三四"


@dataclass(frozen=True)
class Period:
    """A month, quarter or year, or its first days (`first_days`), from `start` to `end` inclusive.

    Raises ValueError when `start` is not the first day of a period of the grain, or `end` lies
    outside it.
    """

    grain: Grain
    start: date
    end: date

    def __post_init__(self) -> None:
        if self.grain not in MONTHS_OF:
            raise ValueError(f"unknown grain: {self.grain}")
        if isinstance(self.start, datetime) or isinstance(self.end, datetime):
            raise ValueError("a period is bounded by dates, not by datetimes")
        if self.start != _first_day(self.grain, self.start):
            raise ValueError(f"{self.start} is not the first day of a {self.grain}")
        if not self.start <= self.end <= _last_day(self.grain, self.start):
            raise ValueError(f"{self.end} is not within the {self.grain} that begins on {self.start}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """The period named `2023-09`, `2023Q3` or `2023`; PeriodFault for anything else."""
        match = _KEY.fullmatch(text)
        if match is None:
            raise PeriodFault(text)
        year = int(match["year"])
        if match["month"]:
            return cls.containing("month", date(year, int(match["month"]), 1))
        if match["quarter"]:
            return cls.containing("quarter", date(year, int(match["quarter"]) * 3 - 2, 1))
        return cls.containing("year", date(year, 1, 1))

    @classmethod
    def containing(cls, grain: Grain, moment: date) -> Self:
        """The whole period of the grain in which a day (or the Shanghai day of a datetime) lies."""
        start = _first_day(grain, shanghai_day(moment))
        return cls(grain, start, _last_day(grain, start))

    @property
    def key(self) -> str:
        """The text that `parse` reads; the same for a period and its first days."""
        if self.grain == "month":
            return f"{self.start:%Y-%m}"
        if self.grain == "quarter":
            return f"{self.start.year}Q{self._quarter}"
        return f"{self.start.year}"

    @property
    def label_zh(self) -> str:
        """The Chinese name: 2023年9月, 2023年第三季度, 2023年; the first days are marked 前n天."""
        name = f"{self.start.year}年"
        if self.grain == "month":
            name += f"{self.start.month}月"
        elif self.grain == "quarter":
            name += f"第{_QUARTER_ZH[self._quarter - 1]}季度"
        return name if self.is_whole else f"{name}前{self.days}天"

    @property
    def days(self) -> int:
        """Number of days from start to end, both counted."""
        return (self.end - self.start).days + 1

    @property
    def is_whole(self) -> bool:
        """False for the first days of a period."""
        return self.end == _last_day(self.grain, self.start)

    def contains(self, moment: date) -> bool:
        """Whether a day, or the Shanghai day of a datetime, lies in the period."""
        return self.start <= shanghai_day(moment) <= self.end

    def previous(self) -> Self:
        """The whole period before this one (环比)."""
        return self.containing(self.grain, self.start - timedelta(days=1))

    def next(self) -> Self:
        """The whole period after this one."""
        return self.containing(self.grain, _last_day(self.grain, self.start) + timedelta(days=1))

    def year_earlier(self) -> Self:
        """The whole period of the same name a year before (同比)."""
        return self.containing(self.grain, self.start.replace(year=self.start.year - 1))

    def first_days(self, count: int) -> Self:
        """The first `count` days, clipped at the length of the period; ValueError below one day."""
        if count < 1:
            raise ValueError(f"a period has no first {count} days")
        whole = self.containing(self.grain, self.start)
        return replace(whole, end=whole.start + timedelta(days=min(count, whole.days) - 1))

    def is_running(self, data_until: date) -> bool:
        """Whether the period is not over: its last day lies after the day of `data_until`."""
        return _last_day(self.grain, self.start) > shanghai_day(data_until)

    def days_elapsed(self, data_until: date) -> int:
        """How many days of the whole period `data_until` has reached, from 0 to its length."""
        reached = (shanghai_day(data_until) - self.start).days + 1
        return max(0, min(reached, (_last_day(self.grain, self.start) - self.start).days + 1))

    @property
    def _quarter(self) -> int:
        return (self.start.month + 2) // 3


def periods_between(grain: Grain, first: date, last: date) -> list[Period]:
    """All whole periods of the grain that touch the days first..last, oldest first."""
    periods = []
    end = shanghai_day(last)
    period = Period.containing(grain, first)
    while period.start <= end and shanghai_day(first) <= end:
        periods.append(period)
        period = period.next()
    return periods


def like_for_like(period: Period, earlier: Period, data_until: date) -> tuple[Period, Period]:
    """The same days of a period and of an earlier one of the same grain.

    A period that is over is compared whole with whole. Of a running one only the k days up to
    `data_until` count, and of the earlier one its first k days, clipped at its length (30 days of
    March stand against the 28 of February). ValueError when the grains differ or when the period
    lies wholly after `data_until`: there is nothing to compare.
    """
    if period.grain != earlier.grain:
        raise ValueError(f"a {period.grain} cannot be compared with a {earlier.grain}")
    whole = Period.containing(period.grain, period.start)
    if not whole.is_running(data_until):
        return whole, Period.containing(earlier.grain, earlier.start)
    elapsed = whole.days_elapsed(data_until)
    return whole.first_days(elapsed), earlier.first_days(elapsed)


def shanghai_day(moment: date) -> date:
    """The calendar day in Asia/Shanghai of a date, a naive (Shanghai) or an aware datetime."""
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is not None:
        moment = moment.astimezone(SHANGHAI)
    return moment.date()


def _first_day(grain: Grain, day: date) -> date:
    months = MONTHS_OF[grain]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _last_day(grain: Grain, start: date) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + MONTHS_OF[grain], 12)
    return date(year, month + 1, 1) - timedelta(days=1)
