"""Sentences and records of the communities' ranking."""

from collections import Counter, defaultdict
from collections.abc import Sequence

import pandas as pd

from dashboard import formats
from dashboard.board import communities
from dashboard.board.door import Serving
from dashboard.board.figures import Value
from dashboard.board.kept_answers import answer
from dashboard.components.dot_rows import Dot, DotRow
from dashboard.components.folded_table import kept_rows
from dashboard.components.headline import Head
from dashboard.components.plain_table import Bar, Column
from dashboard.table_rows import Row
from dashboard.translations import _
from pipelines.district import District
from pipelines.periods import Period

_ENDS = 5
_LAST = 10
_LISTED = 12


def nothing_to_rank() -> Head:
    """What to say without communities, and what to do."""
    return (
        _("No communities to rank"),
        _("Put the exports of areas, stewards and points into the inbox and build again."),
    )


def title(ranking: Sequence[Row], shown: Sequence[Row], area: str, district: District) -> str:
    """Who leads, and where the last ones are; where only praise is wanted, who rose most."""
    ranked = [row for row in shown if row["rank"] is not None]
    if not ranked:
        return _("No community has stewards in this period")
    best = min(row["rank"] for row in ranked)
    first = [row for row in ranked if row["rank"] == best]
    name, score = first[0]["community"], score_text(first[0]["score"], district)
    if area:
        return _("{community} is best placed in {area}: rank {rank} of {count}").format(
            community=name,
            area=area,
            rank=best,
            count=count_ranked(ranking),
        )
    leads = (
        _("{community} leads with {score}") if len(first) == 1 else _("{count} communities lead with {score}")
    )
    words = leads.format(community=name, score=score, count=len(first))
    return words + (_risen(ranked) if district.tiers.praise_only else _last_ones(ranked))


def _last_ones(ranked: Sequence[Row]) -> str:
    lie = [row["subdistrict"] for row in ranked[-_LAST:] if not formats.is_missing(row["subdistrict"])]
    if len(ranked) < 2 * _LAST or not lie:
        return ""
    ((area, count),) = Counter(lie).most_common(1)
    return _("; of the last {last}, {count} are in {area}").format(last=_LAST, count=count, area=area)


def _risen(ranked: Sequence[Row]) -> str:
    known = [row for row in ranked if row["previous_rank"] is not None]
    first = max(known, key=lambda row: row["previous_rank"] - row["rank"], default=None)
    if first is None or first["previous_rank"] <= first["rank"]:
        return ""
    return _("; {community} rose most, by {steps} places").format(
        community=first["community"], steps=first["previous_rank"] - first["rank"]
    )


def count_ranked(ranking: Sequence[Row]) -> int:
    """How many communities have a rank."""
    return sum(row["rank"] is not None for row in ranking)


def standfirst(ranking: Sequence[Row], whole: Value, district: District) -> str:
    """The rule of the score, and the district's own figure."""
    rule = (
        _("Score = points of the community's stewards in the period.")
        if district.ranking.communities == "total"
        else _("Score = points of the community's stewards ÷ all its stewards at the period's end, those without points included.")
    )  # fmt: skip
    return rule + _(
        " {count} communities ranked; district {points} points ÷ {stewards} stewards = {score}."
    ).format(
        count=count_ranked(ranking),
        points=formats.integer(whole.numerator),
        stewards=formats.integer(whole.denominator),
        score=formats.decimal(whole.value),
    )


def score_text(score: float | None, district: District) -> str:
    """47.1 points per steward, or 7,394 points where totals are ranked."""
    if district.ranking.communities == "total":
        return _("{points} points").format(points=formats.integer(score))
    return _("{points} points per steward").format(points=formats.decimal(score))


def subdistricts_head(subdistricts: Sequence[Row], district: District) -> Head:
    """The highest and the lowest subdistrict."""
    reading = _("Points per steward; a dot is a community, the stroke its subdistrict, the line the district")
    if len(subdistricts) < 2:
        return _("Communities by score"), reading
    best, worst = subdistricts[0], subdistricts[-1]
    template = (
        _("Subdistricts: {best} highest with {high}")
        if district.tiers.praise_only
        else _("Subdistricts: {best} highest with {high}, {worst} lowest with {low}")
    )
    return template.format(
        best=best["subdistrict_name"], high=formats.decimal(best["value"]),
        worst=worst["subdistrict_name"], low=formats.decimal(worst["value"]),
    ), reading  # fmt: skip


