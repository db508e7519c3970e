"""The settings as one frozen model: every name, its default, and what must fit together."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from pipelines.district.values import (
    CODE_GROUPS,
    SHEET_CHOICES,
    AgendaMetric,
    AgendaPeriod,
    BestAnswer,
    CodePattern,
    Count,
    Exact,
    NumberKey,
    Positive,
    Programmes,
    Range,
    Safe,
    Satisfied,
    Share,
    SheetKind,
    Text,
    TierNames,
    Unknown,
    setting_error,
)
from pipelines.geo import Datum
from pipelines.tiers import ScoreLines


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class ScoreLineSettings(_Settings):
    """`[[score_lines]]`: the tier lines from a day on, until the next ones."""

    effective_from: date
    excellent: Exact
    good: Exact
    passing: Exact = Field(alias="pass")

    @model_validator(mode="after")
    def _descend(self) -> Self:
        if self.good >= self.excellent:
            raise setting_error(
                f"good（{self.good}）不低于 excellent（{self.excellent}）",
                "按 excellent 大于 good 大于 pass 的次序填写",
                "good",
            )
        if self.passing >= self.good:
            raise setting_error(
                f"pass（{self.passing}）不低于 good（{self.good}）",
                "按 excellent 大于 good 大于 pass 的次序填写",
                "pass",
            )
        return self

    @property
    def lines(self) -> ScoreLines:
        """The lines as exact fractions."""
        return ScoreLines(Fraction(self.excellent), Fraction(self.good), Fraction(self.passing))


class TierSettings(_Settings):
    """`[tiers]`: the names, best tier first; `praise_only` hides last places."""

    names: TierNames = ("优秀", "良好", "合格", "不合格")
    praise_only: bool = False


class RankingSettings(_Settings):
    """`[ranking]`: whose points count, how many are commended and explain, when a unit is 临界."""

    headcount: Literal["period_end"] = "period_end"
    communities: Literal["per_steward", "total"] = "per_steward"
    commend: Count = 10
    explain: Count = 7
    near_line: Share = Decimal("0.9")


class PointSettings(_Settings):
    """`[points]`: points allowed for a task, and the yearly target per steward number."""

    assigned: Range = (Decimal(5), Decimal(20))
    urgent: Range = (Decimal(5), Decimal(40))
    annual_target: Exact = Decimal(1000)
    class_targets: dict[NumberKey, Exact] = Field(default_factory=dict)

    def target(self, steward_number: int) -> Decimal:
        """The yearly target of a steward number 1-6: its own, else the common one."""
        own = {int(number): target for number, target in self.class_targets.items()}
        return own.get(steward_number, self.annual_target)


class CheckinSettings(_Settings):
    """`[checkins]`: radius in metres, check-ins a year, and the datum of *all* coordinates."""

    radius_m: Positive = 50.0
    per_year: Count = 12
    datum: Datum = "gcj02"


class SurveySettings(_Settings):
    """`[surveys]`: which answers count, which are no opinion, and the fewest effective answers."""

    satisfied: Satisfied = ("很满意", "满意", "基本满意")
    safe: Safe = ("很安全", "安全", "基本安全")
    best: BestAnswer = 5
    unknown: Unknown = ("不了解",)
    minimum_n: Count = 30

    @model_validator(mode="after")
    def _unknown_is_no_opinion(self) -> Self:
        for answer in self.unknown:
            if answer in self.satisfied + self.safe:
                raise setting_error(f"“{answer}”既算满意或安全，又算无意见", "只在一处保留它", "unknown")
        return self


class HornSettings(_Settings):
    """`[horns]`: time limits in hours of the three horn levels; None: the district has set none."""

    service_h: Positive | None = None
    push_h: Positive | None = None
    emergency_h: Positive | None = None


class PrivacySettings(_Settings):
    """`[privacy]`: masked names and phones, and the smallest group of persons shown in breakdowns."""

    mask_names: bool = True
    minimum_group: Count = 5


class StewardSettings(_Settings):
    """`[stewards]`: the structure of steward codes as a regular expression."""

    code_pattern: CodePattern | None = None

    @property
    def code_groups(self) -> dict[str, int]:
        """Number of the regular expression's group for each of number, unit, grid, building it has.

        Unnamed groups have these meanings in this order.
        """
        if self.code_pattern is None:
            return {}
        pattern = re.compile(self.code_pattern)
        return dict(pattern.groupindex) or {
            name: position for position, name in enumerate(CODE_GROUPS[: pattern.groups], start=1)
        }


class AgendaSettings(_Settings):
    """`[[agenda]]`: a sheet of the meeting, and what it shows where that is not the meeting's own choice.

    `period` is a grain (the month, quarter or year that ends with the meeting's period) or a period by name.
    """

    sheet: SheetKind
    period: AgendaPeriod | None = None
    metric: AgendaMetric | None = None
    group: Text | None = None
    area: Text | None = None

    @model_validator(mode="after")
    def _sheet_takes_them(self) -> Self:
        for choice in ("period", "metric", "group", "area"):
            if getattr(self, choice) is not None and choice not in SHEET_CHOICES[self.sheet]:
                takes = "、".join(SHEET_CHOICES[self.sheet])
                remedy = f"删去它，这一页可写 {takes}" if takes else "删去它，这一页不能另选"
                raise setting_error(f"对 {self.sheet} 这一页不起作用", remedy, choice)
        return self


class District(_Settings):
    """All settings of a district; `District()` has the defaults."""

    name: Text = "红管家看板"
    programmes: Programmes = ("D",)
    burden_relief: bool = False
    score_lines: tuple[ScoreLineSettings, ...] = Field(default=(), strict=False)
    tiers: TierSettings = TierSettings()
    ranking: RankingSettings = RankingSettings()
    points: PointSettings = PointSettings()
    checkins: CheckinSettings = CheckinSettings()
    surveys: SurveySettings = SurveySettings()
    horns: HornSettings = HornSettings()
    privacy: PrivacySettings = PrivacySettings()
    stewards: StewardSettings = StewardSettings()
    agenda: tuple[AgendaSettings, ...] = Field(default=(), strict=False)

    @model_validator(mode="after")
    def _lines_follow_each_other(self) -> Self:
        for position in range(1, len(self.score_lines)):
            earlier = self.score_lines[position - 1].effective_from
            later = self.score_lines[position].effective_from
            if later <= earlier:
                wrong = "与上一组同日" if later == earlier else f"早于上一组的 {earlier}"
                raise setting_error(
                    f"分值线的生效日期 {later} {wrong}，两组重叠",
                    "按生效日期从早到晚排列，每个日期只留一组",
                    "score_lines",
                    position,
                    "effective_from",
                )
        return self

    def score_lines_on(self, day: date) -> ScoreLines | None:
        """The score lines in force on a day; None before the first ones or without any."""
        in_force = [lines for lines in self.score_lines if lines.effective_from <= day]
        return in_force[-1].lines if in_force else None

    def to_json(self) -> str:
        """All settings as JSON text, defaults included, as a version keeps them."""
        return self.model_dump_json(by_alias=True)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The settings that `to_json` wrote."""
        return cls.model_validate_json(text)
