"""SQL that turns the text of one column into a typed value, strictly, in two steps.

`clean` gives the canonical spelling of a value, NULL for a missing one, and '?…' for one that cannot be
read; `typed` casts what `clean` gave. A regular expression looks at every text before it is cast, because
a bare TRY_CAST accepts 12.7 as an integer, 1e3, 1_000, 0x1F, nan, inf, epoch, and drops time zones. The
first branch takes the usual spelling; only other spellings pay for cleaning.
"""

from pipelines.sources import Column


def quoted(text: str) -> str:
    """An SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


# Blanks of every kind that spreadsheets and web pages leave around a value.
_BLANKS = " \t\r\n\u00a0\u3000\u200b\ufeff"
_WIDE = "０１２３４５６７８９：．－／，＋％（）"
_NARROW = "0123456789:.-/,+%()"

_DAY = r"\d{4}-\d{1,2}-\d{1,2}"
_MOMENT = _DAY + r"( \d{1,2}:\d{1,2}(:\d{1,2}(\.\d{1,6})?)?)?"
_IS_DAY = "strlen(x) = 10 AND substr(x, 8, 1) = '-'"
_IS_MOMENT = "strlen(x) = 19 AND substr(x, 17, 1) = ':'"
# The usual spelling, tested as cheaply as it can be told: these run once per value of an inbox, and binding a dozen
# functions for each column of a small file takes longer than reading it. For dates length and one mark suffice,
# because the cast judges the rest and only time zones must be kept away from it. Text that is longer than every word
# for "missing" and has no blank at its ends stands as it is; so does a code of ASCII, and a short one that ends with
# a digit, as none of these words does.
_USUAL = {
    "text": f"strlen(x) > 4 AND NOT regexp_matches(x, '^[{_BLANKS}]|[{_BLANKS}]$')",
    "code": "regexp_full_match(x, '[!-~]{5,}|[!-~]*[0-9]')",
    "integer": "regexp_full_match(x, '\\d{1,9}')",
    "number": "regexp_full_match(x, '\\d{1,9}(\\.\\d{1,4})?')",
    "longitude": "regexp_full_match(x, '\\d{1,3}\\.\\d{1,15}')",
    "latitude": "regexp_full_match(x, '\\d{1,3}\\.\\d{1,15}')",
    "date": _IS_DAY,
    "datetime": f"({_IS_MOMENT}) OR ({_IS_DAY})",
    "deadline": f"({_IS_MOMENT}) OR ({_IS_DAY})",
}
_OTHER = {
    "integer": r"[-+]?(?:\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.0*)?",
    "number": r"[-+]?(?:\d{1,11}|\d{1,3}(?:,\d{3}){1,2})(?:\.\d*)?%?",
    "longitude": r"[-+]?\d{1,3}(\.\d*)?",
    "latitude": r"[-+]?\d{1,3}(\.\d*)?",
    "date": _MOMENT,
    "datetime": _MOMENT,
    "deadline": _MOMENT,
}
SQL_TYPES = {
    "text": "VARCHAR",
    "code": "VARCHAR",
    "choice": "VARCHAR",
    "integer": "INTEGER",
    "number": "DECIMAL(18, 6)",
    "longitude": "DOUBLE",
    "latitude": "DOUBLE",
    "date": "DATE",
    "datetime": "TIMESTAMP",
    "deadline": "TIMESTAMP",
    "boolean": "BOOLEAN",
}
# Parts the words of a list that is written as one text; in no spelling.
_MARK = "\x1f"
_YES = ("是", "1", "true", "yes", "y")
_NO = ("否", "0", "false", "no", "n")


# Every macro names its argument once: DuckDB expands macros as text, and binding what two uses on each of
# four levels make of a column takes longer than reading it. No IN list either: a long one becomes a join,
# which is computed for every row and loses their order.
MACROS = (
    f"CREATE MACRO stage.stripped(x) AS trim(x, {quoted(_BLANKS)})",
    "CREATE MACRO stage.text_value(x) AS nullif(regexp_replace(stage.stripped(x), '^(-|/|无|(?i:NULL|N/A))$', ''), '')",
    "CREATE MACRO stage.narrow(x) AS stage.text_value("
    f"CASE WHEN strlen(x) = length(x) THEN x ELSE translate(x, '{_WIDE}', '{_NARROW}') END)",
    # What matches the pattern as it is, anything else behind a '?'.
    "CREATE MACRO stage.accepted(x, pattern) AS regexp_replace('?' || x, '^\\?(' || pattern || ')$', '\\1')",
    # 20230901080000, 20230901, 2023/9/1, 2023年9月1日, each with or without a time → 2023-9-1 8:00:00
    "CREATE MACRO stage.day_text(x) AS rtrim(regexp_replace(regexp_replace(regexp_replace(stage.narrow(x), "
    "'^(\\d{8})(\\d\\d)(\\d\\d)(\\d\\d)$', '\\1 \\2:\\3:\\4'), "
    "'^(\\d{4})(\\d\\d)(\\d\\d)([ T].*)?$', '\\1-\\2-\\3\\4'), "
    "'^(\\d{4})[-/.年](\\d{1,2})[-/.月](\\d{1,2})日?[ T]*', '\\1-\\2-\\3 '))",
    *(f"CREATE MACRO stage.usual_{kind}(x) AS x IS NULL OR {test}" for kind, test in _USUAL.items()),
)


def clean(column: Column, raw: str) -> str:
    """SQL: canonical spelling of one raw text column; NULL when missing, '?…' when unreadable."""
    if column.type in ("choice", "boolean"):
        return _spelled(raw, _spellings(column))
    other = f"stage.text_value({raw})" if column.type == "text" else f"stage.narrow({raw})"
    if column.type in ("integer", "number", "longitude", "latitude"):
        # 1,234.5 and 98.9% lose their marks; 12,34 is refused.
        other = f"translate(stage.accepted(stage.narrow({raw}), '{_OTHER[column.type]}'), ',%', '')"
    elif column.type not in ("text", "code"):
        other = f"stage.accepted(stage.day_text({raw}), '{_OTHER[column.type]}')"
    return f"CASE WHEN stage.usual_{column.type}({raw}) THEN {raw} ELSE {other} END"


def typed(column: Column, cleaned: str) -> str:
    """SQL: the typed value of what `clean` gave; NULL when missing or unreadable."""
    kind = SQL_TYPES[column.type]
    if column.type in ("text", "code"):
        return cleaned
    if column.type == "choice":
        return f"CASE WHEN starts_with({cleaned}, '?') THEN NULL ELSE {cleaned} END"
    if column.type == "deadline":
        day_end = f"TRY_CAST({cleaned} AS TIMESTAMP) + INTERVAL 1 DAY - INTERVAL 1 MICROSECOND"
        return f"CASE WHEN {has_time(cleaned)} THEN TRY_CAST({cleaned} AS TIMESTAMP) ELSE {day_end} END"
    if column.type == "integer":
        return f"CASE WHEN contains({cleaned}, '.') THEN TRY_CAST(split_part({cleaned}, '.', 1) AS {kind}) ELSE TRY_CAST({cleaned} AS {kind}) END"
    return f"TRY_CAST({cleaned} AS {kind})"


def has_time(cleaned: str) -> str:
    """SQL: whether a cleaned date carries a time of day."""
    return f"coalesce(contains({cleaned}, ':'), FALSE)"


def _spellings(column: Column) -> dict[str, str]:
    if column.type == "boolean":
        return dict.fromkeys(_YES, "true") | dict.fromkeys(_NO, "false")
    spellings = {choice.value: choice.value for choice in column.choices}
    for choice in column.choices:
        spellings |= dict.fromkeys(choice.aliases, choice.value)
    return spellings


def _spelled(raw: str, spellings: dict[str, str]) -> str:
    """The stored value for each spelling: at once where it is written as declared, the rest after cleaning."""
    usual = _looked_up(raw, spellings)
    other = _looked_up(
        f"lower(stage.narrow({raw}))", {text.lower(): value for text, value in spellings.items()}
    )
    unusual = f"coalesce({other}, '?' || stage.narrow({raw}))"
    return f"coalesce({usual}, CASE WHEN {raw} IS NULL THEN NULL ELSE {unusual} END)"


def _looked_up(text: str, values: dict[str, str]) -> str:
    """SQL: the value for a text, NULL for one that is none of the keys.

    Two constant lists: as fast as a CASE of twenty branches, which takes milliseconds to bind.
    """
    keys, found = (
        f"string_split({quoted(_MARK.join(part))}, '{_MARK}')" for part in (values, values.values())
    )
    return f"{found}[list_position({keys}, {text})]"
