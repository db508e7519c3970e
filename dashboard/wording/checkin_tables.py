"""Check-ins as tables: units against the rule, communities with the lowest valid share, the download."""

from collections.abc import Sequence

import pandas as pd

from dashboard import formats
from dashboard.board.checkins import PER_PERSON, RATE, Distances, Target
from dashboard.board.door import metrics
from dashboard.board.thresholds import FEWEST_TO_RANK
from dashboard.board.units import ranking_groups
from dashboard.components.plain_table import Bar, Column
from dashboard.table_rows import Row
from dashboard.translations import _
from dashboard.wording.checkins import times
from dashboard.wording.choices import code_label
from dashboard.wording.figures import metric_label
from dashboard.wording.units import group_labels

LISTED_UNITS, LISTED_COMMUNITIES = 6, 7


def groups(units: pd.DataFrame) -> dict[str, str]:
    """The ranking groups of the units, by the name that the reader sees."""
    return group_labels(ranking_groups(units))


def unit_rows() -> dict[str, str]:
    """How much of the table is shown."""
    return {"last": _("Last ones"), "all": _("All units")}


def units_table(
    units: Sequence[Row], target: Target, whole: bool
) -> tuple[str, str, list[Column], list[list[str | Bar]], str]:
    """Title, subtitle, columns, rows and note; the last ones, or all of them."""
    below = sum(row["value"] < target.to_date for row in units)
    title = (
        _("{count} of {units} units below {target} per person").format(
            count=below, units=len(units), target=times(target.to_date)
        )
        if below
        else _("All {units} units reach {target} per person").format(
            units=len(units), target=times(target.to_date)
        )
    )
    subtitle = _("All people of the unit at the period's end; an area filter never changes them")
    columns = [
        Column(_("Rank"), "r nw"), Column(_("Unit")), Column(_("Valid per person")),
        Column(_("Valid / people"), "r nw mid"), Column(_("People on target"), "r nw wide"), Column(_("Against the rule"), "r nw"),
    ]  # fmt: skip
    listed = sorted(units, key=lambda row: (row["rank"] is None, -(row["rank"] or 0), row["unit"]))
    listed = listed if whole else listed[:LISTED_UNITS]
    table: list[list[str | Bar]] = [
        [
            formats.rank(row["rank"], row["tied"]), str(row["unit_name"]),
            Bar(float(row["value"]), formats.decimal(row["value"]), "bad" if row["value"] < target.to_date else "deep"),
            formats.fraction(row["numerator"], row["denominator"]), formats.fraction(row["reached"], row["denominator"]),
            formats.signed(row["value"] - target.to_date),
        ]
        for row in listed
    ]  # fmt: skip
    rest = len(units) - len(listed)
    note = _("{count} units above them").format(count=rest) if rest else ""
    return title, subtitle, columns, table, note


def communities_table(
    communities: Sequence[Row],
) -> tuple[str, str, list[Column], list[list[str | Bar]], str]:
    """Title, subtitle, columns, rows and note: communities with the lowest valid share."""
    ranked = [row for row in communities if row["rank"] is not None]
    title = (
        _("{community}: only {share} valid, the lowest").format(
            community=ranked[0]["community_name"], share=formats.percent(ranked[0]["value"])
        )
        if ranked
        else _("No community has enough check-ins to be ranked")
    )
    subtitle = _(
        "At least {count} check-ins to be ranked; a very low share hints at a wrong datum or point"
    ).format(count=FEWEST_TO_RANK)
    columns = [
        Column(_("Rank"), "r nw"), Column(_("Community")), Column(_("Valid / judged"), "r nw"), Column(_("Valid share, %")),
    ]  # fmt: skip
    listed = ranked[:LISTED_COMMUNITIES]
    table: list[list[str | Bar]] = [
        [
            formats.rank(row["rank"], row["tied"]), str(row["community_name"]),
            formats.fraction(row["numerator"], row["denominator"]),
            Bar(float(row["value"]), formats.percent_number(row["value"]), "deep"),
        ]
        for row in listed
    ]  # fmt: skip
    rest = len(ranked) - len(listed)
    note = _("{count} more communities in the download").format(count=rest) if rest else ""
    return title, subtitle, columns, table, note


def download(units: pd.DataFrame, communities: pd.DataFrame, distances: Distances) -> dict[str, pd.DataFrame]:
    """Units of all groups, communities and the histogram, unrounded."""
    unit_headers = {
        "ranking_group": _("Ranking group"), "rank": _("Rank"), "unit": _("Unit code"), "unit_name": _("Unit"),
        "denominator": _("People"), "numerator": _("Valid check-ins"), "value": metric_label(metrics()[PER_PERSON]),
        "reached": _("People on target"),
    }  # fmt: skip
    area_headers = {
        "rank": _("Rank"), "community": _("Area code"), "community_name": _("Community"),
        "numerator": _("Valid check-ins"), "denominator": _("Judged check-ins"), "value": metric_label(metrics()[RATE]),
    }  # fmt: skip
    histogram = pd.DataFrame(
        {
            _("Distance"): [code_label("distance", name) for name in distances.names],
            _("Number of check-ins"): distances.counts,
        }
    )
    return {
        _("Units"): units[list(unit_headers)].rename(columns=unit_headers),
        _("Communities"): communities[list(area_headers)].rename(columns=area_headers),
        _("Distance"): histogram,
    }
