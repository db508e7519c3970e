"""Which export a file is: told by its header row alone, never by its file name.

Headers may be Chinese, English or an alias, in any order, beside columns nobody declared. Where two
exports share their headers, rows below the header decide (满意度 without its 项目 looks like 安全感).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from pipelines.sources import Column, DeclarationError, Export, load_exports

_INVISIBLE = re.compile(r"[\s_\u200b-\u200f\u2060\ufeff]+")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
_MARKS = "*:#"


@dataclass(frozen=True)
class Recognition:
    """What a header row is.

    `export` is set as soon as it is evident, even when columns are missing or repeated; the row is a
    usable header only when `usable`. `columns` maps the position in the file (from 0) to the column name.
    """

    export: Export | None
    columns: Mapping[int, str]
    extra: tuple[str, ...] = ()
    missing: tuple[Column, ...] = ()
    repeated: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    reason: str = ""

    @property
    def usable(self) -> bool:
        """Whether records can be read under this header."""
        return self.export is not None and not self.missing and not self.repeated


@lru_cache(maxsize=4096)
def normalise_header(cell: str) -> str:
    """A header without what spreadsheets and people add: blanks, width, case, marks, bracketed units."""
    plain = _INVISIBLE.sub("", unicodedata.normalize("NFKC", cell)).casefold()
    return _BRACKETED.sub("", plain).strip(_MARKS)


def recognise(header: Sequence[str], sample: Sequence[Sequence[str]] = ()) -> Recognition:
    """Tells which export a header row belongs to.

    `sample` are some rows below it, as text; they are looked at only to tell exports apart by the values
    of their choice columns. A row that is no header of any export gives a Recognition without export
    and with a Chinese `reason`.
    """
    cells = [normalise_header(cell) for cell in header]
    evident = _unlike_foreign(list(_evident(tuple(cells))), sample)
    if not evident:
        return Recognition(None, {}, reason="表头不属于任何一种导出表")
    best = max(match.weight for match in evident)
    leaders = [match for match in evident if match.weight == best]
    if len(leaders) > 1:
        return Recognition(
            None,
            {},
            candidates=tuple(match.export.name for match in leaders),
            reason="表头分不清是" + "还是".join(match.described() for match in leaders),
        )
    return leaders[0].recognition(header)


def find_header(rows: Sequence[Sequence[str]], search: int = 5) -> tuple[int, Recognition]:
    """Position and meaning of the header among the first rows of a file, title lines skipped.

    Looks at the first `search` rows that are not blank; the first usable one wins, else the first that
    says what is wrong with it, else the first row. Raises ValueError without rows.
    """
    if not rows:
        raise ValueError("no rows")
    filled = [position for position, row in enumerate(rows) if any(normalise_header(cell) for cell in row)]
    known: list[tuple[int, Recognition]] = []
    for position in filled[:search]:
        found = position, recognise(rows[position], rows[position + 1 :])
        if found[1].usable:
            return found
        known.append(found)
    for found in known:
        if found[1].export is not None or found[1].candidates:
            return found
    return known[0] if known else (0, recognise(rows[0]))


@dataclass(frozen=True)
class _Match:
    """How a header row agrees with one export."""

    export: Export
    positions: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, export: Export, cells: Sequence[str]) -> "_Match":
        # A declared header wins over an alias, so that 任务类型 beside a foreign 类型 stays unambiguous.
        declared, aliases = _spellings(export.name)
        positions: dict[str, tuple[int, ...]] = {}
        for spellings in (declared, aliases):
            found: dict[str, list[int]] = {}
            for position, cell in enumerate(cells):
                name = spellings.get(cell)
                if name is not None and name not in positions:
                    found.setdefault(name, []).append(position)
            positions |= {name: tuple(places) for name, places in found.items()}
        return cls(export, positions)

    @property
    def missing(self) -> tuple[Column, ...]:
        return tuple(column for column in self.export.required if column.name not in self.positions)

    @property
    def is_evident(self) -> bool:
        """More required columns present than missing, and at least two of them."""
        present = len(self.export.required) - len(self.missing)
        return present >= 2 and present > len(self.missing)

    @property
    def weight(self) -> tuple[int, int, bool]:
        """The better match is the more complete one, then the one that explains more of the header."""
        return -len(self.missing), len(self.positions), self.export.key[0] in self.positions

    def described(self) -> str:
        lacking = "、".join(f"“{column.header}”" for column in self.missing)
        return f"“{self.export.label}”" + (f"(缺少列{lacking})" if lacking else "")

    def accepts(self, sample: Sequence[Sequence[str]]) -> bool:
        """Whether no choice column of the sample holds foreign values only."""
        for name, (position, *_) in self.positions.items():
            known = _choice_spellings(self.export.name).get(name)
            if not known:
                continue
            cells = [normalise_header(row[position]) for row in sample if position < len(row)]
            values = [cell for cell in cells if cell]
            if values and not any(value in known for value in values):
                return False
        return True

    def recognition(self, header: Sequence[str]) -> Recognition:
        columns = {places[0]: name for name, places in self.positions.items() if len(places) == 1}
        repeated = tuple(
            self.export.column(name).header for name, places in self.positions.items() if len(places) > 1
        )
        taken = {place for places in self.positions.values() for place in places}
        extra = tuple(
            cell.strip() or f"(第 {position + 1} 列，无表头)"
            for position, cell in enumerate(header)
            if position not in taken
        )
        reasons = []
        if self.missing:
            reasons.append("缺少列" + "、".join(f"“{c.header}”({c.name})" for c in self.missing))
        if repeated:
            reasons.append("列" + "、".join(f"“{name}”" for name in repeated) + "出现了不止一次")
        reason = f"看起来是“{self.export.label}”，但" + ",且".join(reasons) if reasons else ""
        return Recognition(
            self.export,
            dict(sorted(columns.items())),
            extra,
            self.missing,
            repeated,
            reason=reason,
        )


def _unlike_foreign(matches: list[_Match], sample: Sequence[Sequence[str]]) -> list[_Match]:
    """Leaves out exports that the values speak against, where another one of the same key remains."""
    if len(matches) < 2:
        return matches
    fitting = [match for match in matches if match.accepts(sample)]
    keys = Counter(match.export.key[0] for match in fitting)
    return [match for match in matches if match in fitting or not keys[match.export.key[0]]]


# An inbox has many files of few layouts.
@lru_cache(maxsize=64)
def _evident(cells: tuple[str, ...]) -> tuple[_Match, ...]:
    """The exports that a row of normalised headers may belong to."""
    matches = (_Match.of(export, cells) for export in load_exports().values())
    return tuple(match for match in matches if match.is_evident)


@cache
def _spellings(export: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Normalised header → column name: the declared headers and names, and the aliases."""
    declared: dict[str, str] = {}
    aliases: dict[str, str] = {}
    for column in load_exports()[export].accepted:
        for spellings, headers in ((declared, column.headers[:2]), (aliases, column.headers[2:])):
            for header in headers:
                cell = normalise_header(header)
                if spellings.setdefault(cell, column.name) != column.name:
                    raise DeclarationError(f"{export}: {header} means two columns")
    return declared, {cell: name for cell, name in aliases.items() if cell not in declared}


@cache
def _choice_spellings(export: str) -> Mapping[str, frozenset[str]]:
    """Column name → normalised spellings of its choices."""
    return {
        column.name: frozenset(
            normalise_header(text) for choice in column.choices for text in (choice.value, *choice.aliases)
        )
        for column in load_exports()[export].columns
        if column.choices
    }
