"""Sentences and records of the three frames in which persons are compared."""

from collections.abc import Callable, Iterable, Mapping

from dashboard import formats
from dashboard.board import frames
from dashboard.board.door import Serving
from dashboard.board.frames import FRAMES, Frame, Members, Person, Place
from dashboard.board.people import Names
from dashboard.components.frame_lists import FrameChoice, FrameList
from dashboard.components.headline import Head
from dashboard.components.plain_table import Bar, Column
from dashboard.privacy import is_suppressed
from dashboard.translations import _
from dashboard.wording.stewards import class_labels
from pipelines.periods import Period


def frames_head(person: Person | None, code: str, names: Names) -> Head:
    """Who was searched for and the three places; else what the three lists are."""
    rule = _(
        "Persons are compared within the same community, the same class and the same unit only; points of the period"
    )
    if names.masked:
        rule += _("; names are masked")
    if person is None:
        missing = _("Nobody on the roster at the period's end has the code {code}").format(code=code)
        return missing if code else _("Personal points: three frames, no overall ranking"), rule
    words = {"community": _("community"), "number": _("class"), "unit": _("unit")}
    places = [
        _("{place} of {count} in the {frame}").format(
            place=formats.integer(rank), count=formats.integer(people), frame=words[frame]
        )
        for frame, (_group, rank, people) in person.groups.items()
    ]
    who = names.of([code])[0] or code
    points = _("{points} points").format(points=_points(person.points))
    return f"{who} {points}{_(': ')}{_(', ').join(places)}", rule


def search_words() -> tuple[str, str]:
    """Label and placeholder of the search."""
    return _("Steward code"), _("Steward code, whole")


def finder(board: Serving, period: Period) -> Callable[[str], dict[str, str]]:
    """From a code to the groups that hold the person."""
    return lambda code: belongings(frames.person(board, period, code))


def belongings(person: Person | None) -> dict[str, str]:
    """The choices of the three frames that hold a person."""
    return {frame: group for frame, (group, _rank, _people) in person.groups.items()} if person else {}


def frame_choices(
    groups: Mapping[str, Mapping[str, str]], person: Person | None, area: str | None
) -> list[FrameChoice[Frame]]:
    """The boxes that choose the group of each frame; a frame that concerns nobody is left out."""
    found = [(frame, _options(frame, groups)) for frame in FRAMES]
    return [
        FrameChoice(frame, frame.choice, _label(frame), options, _first_group(frame, options, person, area))
        for frame, options in found
        if options
    ]


def _options(frame: Frame, groups: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Code → name of all groups of a frame."""
    if frame.choice == "number":
        labels = class_labels()
        return {code: labels.get(code, code) for code in groups["number"]}
    return dict(groups[frame.choice])


def _first_group(frame: Frame, options: Mapping[str, str], person: Person | None, area: str | None) -> str:
    """The group shown first: that of the person searched for, else the area chosen, else the first."""
    own = belongings(person).get(frame.choice, area)
    return own if own is not None and own in options else next(iter(options))


def _label(frame: Frame) -> str:
    """同社区, 同号段, 同单位."""
    return {"community": _("Same community"), "number": _("Same class"), "unit": _("Same unit")}[frame.choice]


def _head(frame: Frame, members: Members, minimum: int) -> Head:
    """The frame, its people and how the points lie in it."""
    words = _("{frame}: {count} people").format(frame=_label(frame), count=formats.integer(members.count))
    if is_suppressed(members.count, minimum):
        return words, _("Fewer than {minimum} people: no list").format(minimum=minimum)
    return words, _("Median {median} points, {zero} people without points").format(
        median=_points(members.median), zero=formats.integer(members.zero)
    )


def _columns() -> list[Column]:
    """Rank, masked name, code, points."""
    return [
        Column(_("Rank"), "r"),
        Column(_("Name"), "nw"),
        Column(_("Steward code"), "mute"),
        Column(_("Points")),
    ]


def listed(
    frame: Frame, members: Members, code: str, names: Names, minimum: int, likely: Iterable[str] = ()
) -> FrameList:
    """The people of one frame, the first ones and the person searched for; none of a group too small."""
    shown = () if is_suppressed(members.count, minimum) else members.places
    known = names.of((one.steward_id for one in shown), likely)
    return FrameList(
        _head(frame, members, minimum),
        {one.place: _row(one, name) for one, name in zip(shown, known, strict=True)},
        members.count,
        members.place_of(code),
        _columns(),
        _("{count} more people"),
    )


def _row(one: Place, name: str) -> list[str | Bar]:
    bar = Bar(max(one.points, 0.0), _points(one.points))
    return [formats.rank(one.rank, one.tied), name, one.steward_id, bar]


def relief() -> Head:
    """Why no person is shown."""
    return _("Burden relief: personal points rankings are not shown"), _(
        "Set by burden_relief in district.toml"
    )


def _points(points: float) -> str:
    return formats.decimal(points, 0 if float(points) == int(points) else 1)
