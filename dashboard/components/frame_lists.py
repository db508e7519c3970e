"""Lists of people side by side, each with the box that chooses its group."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import streamlit as st

from dashboard.components.filters import choose
from dashboard.components.folded_table import places_table
from dashboard.components.headline import Head, block_head
from dashboard.components.plain_table import Bar, Column

Frame = TypeVar("Frame")


@dataclass(frozen=True)
class FrameChoice(Generic[Frame]):
    """A frame, the label of its box, code → name of its groups, and the one shown first."""

    frame: Frame
    name: str
    label: str
    options: Mapping[str, str]
    first: str


@dataclass(frozen=True)
class FrameList:
    """Title and reading, rows by place, how many there are, the marked one, columns, and the words for rows left out."""

    head: Head
    rows: Mapping[int, Sequence[str | Bar]]
    count: int
    marked: int | None
    columns: Sequence[Column]
    fold: str


def frame_lists(choices: Sequence[FrameChoice[Frame]], draw: Callable[[Frame, str], None]) -> None:
    """One column per frame; `draw` draws the people of the group that is chosen."""
    if not choices:
        return
    for place, choice in zip(st.columns(len(choices), gap="large"), choices, strict=True):
        with place:
            group = choose(choice.name, choice.label, choice.options, choice.first, width="stretch")
            draw(choice.frame, group)


def frame_list(people: FrameList) -> None:
    """The people of one group."""
    block_head(*people.head)
    if people.rows:
        places_table(people.columns, people.rows, people.count, people.fold, people.marked)
