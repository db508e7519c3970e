"""How the answers of a survey are spread, in words: its rows, the finding, and what lies on which side of the line."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard import formats
from dashboard.board.door import Serving
from dashboard.board.surveys import answers, wave_names
from dashboard.components.answer_bars import AnswerBar
from dashboard.components.headline import Head
from dashboard.table_rows import rows_of
from dashboard.translations import _
from dashboard.wording.choices import choice_label

# Best first, as the exports spell them; a number means a place in its scale.
SCALES = {
    "satisfaction": ("很满意", "满意", "基本满意", "不满意", "很不满意"),
    "safety": ("很安全", "安全", "基本安全", "不太安全", "不安全"),
}
_WAVES = 4


def spread(board: Serving, survey: str, area: str | None) -> tuple[Head, list[AnswerBar]]:
    """The head and a bar for each topic or wave that has enough answers; no bar where none has."""
    settings = board.district.surveys
    found = [
        {**row, "answer": _spelled(str(row["answer"]), survey, settings.best)}
        for row in rows_of(answers(board, survey, area))
    ]
    by_row: dict[str, list[Mapping[Any, Any]]] = {}
    for row in found:
        by_row.setdefault(str(row["row"]), []).append(row)
    enough = {name: parts for name, parts in by_row.items() if _count(parts) >= settings.minimum_n}
    if survey == "safety":
        names = [wave for wave in reversed(wave_names(board, survey)) if wave in enough][:_WAVES]
    else:
        names = sorted(enough, key=lambda name: (-_unfavourable(enough[name]), name))
    bars = [_bar(name, enough[name], SCALES[survey]) for name in names]
    return _head(bars, found, survey), bars


def download(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of the spread with counts and weights, unrounded."""
    headers = {"row": _("Topic or wave"), "answer": _("Answer"), "n": _("Answers"), "weight": _("Weight")}
    named = frame.assign(answer=[choice_label(str(one)) for one in frame["answer"]])
    return named[list(headers)].rename(columns=headers)


def _bar(name: str, parts: Sequence[Mapping[Any, Any]], scale: Sequence[str]) -> AnswerBar:
    whole = sum(float(part["weight"]) for part in parts)
    shares: dict[tuple[str, bool], float] = {}
    for part in parts:
        key = (str(part["answer"]), bool(part["positive"]))
        shares[key] = shares.get(key, 0.0) + float(part["weight"]) / whole
    sides = {
        good: [(choice_label(one), shares[one, good]) for one in order if (one, good) in shares]
        for good, order in ((True, tuple(reversed(scale))), (False, scale))
    }
    return AnswerBar(choice_label(name) or _("All"), sides[True], sides[False])


def _head(bars: Sequence[AnswerBar], found: Sequence[Mapping[Any, Any]], survey: str) -> Head:
    if not bars:
        return "", ""
    first = bars[0]
    template = (
        _("{row}: most unfavourable answers, {share}")
        if survey == "satisfaction" and len(bars) > 1
        else _("{row}: {share} unfavourable answers")
    )
    title = template.format(row=first.label, share=formats.percent(sum(share for _name, share in first.bad)))
    sides = {bool(row["positive"]): set[str]() for row in found}
    for row in found:
        sides[bool(row["positive"])].add(str(row["answer"]))
    good, bad = (
        _(" / ").join(choice_label(one) for one in order if one in sides.get(side, ()))
        for side, order in ((True, SCALES[survey][::-1]), (False, SCALES[survey]))
    )
    reading = _(
        "Weighted share of the answers with an opinion; from the line to the right: {good}; to the left: {bad}"
    )
    return title, reading.format(good=good, bad=bad or formats.NOTHING)


def _spelled(answer: str, survey: str, best: int) -> str:
    if not answer.isdecimal():
        return answer
    return SCALES[survey][5 - int(answer) if best == 5 else int(answer) - 1]


def _count(parts: Sequence[Mapping[Any, Any]]) -> int:
    return sum(int(part["n"]) for part in parts)


def _unfavourable(parts: Sequence[Mapping[Any, Any]]) -> float:
    weights = {side: sum(float(part["weight"]) for part in parts if bool(part["positive"]) is side) for side in (True, False)}  # fmt: skip
    return weights[False] / (weights[True] + weights[False])
