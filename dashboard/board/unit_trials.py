"""What if: units under score lines and a headcount rule that the reader tries, against the official ranking."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

import pandas as pd

from dashboard.board.door import Serving, connection
from dashboard.board.kept_answers import answer
from pipelines.periods import Period
from pipelines.tiers import ScoreLines
from pipelines.unit_trial import HEADCOUNT_RULES, HeadcountRule, Trial, try_units

OFFICIAL_RULE: HeadcountRule = "period_end"
_HIGHEST = 100_000


@dataclass(frozen=True)
class Attempt:
    """The rules to try; `lines` are None when what was asked for are no score lines: they have to descend."""

    asked: tuple[float, ...]
    lines: ScoreLines | None
    headcount: HeadcountRule
    changed: bool


def attempt(official: Sequence[float], asked: str | None, headcount: str) -> Attempt:
    """From the texts of the address to rules; without a word on lines the official ones."""
    numbers = _numbers(asked) or [Decimal(repr(line)) for line in official]
    rule = next((one for one in HEADCOUNT_RULES if one == headcount), OFFICIAL_RULE)
    floats = tuple(float(number) for number in numbers)
    changed = rule != OFFICIAL_RULE or list(floats) != list(official)
    if len(numbers) != 3 or not numbers[0] > numbers[1] > numbers[2]:
        return Attempt(floats, None, rule, changed)
    return Attempt(floats, ScoreLines(*(Fraction(number) for number in numbers)), rule, changed)


@answer
def tried(serving: Serving, quarter: Period, attempt: Attempt) -> pd.DataFrame:
    """The units under the tried rules, from the very version that the official ranking comes from."""
    cursor = connection(serving.root, serving.version).cursor()
    return try_units(cursor, quarter, Trial(attempt.lines, attempt.headcount), serving.district)


def _numbers(text: str | None) -> list[Decimal]:
    """Three numbers parted by commas; nothing when it is anything else."""
    try:
        numbers = [Decimal(part.strip()) for part in (text or "").split(",")]
    except InvalidOperation:
        return []
    sound = len(numbers) == 3 and all(number.is_finite() and 0 <= number <= _HIGHEST for number in numbers)
    return numbers if sound else []
