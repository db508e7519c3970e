"""Sentences and records of the three frames in which persons are compared."""

from collections.abc import Callable, Mapping

import pandas as pd

from dashboard import formats
from dashboard.board import stewards
from dashboard.board.people import Names
from dashboard.board.stewards import FRAMES, Frame
from dashboard.components.folded_table import kept_rows
from dashboard.components.frame_lists import FrameChoice, FrameList
from dashboard.components.headline import Head
from dashboard.components.plain_table import Bar, Column
from dashboard.privacy import is_suppressed
from dashboard.translations import _
from dashboard.wording.stewards import class_labels

_FIRST = 6


def frames_head(person: pd.Series | None, code: str, names: Names) -> Head:
    """Who was searched for and the three places; else what the three lists are."""
    rule = _(
        "Persons are compared within the same community, the same class and the same unit only; names are masked; points of the period"
    )
    if person is None:
        missing = _("Nobody on the roster at the period's end has the code {code}").format(code=code)
        return missing if code else _("Personal points: three frames, no overall ranking"), rule
    places = [
        _("{place} of {count} in the {frame}").format(
            place=formats.integer(person[frame]), count=formats.integer(person[of]), frame=word
        )
        for frame, of, word in (
            ("rank_in_community", "of_community", _("community")),
            ("rank_in_number", "of_number", _("class")),
            ("rank_in_unit", "of_unit", _("unit")),
        )
        if not formats.is_missing(person[frame])
    ]
    who = names.known.get(code) or code
    points = _("{points} points").format(points=_points(person["points"]))
    return f"{who} {points}{_(': ')}{_(', ').join(places)}", rule


def search_words() -> tuple[str, str]:
    """Label and placeholder of the search."""
    return _("Steward code"), _("Steward code, whole")


def finder(persons: pd.DataFrame) -> Callable[[str], dict[str, str]]:
    """From a code to the groups that hold the person."""
    return lambda code: belongings(stewards.person(persons, code))


def lister(persons: pd.DataFrame, code: str, names: Names, minimum: int) -> Callable[[Frame, str], FrameList]:
    """From a frame and its group to the list that is drawn."""
    return lambda frame, group: frame_list(
        frame, stewards.members(persons, frame, group), code, names, minimum
    )


def belongings(person: pd.Series | None) -> dict[str, str]:
    """The choices of the three frames that hold a person."""
    if person is None:
        return {}
    found = {
        "community": person["community_code"],
        "number": person["steward_number"],
        "unit": person["unit_id"],
    }
    return {name: str(code) for name, code in found.items() if not formats.is_missing(code)}


def frame_choices(persons: pd.DataFrame, code: str, area: str | None) -> list[FrameChoice[Frame]]:
    """The boxes that choose the group of each frame; a frame that concerns nobody is left out."""
    person = stewards.person(persons, code)
    found = [(frame, _options(frame, persons)) for frame in FRAMES]
    return [
        FrameChoice(frame, frame.choice, _label(frame), options, _first_group(frame, options, person, area))
        for frame, options in found
        if options
    ]


def _options(frame: Frame, persons: pd.DataFrame) -> dict[str, str]:
    """Code → name of all groups of a frame."""
    labels = class_labels()
    if frame.choice == "number":
        return {code: labels.get(code, code) for code in sorted(persons["steward_number"].dropna().unique())}
    groups = persons[[frame.column, frame.choice]].dropna().drop_duplicates().sort_values(frame.column)
    return {str(code): str(name) for code, name in groups.to_numpy()}


def _first_group(frame: Frame, options: Mapping[str, str], person: pd.Series | None, area: str | None) -> str:
    """The group shown first: that of the person searched for, else the area chosen, else the first."""
    own = belongings(person).get(frame.choice, area)
    return own if own is not None and own in options else next(iter(options))


def _label(frame: Frame) -> str:
    """同社区, 同号段, 同单位."""
    return {"community": _("Same community"), "number": _("Same class"), "unit": _("Same unit")}[frame.choice]


def _head(frame: Frame, members: pd.DataFrame, minimum: int) -> Head:
    """The frame, its people and how the points lie in it."""
    words = _("{frame}: {count} people").format(frame=_label(frame), count=formats.integer(len(members)))
    if is_suppressed(len(members), minimum) or members.empty:
        return words, _("Fewer than {minimum} people: no list").format(minimum=minimum)
    zero = int((members["points"] <= 0).sum())
    return words, _("Median {median} points, {zero} people without points").format(
        median=_points(members["points"].median()), zero=formats.integer(zero)
    )


def _columns() -> list[Column]:
    """Rank, masked name, code, points."""
    return [
        Column(_("Rank"), "r"),
        Column(_("Name"), "nw"),
        Column(_("Steward code"), "mute"),
        Column(_("Points")),
    ]


def frame_list(frame: Frame, members: pd.DataFrame, code: str, names: Names, minimum: int) -> FrameList:
    """The people of one frame, the first ones and the person searched for; none of a group too small."""
    few = is_suppressed(len(members), minimum)
    codes = members["steward_id"].tolist()
    place = codes.index(code) if code in codes else None
    return FrameList(
        _head(frame, members, minimum),
        [] if few else _rows(frame, members, names),
        kept_rows(len(members), _FIRST, 0, place),
        place,
        _columns(),
        _("{count} more people"),
    )


def _rows(frame: Frame, members: pd.DataFrame, names: Names) -> list[list[str | Bar]]:
    tied = members[frame.rank].duplicated(keep=False)
    return [
        [formats.rank(rank, bool(equal)), name, str(code), Bar(max(float(points), 0.0), _points(points))]
        for rank, equal, name, code, points in zip(
            members[frame.rank], tied, names.of(members["steward_id"]), members["steward_id"], members["points"], strict=True
        )
    ]  # fmt: skip


def relief() -> Head:
    """Why no person is shown."""
    return _("Burden relief: personal points rankings are not shown"), _(
        "Set by burden_relief in district.toml"
    )


def _points(points: float) -> str:
    return formats.decimal(points, 0 if float(points) == int(points) else 1)
