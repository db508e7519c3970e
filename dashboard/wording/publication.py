"""Sentences and records of publishing a ranking, of what was published, and of the revisions since."""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from dashboard import formats
from dashboard.board.door import Serving
from dashboard.board.units import Standing
from dashboard.components.headline import Head
from dashboard.components.named_step import StepWords
from dashboard.components.plain_table import Bar, Column
from dashboard.components.unit_changes import UnitChange
from dashboard.translations import _
from dashboard.wording.unit_states import of_side, why
from dashboard.wording.units import consequence_words, provisional_note
from dashboard.wording.units import download as ranking_download
from pipelines.periods import SHANGHAI, Period
from pipelines.revisions import Revision
from pipelines.state import FixedRanking

_BESIDE = 8


def mark(standing: Standing) -> str:
    """已公布 2023-10-08 王主任; nothing for a ranking that is not published."""
    fixed = standing.fixed
    if fixed is None:
        return ""
    return _("published {day} by {who}").format(day=_day(fixed.fixed_at), who=fixed.fixed_by)


def marks(standing: Standing) -> list[str]:
    """What a kicker says of a ranking that is provisional, and of one that is published."""
    return [provisional_note(standing.rows, standing.board.last_day), mark(standing)]


def title(standing: Standing, quarter: Period, changes: Sequence[Revision], running: bool) -> str:
    """Is it published, can it be, and what has changed since?"""
    name = formats.period_label(quarter)
    if standing.fixed is not None:
        if not changes:
            return _("{quarter}: published, later data change nothing").format(quarter=name)
        return _("{quarter}: published; by later data {count} units would stand differently").format(
            quarter=name, count=len(changes)
        )
    if running:
        return _("{quarter} is not over: a provisional ranking cannot be published").format(quarter=name)
    return _("{quarter}: over and not published yet").format(quarter=name)


def standfirst(standing: Standing) -> str:
    """Who, when, from which data; or what publishing does."""
    fixed = standing.fixed
    if fixed is None:
        return _(
            "Publishing fixes ranks, tiers and consequences for good. What comes in later shows as revisions beside it and changes nothing."
        )
    return _("Published by {who} on {moment}, data version {version}, data until {until}.").format(
        who=fixed.fixed_by,
        moment=_moment(fixed.fixed_at),
        version=fixed.version,
        until=fixed.rules["data_until"],
    )


def refusal(serving: Serving, quarter: Period, standing: Standing, may: bool) -> Head | None:
    """Why this quarter cannot be published here and now; None when it can."""
    if quarter.is_running(serving.last_day):
        return _("Not over yet"), _(
            "The quarter ends on {end}, the data reach {until}: people and points still change, so ranks are provisional. Publish when the data of the last day have come in."
        ).format(end=formats.day(quarter.end), until=formats.day(serving.data_until))
    if all(formats.is_missing(row["rank"]) for row in standing.rows):
        return _("Nothing to publish"), _("No unit has people in this quarter")
    if standing.fault:
        return _("The record of publications cannot be read"), standing.fault
    if not may:
        return _("Not from this board"), _(
            "Rankings are published on the machine where the board runs, or on a board that was started with --changes."
        )
    return None


def steps_head(quarter: Period) -> Head:
    """The block in which a ranking is published."""
    return _("Publish {quarter}").format(quarter=formats.period_label(quarter)), _(
        "Two steps; the name, the time, the data version and the rules are kept with the ranking"
    )


def steps(serving: Serving, quarter: Period, ranking: pd.DataFrame) -> StepWords:
    """The field for the name, what is read before confirming, and the buttons."""
    sentence = _(
        "The ranking of {quarter} is published: {count} units, data version {version}, data until {until}. This cannot be changed or taken back."
    )
    return StepWords(
        name=_("Published by (name)"),
        button=_("Go on: look once more"),
        sentence=sentence.format(
            quarter=formats.period_label(quarter),
            count=formats.integer(ranking["rank"].notna().sum()),
            version=serving.version,
            until=formats.day(serving.data_until),
        ),
        confirm=_("Publish, for good"),
        cancel=_("Back"),
        nameless=_("Say who publishes: the name stays with the ranking"),
    )


def facts(serving: Serving, standing: Standing) -> list[tuple[str, str]]:
    """What is, or would be, fixed."""
    ranked, names = [row for row in standing.rows if not formats.is_missing(row["rank"])], standing.tiers
    tiers = [row["tier"] for row in ranked]
    counts = [f"{name} {tiers.count(name)}" for name in names]
    consequences = [
        "" if formats.is_missing(row["consequence"]) else str(row["consequence"]) for row in ranked
    ]
    near = sum(not formats.is_missing(row["near_line"]) and bool(row["near_line"]) for row in ranked)
    lines = _(" / ").join(
        formats.decimal(line, 0 if line == int(line) else 1) for line in standing.lines
    ) or _("no line")
    found = [
        (_("Units ranked"), formats.integer(len(ranked))),
        (_("Tiers"), _(" / ").join(counts) if standing.lines else _("no line")),
        (_("Commended"), formats.integer(sum("commended" in one for one in consequences))),
        (_("Explain in writing"), formats.integer(sum("explains" in one for one in consequences))),
        (_("Near a score line"), formats.integer(near)),
        (_("Score lines"), lines),
        (_("Data version"), standing.board.version),
        (_("Data until"), formats.day(standing.board.data_until)),
    ]
    if standing.fixed is None:
        found.append((_("Rejected records in these data"), formats.integer(serving.rejected)))
    return found


