"""What is equal stands in the same order on every machine: NumPy's quicksort leaves ties as the processor has it."""

import ast
from math import nan
from pathlib import Path

from dashboard.board.stewards import order_of

DASHBOARD = Path(__file__).parents[2] / "dashboard"
# With several columns pandas sorts stably by itself.
SORTS = {"sort_values", "argsort"}


def sorts(file: Path) -> list[ast.Call]:
    """The calls that sort by one column."""
    found = []
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SORTS:
            several = (
                bool(node.args) and isinstance(node.args[0], ast.List) and node.func.attr == "sort_values"
            )
            if not several:
                found.append(node)
    return found


def test_sorts_by_one_column_are_stable() -> None:
    found = [(file.name, call) for file in DASHBOARD.rglob("*.py") for call in sorts(file)]
    unstable = [
        f"{name}:{call.lineno}"
        for name, call in found
        if [ast.literal_eval(each.value) for each in call.keywords if each.arg == "kind"] != ["stable"]
    ]
    assert unstable == []
    assert len(found) > 10


def test_equal_values_keep_their_order_and_missing_ones_come_last() -> None:
    values = [2.0, nan, 1.0, 2.0, 1.0]
    assert order_of(values) == [2, 4, 0, 3, 1]
    assert order_of(values, descending=True) == [0, 3, 2, 4, 1]
    assert order_of([5] * 40) == list(range(40))
