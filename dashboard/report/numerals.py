"""The check of numerals: whatever number the text says stands in an annex table, as it is displayed there.

What is no figure is set aside first, by these rules and no others: names (every cell of text of the tables), dates and
periods (2023年9月30日, 9月, 第三季度, 2023-09-30), the issue of a year, references to tables and figures of the report, the
ordinals of an enumeration (一是, 二是, 1.), classes of stewards (4—6号), deadlines (5个工作日内, 30日前), and 十分 for "very".
Everything else that is written in digits, full-width digits or Chinese numerals before a measuring word counts, in 万 and
亿 too.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from dashboard.report.model import Kind, Report, Table
from dashboard.report.shown import KEPT_TABLES, shown_rows
from pipelines.faults import NumeralUnfounded

_CHINESE = "零〇一二两三四五六七八九十百千"
_MEASURES = "个件户人名家条次项份天位起倍成场分册组类处笔张枚"
_SET_ASIDE = re.compile(
    r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?|第[一二三四]季度|第\d+期|度)?"
    r"|\d{1,2}月(?:\d{1,2}日)?(?:份|底|末|初)?|第[一二三四]季度|[一二三四]季度"
    r"|\d{4}-\d{2}(?:-\d{2})?|\d{4}Q[1-4]"
    r"|(?<!\d)[1-6](?:[-–—至][1-6])?号(?!\d)|十分(?=[\u4e00-\u9fff])(?!十分之)"
    r"|(?:\d+|[一二两三四五六七八九十]+)(?:个工作日|个月|个季度|天|日|周)(?:之?内|前|以内)(?!\d)"
    r"|(?:^|(?<=[。；：，、]))(?:[一二三四五六七八九十]+是|第[一二三四五六七八九十]+，|\d+[.．](?!\d)|[（(]\d+[)）])"
)
_NUMERAL = re.compile(
    rf"(?<![A-Za-z0-9])(?P<digits>[<>]?\d[\d,]*(?:\.\d+)?)(?P<scale>万|亿)?(?P<suffix>%|个百分点|百分点)?"
    rf"|百分之(?P<percent>[{_CHINESE}点]+)"
    rf"|(?P<chinese>[{_CHINESE}]+)(?P<many>万|亿)?(?:余|多)?(?=[{_MEASURES}]|万|亿)"
    rf"|(?P<tens>[{_CHINESE}]+)(?P<large>万|亿)"
)
_DIGIT = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACE = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_ANNEX = re.compile(r"附[表图]\s*\d+")
# What a displayed number has beside its digits and its point.
_MARKS = str.maketrans("", "", "+−-,<>%—")
# Cells of text are the same from report to report: names of areas and units, groups, tiers.
_REMEMBERED = 4096


def checked(report: Report) -> Report:
    """The same report; NumeralUnfounded names the first numeral that no annex table has."""
    known = _Known(report.tables)
    texts = [(place, _normal(text)) for place, text in _texts(report)]
    # Most names of the tables are in no text; looking for one in all of them takes hardly longer than in one.
    whole = "\n".join(text for _place, text in texts)
    names = [name for name in known.names if name in whole]
    for place, text in texts:
        for numeral in _without_names(text, tuple(name for name in names if name in text)):
            if not known.has(numeral):
                raise NumeralUnfounded(place, numeral[0])
    return report


def numerals(text: str, names: Sequence[str]) -> list[tuple[str, Decimal, str]]:
    """(as written, value, kind) of each numeral of a text; kind is "", "%", "个百分点", or "万"/"亿" for rounded ones."""
    return list(_without_names(_normal(text), tuple(names)))


@lru_cache(_REMEMBERED)
def _without_names(text: str, names: tuple[str, ...]) -> tuple[tuple[str, Decimal, str], ...]:
    """The numerals of a normal text, remembered: much of a report says the same every month."""
    left = text
    for name in names:
        if name in left:
            left = _without(left, name)
    # NFKC makes （1） into (1); what is set aside leaves a mark, so that its neighbours do not grow together.
    left = _SET_ASIDE.sub("\u241f", left)
    left = _ANNEX.sub("\u241f", left)
    return tuple(_found(left))


def _without(text: str, name: str) -> str:
    """The text without a name; digits at its edges may not belong to a longer numeral."""
    before = r"(?<![\d.,])" if name[0].isdigit() else ""
    after = r"(?![\d.,%])" if name[-1].isdigit() else ""
    if not before and not after:
        return text.replace(name, "\u241f")
    return re.sub(before + re.escape(name) + after, "\u241f", text)


def _found(text: str) -> Iterator[tuple[str, Decimal, str]]:
    for match in _NUMERAL.finditer(text):
        written = match[0]
        if match["digits"]:
            number = Decimal(match["digits"].strip("<>").replace(",", ""))
            kind = match["scale"] or (match["suffix"] or "").replace("个百分点", "百分点")
            yield written, number, kind
        elif match["percent"]:
            yield written, _chinese(match["percent"]), "%"
        else:
            digits = match["chinese"] or match["tens"]
            yield written, _chinese(digits), match["many"] or match["large"] or ""


def _chinese(text: str) -> Decimal:
    """三百二十 → 320, 九十五点二 → 95.2."""
    whole, _point, rest = text.partition("点")
    total, digit = 0, None
    for character in whole:
        if character in _PLACE:
            total += (1 if digit is None else digit) * _PLACE[character]
            digit = None
        else:
            digit = _DIGIT[character] if digit is None else digit * 10 + _DIGIT[character]
    total += digit or 0
    return Decimal(f"{total}.{''.join(str(_DIGIT[one]) for one in rest)}" if rest else total)


class _Known:
    """The numerals of the annex tables as they are displayed, row numbers aside, and the names in them."""

    def __init__(self, tables: Sequence[Table]) -> None:
        found = [_of_table(table) for table in tables]
        self.plain = set[Decimal]().union(*(one.plain for one in found))
        self.percents = set[Decimal]().union(*(one.percents for one in found))
        self.points = set[Decimal]().union(*(one.points for one in found))
        names = set[str]().union(*(one.names for one in found))
        self.names = sorted(names - {""}, key=len, reverse=True)

    def has(self, numeral: tuple[str, Decimal, str]) -> bool:
        """Whether a table displays the number; one in 万 or 亿 is the rounding of a displayed one."""
        _written, number, kind = numeral
        if kind in _SCALES:
            step = Decimal(1).scaleb(int(number.as_tuple().exponent))
            return any((one / _SCALES[kind]).quantize(step, ROUND_HALF_UP) == number for one in self.plain)
        return number in {"%": self.percents, "百分点": self.points}.get(kind, self.plain)


class _OfTable:
    """The same of one table, its names not sorted."""

    def __init__(self, table: Table) -> None:
        self.plain: set[Decimal] = set()
        self.percents: set[Decimal] = set()
        self.points: set[Decimal] = set()
        self.names: set[str] = set()
        for text in (f"{table.title} {table.note}", *(column.title for column in table.columns)):
            self._add_text(_without_dates(text))
        cells, written = zip(*table.rows, strict=True), zip(*shown_rows(table), strict=True)
        for column, values, texts in zip(table.columns, cells, written, strict=bool(table.rows)):
            words = {value for value in values if isinstance(value, str)}
            self.names |= {_name(word) for word in words}
            if column.title != "序号":
                self._add_column(column.kind, words, set(texts) - words)

    def _add_column(self, kind: Kind, words: set[str], displayed: set[str]) -> None:
        """The numbers of a column as they are displayed, and whatever numerals its words have."""
        for word in words:
            self._add_text(word, kind == "points")
        for text in displayed:
            if (number := _displayed(text)) is not None:
                known = self.percents if text[-1] == "%" else self.plain
                (self.points if kind == "points" else known).add(number)

    def _add_text(self, text: str, points: bool = False) -> None:
        for number, kind in _numbers_in(text):
            (self.points if points else self.percents if kind == "%" else self.plain).add(number)


@lru_cache(KEPT_TABLES)
def _of_table(table: Table) -> _OfTable:
    """Kept like its cells as they are written: the tables of units are the same in all months of a quarter."""
    return _OfTable(table)


@lru_cache(_REMEMBERED)
def _displayed(text: str) -> Decimal | None:
    """The number of a displayed cell; None where there is none."""
    digits = text.translate(_MARKS)
    return Decimal(digits) if digits else None


@lru_cache(_REMEMBERED)
def _numbers_in(text: str) -> tuple[tuple[Decimal, str], ...]:
    """Value and kind of the numerals of a table's words."""
    plain = _plain(text).replace("+", "").replace("-", "")
    return tuple((number, kind) for _written, number, kind in _found(plain))


@lru_cache(_REMEMBERED)
def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("−", "-")


@lru_cache(_REMEMBERED)
def _plain(text: str) -> str:
    return _normal(text).strip()


@lru_cache(_REMEMBERED)
def _without_dates(title: str) -> str:
    return _SET_ASIDE.sub("\u241f", _plain(title))


@lru_cache(_REMEMBERED)
def _name(text: str) -> str:
    """The name that a cell holds: one with a letter, longer than a single one; nothing otherwise."""
    named = len(text.strip()) > 1 and any(character.isalpha() for character in text)
    return _plain(text) if named else ""


def _texts(report: Report) -> Iterator[tuple[str, str]]:
    yield "标题", report.title
    for section in report.sections:
        yield f"“{section.heading}”标题", section.heading.partition("、")[2]
        for place, paragraph in enumerate(section.paragraphs, start=1):
            where = f"“{section.heading}”第 {place} 段"
            yield where, re.sub(r"^（[一二三四五六七八九十]+）", "", paragraph.heading)
            yield where, paragraph.text
    yield "结尾说明", report.closing_note
