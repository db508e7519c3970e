"""Sentences and records of one community's card on its own screen."""

from collections.abc import Mapping, Sequence

from dashboard import formats
from dashboard.board.communities import SCORE, Card, ClassPeople
from dashboard.board.district_map import AreaLine
from dashboard.board.figures import Value
from dashboard.components.area_card import CardChart, Standing
from dashboard.components.community_card import ClassTable
from dashboard.components.headline import Head
from dashboard.components.plain_table import Bar, Column
from dashboard.privacy import is_suppressed
from dashboard.table_rows import Row
from dashboard.translations import _
from dashboard.wording.choices import choice_label
from dashboard.wording.communities import count_ranked, score_text
from dashboard.wording.district_map_card import standings
from dashboard.wording.stewards import class_labels
from pipelines.district import District
from pipelines.metrics import Metric


def records(
    card: Card, ranking: Sequence[Row], opened: str, whole: Value, district: District
) -> tuple[Head, CardChart, list[Standing], int, ClassTable, Head]:
    """What the card draws: head, line, standings and among how many, people by class, sites."""
    return (
        card_head(ranking, opened, whole, district),
        card_chart(card.line, card.values[SCORE][0]),
        standings(card.values, opened),
        len(ranking),
        classes_table(card.classes, district.privacy.minimum_group),
        sites_head(card.sites),
    )


def card_head(ranking: Sequence[Row], opened: str, whole: Value, district: District) -> Head:
    """The community, its score and rank; points ÷ stewards and the distance to the district."""
    row = next(row for row in ranking if row["area_code"] == opened)
    place = {
        "community": row["community"],
        "area": "" if formats.is_missing(row["subdistrict"]) else row["subdistrict"],
    }
    if formats.is_missing(row["rank"]):
        return _("{community} {area}: no stewards, no rank").format(**place), ""
    words = _("{community} {area}: {score}, rank {rank} of {count}").format(
        **place,
        score=score_text(row["score"], district),
        rank=formats.rank(row["rank"], bool(row["tied"])),
        count=count_ranked(ranking),
    )
    own = row["points"] / row["stewards"]
    return words, _(
        "{points} points ÷ {stewards} stewards = {score}; {gap} against the district's {whole}; line by month"
    ).format(
        points=formats.integer(row["points"]),
        stewards=formats.integer(row["stewards"]),
        score=formats.decimal(own),
        gap=formats.signed(own - (whole.value or 0)),
        whole=formats.decimal(whole.value),
    )


def card_chart(line: AreaLine, metric: Metric) -> CardChart:
    """Points per steward by month, the district behind."""
    last = next((value for value in reversed(line.own) if value is not None), None)
    known = [value for value in line.district if value is not None]
    lags = last is not None and bool(known) and last < known[-1]
    ends = formats.short_month(line.months[0]), formats.short_month(line.months[-1])
    label = formats.decimal(last, 1 if metric.format == "decimal1" else 0)
    return CardChart(line.own, line.district, ends, label, lags, share=False)


def classes_table(classes: Sequence[ClassPeople], minimum: int) -> ClassTable:
    """Title, reading, columns, rows and note of the community's stewards by class."""
    rows: list[list[str | Bar]] = []
    labels = class_labels()
    for one in classes:
        name = labels.get(one.steward_number, "")
        if is_suppressed(one.stewards, minimum):
            rows.append([name, _("fewer than {minimum}").format(minimum=minimum), "—", "—"])
            continue
        known = one.base and not is_suppressed(one.base, minimum)
        share = formats.percent(one.reached / one.base) if known else formats.NOTHING
        reached = formats.fraction(one.reached, one.base) if known else formats.NOTHING
        rows.append([name, Bar(one.stewards, formats.integer(one.stewards)), reached, share])
    heads = [
        Column(_("Class")),
        Column(_("Stewards")),
        Column(_("Annual target reached"), "r mute"),
        Column(_("Rate"), "r"),
    ]
    note = _("Groups of fewer than {minimum} people are not broken down").format(minimum=minimum)
    return ClassTable(
        _("Stewards by class"),
        _("At the period's end; each against the target of the own class"),
        heads,
        rows,
        note,
    )


def sites_head(sites: Mapping[str, int]) -> Head:
    """How many sites of which kind the community has."""
    kinds = sorted(sites.items(), key=lambda pair: -pair[1])
    if not kinds:
        return _("No site in this community"), _("Sites as they stand at data until")
    named = _(" / ").join(f"{choice_label(kind)} {formats.integer(count)}" for kind, count in kinds)
    words = _("{count} sites: {kinds}").format(count=formats.integer(sum(sites.values())), kinds=named)
    return words, _("Sites as they stand at data until")
