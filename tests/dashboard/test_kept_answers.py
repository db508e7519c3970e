"""Answers are asked once for each version, handed out so that nobody spoils another's, and never kept of a fault."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier, Event

import pandas as pd
import pytest

from dashboard.board import kept_answers
from dashboard.board.kept_answers import answer


@dataclass(frozen=True)
class Version:
    root: str
    version: str
    settings: tuple[list[int], ...] = ([],)  # not hashable, like the rules of a district


def test_a_question_is_asked_once_for_each_version_and_argument() -> None:
    asked: list[tuple[str, str | None]] = []

    @answer
    def question(serving: Version, area: str | None = None) -> int:
        asked.append((serving.version, area))
        return len(asked)

    first, second = Version("here", "1"), Version("here", "2")
    answers = [
        question(first),
        question(first),
        question(second),
        question(first, "Q1"),
        question(first, area="Q1"),
    ]
    assert answers[0] == answers[1]
    assert asked[:3] == [("1", None), ("2", None), ("1", "Q1")]
    assert question(Version("elsewhere", "1")) not in answers


def test_two_questions_of_equal_arguments_are_two() -> None:
    @answer
    def one(area: str) -> str:
        return "one" + area

    @answer
    def other(area: str) -> str:
        return "other" + area

    assert (one("Q1"), other("Q1")) == ("oneQ1", "otherQ1")


def test_a_reader_cannot_spoil_the_table_of_another() -> None:
    @answer
    def table() -> pd.DataFrame:
        return pd.DataFrame({"value": [1, 2]})

    mine = table()
    mine["value"] = 0
    mine.loc[0, "value"] = 7
    mine["mine"] = True
    assert table()["value"].tolist() == [1, 2]
    assert list(table().columns) == ["value"]


def test_nor_a_list_or_the_entries_of_a_mapping() -> None:
    @answer
    def listed() -> list[int]:
        return [1]

    @answer
    def mapped() -> dict[str, int]:
        return {"a": 1}

    listed().append(2)
    mapped()["b"] = 2
    assert (listed(), mapped()) == ([1], {"a": 1})


def test_of_a_fault_nothing_is_kept() -> None:
    tries: list[int] = []

    @answer
    def question() -> int:
        tries.append(1)
        if len(tries) == 1:
            raise LookupError("not yet")
        return len(tries)

    with pytest.raises(LookupError):
        question()
    assert question() == 2


def test_who_asks_at_the_same_time_waits_for_one_answer() -> None:
    asked: list[int] = []
    together, go_on = Barrier(4), Event()

    @answer
    def slow() -> int:
        asked.append(1)
        assert go_on.wait(10)
        return 5

    def reader() -> int:
        together.wait(10)
        return slow()

    with ThreadPoolExecutor(3) as readers:
        answers = [readers.submit(reader) for _ in range(3)]
        together.wait(10)
        go_on.set()
        assert [one.result(10) for one in answers] == [5, 5, 5]
    assert asked == [1]


def test_the_least_used_answers_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_answers, "_kept", type(kept_answers._kept)())
    monkeypatch.setattr(kept_answers, "MOST", 2)
    asked: list[int] = []

    @answer
    def question(number: int) -> int:
        asked.append(number)
        return number

    for number in (1, 2, 1, 3, 1, 2):
        question(number)
    assert asked == [1, 2, 3, 2]
