"""Whose task is it: the units whose people have claimed a task."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.board.door import Serving, answer, rows


@dataclass(frozen=True)
class Claimed:
    """How often a task was claimed, and the units of those people on the day of the claim, the latest claim first."""

    claims: int = 0
    units: tuple[str, ...] = ()


@answer
def claiming_units(serving: Serving, tasks: Sequence[str]) -> dict[str, Claimed]:
    """Task id → its claims; tasks that nobody has claimed are left out."""
    if not tasks:
        return {}
    frame = rows(
        serving.root, serving.version, _UNITS.format(tasks=", ".join("?" for _task in tasks)), tuple(tasks)
    )
    found: dict[str, Claimed] = {}
    for task, unit, claims in frame[["task_id", "unit", "claims"]].to_numpy():
        so_far = found.get(task, Claimed())
        named = (unit,) if isinstance(unit, str) else ()
        found[task] = Claimed(so_far.claims + int(claims), so_far.units + named)
    return found


_UNITS = """
SELECT t.task_id, u.name AS unit, count(*) AS claims
FROM marts.open_tasks AS t
JOIN facts.claims AS c ON c.task_no = t.task_no
LEFT JOIN facts.stewards AS s
    ON s.steward_no = c.steward_no AND c.claimed_at >= s.valid_from AND c.claimed_at < s.valid_to
LEFT JOIN facts.units AS u ON u.unit_no = s.unit_no
WHERE t.task_id IN ({tasks})
GROUP BY t.task_id, u.name
ORDER BY t.task_id, max(c.claimed_at) DESC, u.name
"""