def subdistrict_rows(ranking: Sequence[Row], subdistricts: Sequence[Row], opened: str) -> list[DotRow]:
    """A row per subdistrict, its communities as dots; points per steward whatever is ranked."""
    inside = Counter(row["subdistrict_code"] for row in ranking)
    dots: dict[str, list[Dot]] = defaultdict(list)
    for row in ranking:
        stewards = row["stewards"]
        if not formats.is_missing(stewards) and stewards > 0:
            value = float(row["points"]) / float(stewards)
            words = f"{row['community']} {formats.decimal(value)}"
            dots[row["subdistrict_code"]].append(Dot(value, words, row["area_code"] == opened))
    return [
        DotRow(
            str(row["subdistrict_name"]),
            _("{count} communities, {stewards} people").format(
                count=inside[row["subdistrict"]],
                stewards=formats.integer(row["denominator"]),
            ),
            float(row["value"]),
            formats.decimal(row["value"]),
            dots[row["subdistrict"]],
        )
        for row in subdistricts
    ]


def row_choices(count: int) -> dict[str, str]:
    """The rows that matter, or all."""
    return {"key": _("Key rows"), "all": _("All {count}").format(count=count)}


def columns(district: District) -> list[Column]:
    """Rank, community, subdistrict, people, points, score, movement."""
    score = _("Points") if district.ranking.communities == "total" else _("Per person")
    return [
        Column(_("Rank"), "r"), Column(_("Community"), "strong"), Column(_("Subdistrict"), "mute"), Column(_("Stewards"), "r wide"),
        Column(_("Points"), "r wide"), Column(score), Column(_("Previous rank"), "r mute wide"), Column(_("Rank change"), "r nw"),
    ]  # fmt: skip


def table_rows(ranking: Sequence[Row], district: District) -> list[list[str | Bar]]:
    """One row per community, those without stewards last."""
    return [
        [
            formats.rank(row["rank"], bool(row["tied"])),
            str(row["community"]),
            _plain(row["subdistrict"]),
            formats.integer(row["stewards"]),
            formats.integer(row["points"]),
            _score_bar(row["score"], district),
            formats.integer(row["previous_rank"]),
            formats.movement(row["rank"], row["previous_rank"]),
        ]
        for row in ranking
    ]


def _score_bar(score: float, district: District) -> Bar | str:
    if formats.is_missing(score):
        return formats.NOTHING
    return Bar(score, formats.decimal(score, 0 if district.ranking.communities == "total" else 1))


def kept(ranking: Sequence[Row], opened: str, folded: bool, district: District) -> set[int]:
    """Places of the rows that stay when the table is folded; last places only where they may be named."""
    if not folded:
        return set(range(len(ranking)))
    last = 0 if district.tiers.praise_only else _ENDS
    return kept_rows(len(ranking), _ENDS, last, place_of(ranking, opened))


def place_of(ranking: Sequence[Row], opened: str) -> int | None:
    """Where the open community stands in the table."""
    codes = [row["area_code"] for row in ranking]
    return codes.index(opened) if opened in codes else None


@answer
def community_names(board: Serving, period: Period) -> dict[str, str]:
    """Area code → community and subdistrict, in the order of the ranking."""
    return {
        str(row["area_code"]): f"{row['community']}　{_plain(row['subdistrict'])}"
        for row in communities.ranking_rows(board, period)
    }


def stationless_table(
    codes: Sequence[str], ranking: Sequence[Row]
) -> tuple[str, str, list[Column], list[list[str | Bar]], str]:
    """Title, reading, columns, rows and note of the communities without a station."""
    places = [row for row in ranking if row["area_code"] in codes]
    words = (
        _("{count} communities have no service station").format(count=len(codes))
        if codes
        else _("Every community has a service station")
    )
    rows: list[list[str | Bar]] = [
        [str(row["community"]), _plain(row["subdistrict"]), _("{count} people").format(count=formats.integer(row["stewards"]))]
        for row in places[:_LISTED]
    ]  # fmt: skip
    rest = len(places) - _LISTED
    note = _("{count} more communities").format(count=rest) if rest > 0 else ""
    return (
        words,
        _("Sites as they stand at data until"),
        [Column(""), Column("", "mute"), Column("", "r")],
        rows,
        note,
    )


def download(board: Serving, period: Period, area: str | None) -> dict[str, pd.DataFrame]:
    """The ranking and the roll-up, unrounded."""
    ranking = communities.in_area(communities.ranking(board, period), area)
    subdistricts = communities.by_subdistrict(board, period)
    headers = {
        "rank": _("Rank"), "tied": _("Tied"), "area_code": _("Area code"), "community": _("Community"),
        "subdistrict": _("Subdistrict"), "stewards": _("Stewards"), "points": _("Points in all"), "score": _("Score"),
        "previous_rank": _("Previous rank"),
    }  # fmt: skip
    rolled = {
        "subdistrict": _("Area code"), "subdistrict_name": _("Subdistrict"), "numerator": _("Points"),
        "denominator": _("Stewards"), "value": _("Per person"),
    }  # fmt: skip
    return {
        _("Communities"): ranking[list(headers)].rename(columns=headers),
        _("Subdistricts"): subdistricts[list(rolled)].rename(columns=rolled),
    }


def _plain(value: object) -> str:
    return "" if formats.is_missing(value) else str(value)
