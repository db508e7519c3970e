"""Free passages of the monthly report: texts that the district writes itself, kept per month beside the versions."""

import re

from pipelines.faults import MonthOnly, PassageRefused
from pipelines.periods import Period
from pipelines.state import State

LONGEST = 2000
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


def passages_of(state: State, period: str) -> dict[str, str]:
    """Name of the free paragraph → the district's own text, of the report of a month (2023-09)."""
    return state.passages(_month(period))


def keep_passage(state: State, period: str, passage: str, text: str, who: str | None = None) -> None:
    """Keeps a text in place of the template's; an empty one goes back to it. Who wrote what stands in the audit trail.

    Raises MonthOnly or PeriodFault for what is no month, PassageRefused for a text that is too long or no text.
    """
    text = text.replace("\r\n", "\n").strip()
    if not _NAME.fullmatch(passage):
        raise PassageRefused(f"没有叫“{passage}”的段落")
    if len(text) > LONGEST:
        raise PassageRefused(f"共 {len(text):,} 个字，超过了 {LONGEST:,} 个字的上限")
    if any(not (one.isprintable() or one in "\n\t\u3000") for one in text):
        raise PassageRefused("文字里有不可见的控制字符，请重新输入")
    state.save_passage(_month(period), passage, text or None, who)


def _month(period: str) -> str:
    month = Period.parse(period)
    if month.grain != "month":
        raise MonthOnly(period)
    return month.key