def facts_head(standing: Standing) -> Head:
    """What the facts are of."""
    if standing.fixed is None:
        return _("What would be fixed"), _("The ranking as the data have it now")
    return _("What is fixed"), _("The ranking as it was published")


def list_table(found: Sequence[FixedRanking]) -> tuple[str, str, list[Column], list[list[str | Bar]]]:
    """All publications, the latest quarter first."""
    heads = [
        Column(_("Period"), "nw"), Column(_("Published by")), Column(_("On"), "nw mute"), Column(_("Units ranked"), "r wide"),
        Column(_("Data version"), "mute wide"),
    ]  # fmt: skip
    rows: list[list[str | Bar]] = [
        [
            formats.period_label(Period.parse(one.quarter)),
            one.fixed_by,
            _moment(one.fixed_at),
            formats.integer(sum(row["rank"] is not None for row in one.rows)),
            one.version,
        ]
        for one in found
    ]
    if not found:
        return _("No ranking has been published yet"), _("Published quarters stand here"), [], []
    head = _("{count} quarters published").format(count=len(found))
    return head, _("A published ranking never changes"), heads, rows


def revision_block(
    changes: Sequence[Revision], standing: Standing, serving: Serving
) -> tuple[Head, tuple[str, str], list[UnitChange], tuple[str, ...], str]:
    """The list beside the ranking: the first revisions, and how many more there are."""
    shown = revision_rows(changes, standing.tiers, _BESIDE)
    rest = revision_rest(changes, _BESIDE)
    return revisions_head(changes, serving), revision_columns(), shown, standing.tiers, rest


def revisions_head(changes: Sequence[Revision], serving: Serving) -> Head:
    """How many units would stand differently, and by which data."""
    if not changes:
        return _("Revisions: none"), _("Data until {day} give the ranking that was published").format(
            day=formats.day(serving.data_until)
        )
    tiers = sum(_changes_tier(one) for one in changes)
    head = _("Revisions: {count} units, {tiers} of them in another tier").format(
        count=len(changes), tiers=tiers
    )
    return head, _("Published → by the data until {day}; the published ranking stays as it is").format(
        day=formats.day(serving.data_until)
    )


def revision_columns() -> tuple[str, str]:
    """Words for before and after."""
    return _("published"), _("now")


def revision_rows(
    changes: Sequence[Revision], names: Sequence[str], limit: int | None = None
) -> list[UnitChange]:
    """Units that would stand differently: other tiers first, then own changes, then those that others moved."""
    ordered = sorted(changes, key=lambda one: (not _changes_tier(one), one.reasons == ("others",)))
    return [
        UnitChange(
            one.unit,
            _group(one),
            of_side(one.published, names),
            of_side(one.now, names),
            why(one),
        )
        for one in ordered[:limit]
    ]


def revision_rest(changes: Sequence[Revision], limit: int) -> str:
    """How many are not listed."""
    left = len(changes) - limit
    return _("{count} more units: see Publishing").format(count=left) if left > 0 else ""


def download(standing: Standing, changes: Sequence[Revision]) -> dict[str, pd.DataFrame]:
    """The ranking; before it the revisions, both sides, when there are any."""
    sides = tuple(zip(("published", "now"), revision_columns(), strict=True))
    fields = {
        "rank": _("Rank"), "tier": _("Tier"), "score": _("Score"), "points": _("Points in all"), "headcount": _("People"),
        "consequence": _("Consequence"),
    }  # fmt: skip
    rows = [
        {_("Unit code"): one.unit_id, _("Unit"): one.unit}
        | {
            f"{label} {name}": _told(field, getattr(getattr(one, side), field, None))
            for side, label in sides
            for field, name in fields.items()
        }
        | {_("Why"): why(one)}
        for one in changes
    ]
    ranking = ranking_download(standing.ranking)
    return {_("Revisions"): pd.DataFrame(rows), **ranking} if rows else ranking


def _told(field: str, value: object) -> object:
    return consequence_words(str(value or "")) if field == "consequence" else value


def _changes_tier(revision: Revision) -> bool:
    before, after = ("" if side is None else side.tier for side in (revision.published, revision.now))
    return before != after


def _group(revision: Revision) -> str:
    known = revision.now or revision.published
    return known.ranking_group if known else ""


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d}"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
