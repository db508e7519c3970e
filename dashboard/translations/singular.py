"""English after the number one: 1 unit stands near a line, 2 units stand near it.

Chinese has no plural, so messages hold the plural and this rule turns it round where a sentence says "1".
"""

import re

_NOUNS = {
    "people": "person", "communities": "community", "entries": "entry", "units": "unit", "stewards": "steward",
    "wishes": "wish", "tasks": "task", "findings": "finding", "rows": "row", "files": "file", "days": "day",
    "sites": "site", "kinds": "kind", "projects": "project", "incidents": "incident", "cases": "case",
    "points": "point", "records": "record", "months": "month", "claims": "claim", "times": "time",
    "subdistricts": "subdistrict", "merchants": "merchant", "squares": "square", "versions": "version",
    "open wishes": "open wish", "verifications": "verification", "check-ins": "check-in", "answers": "answer",
}  # fmt: skip
_VERBS = {
    "are": "is", "have": "has", "stand": "stands", "explain": "explains", "pull": "pulls", "lead": "leads",
    "look": "looks", "break": "breaks", "share": "shares", "differ": "differs", "need": "needs",
}  # fmt: skip

_ONE_OF_MANY = re.compile(
    rf"(?<![\d.,/–-])\b1 (?P<noun>{'|'.join(sorted(_NOUNS, key=len, reverse=True))})\b"
    rf"(?:(?P<between> without points)?(?P<gap> )(?P<verb>{'|'.join(_VERBS)})\b)?"
)


class English(str):
    """A message whose filled-in form agrees with the number one."""

    __slots__ = ()

    def format(self, *args: object, **values: object) -> str:
        """The message with its places filled in."""
        return _ONE_OF_MANY.sub(_agreed, super().format(*args, **values))


def _agreed(found: re.Match[str]) -> str:
    verb = found["verb"]
    return f"1 {_NOUNS[found['noun']]}{found['between'] or ''}" + (f" {_VERBS[verb]}" if verb else "")
