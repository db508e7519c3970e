"""Sentences and records of the points' screen."""

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard import formats
from dashboard.board.door import metrics
from dashboard.board.figures import Figure, Value
from dashboard.board.points import Ledger, Merchants
from dashboard.components.column_chart import Bin
from dashboard.components.headline import Head
from dashboard.components.plain_table import Bar, Column
from dashboard.components.trend_chart import Line
from dashboard.components.unit_card import Source
from dashboard.privacy import is_suppressed
from dashboard.table_rows import rows_of
from dashboard.translations import _
from dashboard.wording.choices import choice_label
from dashboard.wording.figures import metric_definition, metric_label
from pipelines.district import District
from pipelines.periods import Period

_LISTED_MERCHANTS = 4
_LISTED_ENTRIES = 3
_REACHED = ("100-150", "150+")


def title(figures: Sequence[Figure], period: Period) -> str:
    """Earned, share spent, balance."""
    by_name = {figure.metric.name: figure.now.value for figure in figures}
    if not by_name["points_earned"]:
        return _("No points were earned in this period")
    return _("{period}: {earned} points earned, {share} spent, balance {balance}").format(
        period=formats.short_period(period),
        earned=_short(by_name["points_earned"]),
        share=formats.percent(by_name["points_spent_share"]),
        balance=_short(by_name["points_balance"]),
    )


def standfirst(figures: Sequence[Figure], district: District) -> str:
    """What the share rests on, and the rules."""
    by_name = {figure.metric.name: figure.now for figure in figures}
    spent, points = by_name["points_spent_share"], district.points
    return _(
        "Spent {spent} of {earned} points: redeemed {redeemed}, lottery {lottery}. Rules: assigned task {assigned}, urgent task {urgent} points."
    ).format(
        spent=formats.integer(spent.numerator),
        earned=formats.integer(spent.denominator),
        redeemed=formats.integer(by_name["points_redeemed"].value),
        lottery=formats.integer(by_name["points_lottery"].value),
        assigned=_range(points.assigned),
        urgent=_range(points.urgent),
    )


def ledger_head(ledger: Ledger) -> Head:
    """Does spending keep up with earning?"""
    reading = _("Points per month; shaded: what is left over")
    shares = [
        spent / earned if earned else None for earned, spent in zip(ledger.earned, ledger.spent, strict=True)
    ]
    known = [share for share in shares if share is not None]
    if len(known) < 2:
        return _("Points earned and spent by month"), reading
    template = _("Share spent by month: {before} → {now}")
    return template.format(before=formats.percent(known[0]), now=formats.percent(known[-1])), reading


def ledger_lines(ledger: Ledger) -> list[Line]:
    """Earned and spent."""
    return [Line(_("Earned"), ledger.earned), Line(_("Spent"), ledger.spent)]


def ledger_gap(ledger: Ledger) -> str:
    """What the last month left over."""
    return _("left over {number}").format(number=_short(ledger.earned[-1] - ledger.spent[-1]))


def progress_head(frame: pd.DataFrame, year: Period, running: bool) -> Head:
    """How many reached their target and how many have nothing."""
    people = dict(zip(frame["progress"].tolist(), frame["stewards"].tolist(), strict=True))
    total, reached = int(sum(people.values())), int(sum(people.get(code, 0) for code in _REACHED))
    reading = _("People by points of {year} as a share of the annual target of their own class, %").format(
        year=formats.period_label(year)
    ) + (_("; the year is not over") if running else "")
    if not total:
        return _("Progress to the annual target"), reading
    words = _("{reached} of {people} reached their annual target ({share}), {none} have 0 points or less").format(
        reached=formats.integer(reached), people=formats.integer(total), share=formats.percent(reached / total),
        none=formats.integer(people.get("0", 0)),
    )  # fmt: skip
    return words, reading


def progress_bins(frame: pd.DataFrame, minimum: int) -> list[Bin]:
    """A column per tenth of the target; small groups are not shown."""
    bins = []
    for code, people in zip(frame["progress"].tolist(), frame["stewards"].tolist(), strict=True):
        mood = "bad" if code == "0" else "deep" if code in _REACHED else ""
        name = "≤0" if code == "0" else str(code).replace("-", "–")
        if is_suppressed(int(people), minimum):
            bins.append(Bin(name, None, f"<{minimum}", mood))
        else:
            bins.append(Bin(name, float(people), formats.integer(people), mood))
    return bins


def sources_head(frame: pd.DataFrame) -> Head:
    """The largest source."""
    reading = _("Points earned in the period by kind; per person of the roster at its end")
    total = float(frame["points"].sum())
    if frame.empty or total <= 0:
        return _("Points by kind"), reading
    kind, points = frame["kind"].iloc[0], float(frame["points"].iloc[0])
    return _("Most points come from {kind}: {share}").format(
        kind=choice_label(kind), share=formats.percent(points / total)
    ), reading


def sources(frame: pd.DataFrame) -> list[Source]:
    """Kinds of points, most first."""
    found = zip(frame["kind"].tolist(), frame["points"].tolist(), strict=True)
    return [Source(choice_label(kind), float(points)) for kind, points in found]


def merchants_table(
    merchants: Merchants,
) -> tuple[str, str, list[Column], list[list[str | Bar]], str]:
    """Title, reading, columns, rows and note of the merchants where points are redeemed."""
    active = len(merchants.listed)
    template = (
        _("Points were redeemed at all {count} merchants")
        if active == merchants.count
        else _("Points were redeemed at {active} of the district's {count} merchants")
    )
    words = template.format(active=formats.integer(active), count=formats.integer(merchants.count))
    rows: list[list[str | Bar]] = [
        [
            str(row["merchant_name"]),
            "" if formats.is_missing(row["community"]) else str(row["community"]),
            formats.integer(row["redemptions"]),
            Bar(float(row["points"]), formats.integer(row["points"])),
        ]
        for row in rows_of(merchants.listed.head(_LISTED_MERCHANTS))
    ]
    heads = [
        Column(_("Merchant")),
        Column(_("Community"), "mute wide"),
        Column(_("Redemptions"), "r"),
        Column(_("Points")),
    ]
    rest = merchants.listed.iloc[_LISTED_MERCHANTS:]
    note = ""
    if len(rest):
        note = _("{count} more merchants, {points} points").format(
            count=formats.integer(len(rest)), points=formats.integer(rest["points"].sum())
        )
    return words, _("Most points first"), heads, rows, note


def off_rule_table(
    frame: pd.DataFrame, everywhere: int, district: District
) -> tuple[str, str, list[Column], list[list[str | Bar]], str]:
    """Title, reading, columns, rows and note of the entries outside the rule."""
    words = (
        _("{count} entries of this period break the rule").format(count=formats.integer(len(frame)))
        if len(frame)
        else _("No entry of this period breaks the rule")
    )
    ranges = {"派单任务": _range(district.points.assigned), "突发任务": _range(district.points.urgent)}
    rows: list[list[str | Bar]] = [
        [
            str(row["entry_id"]), choice_label(row["kind"]), formats.decimal(row["points"], 0), ranges.get(str(row["kind"]), ""),
            "" if formats.is_missing(row["community"]) else str(row["community"]), formats.day(row["day"]),
        ]
        for row in rows_of(frame.head(_LISTED_ENTRIES))
    ]  # fmt: skip
    heads = [
        Column(_("Entry")), Column(_("Kind"), "nw"), Column(_("Points"), "r strong"), Column(_("Rule"), "r mute nw"),
        Column(_("Community"), "mute wide"), Column(_("Day"), "r mute"),
    ]  # fmt: skip
    note = _("{count} findings in the whole version; loaded and counted").format(
        count=formats.integer(everywhere)
    )
    return words, _("Newest first; the download has all"), heads, rows, note


def reward_facts(rewards: Mapping[str, Value]) -> list[tuple[str, str]]:
    """The five-star share with its base, vouchers, draws and prize meetings."""
    names = {name: metric_label(metrics()[name]) for name in rewards}
    share = rewards["five_star_rate"]
    shown = f"{formats.percent(share.value)}　{formats.fraction(share.numerator, share.denominator)}"
    found = [(names["five_star_rate"], shown if share.value is not None else formats.NOTHING)]
    return found + [
        (names[name], formats.integer(value.value))
        for name, value in rewards.items()
        if name != "five_star_rate"
    ]


def rewards_head(rewards: Mapping[str, Value]) -> Head:
    """Five stars earn a voucher; how many are drawn?"""
    issued, draws = rewards["vouchers_issued"].value, rewards["lottery_draws"].value
    reading = _(
        "Each verification with five stars earns a lottery voucher; vouchers count by the day of verification, the share by that of the claim"
    )
    if not issued:
        return _("No voucher was issued in this period"), reading
    return _("{issued} vouchers issued, {draws} draws").format(
        issued=formats.integer(issued), draws=formats.integer(draws or 0)
    ), reading


def definitions() -> list[str]:
    """Of the figures that are easily mistaken."""
    return [
        f"{metric_label(metrics()[name])}{_(': ')}{metric_definition(metrics()[name])}"
        for name in ("points_earned", "points_balance")
    ]


def download(
    kinds: pd.DataFrame, progress: pd.DataFrame, merchants: Merchants, entries: pd.DataFrame, minimum: int
) -> dict[str, pd.DataFrame]:
    """Kinds, progress, merchants and entries outside the rule, unrounded."""
    shops = {
        "merchant": _("Merchant code"), "merchant_name": _("Merchant"), "community": _("Community"),
        "redemptions": _("Redemptions"), "points": _("Points"),
    }  # fmt: skip
    rule = {
        "entry_id": _("Entry"), "day": _("Day"), "kind": _("Kind"), "points": _("Points"), "community": _("Community"),
    }  # fmt: skip
    people = progress.assign(stewards=progress["stewards"].where(progress["stewards"] >= minimum))
    return {
        _("Points by kind"): kinds.assign(kind=kinds["kind"].map(choice_label)).rename(
            columns={"kind": _("Kind"), "points": _("Points")}
        ),
        _("Progress to the annual target"): people.rename(
            columns={"progress": _("Progress, %"), "stewards": _("Stewards")}
        ),
        _("Merchants"): merchants.listed[list(shops)].rename(columns=shops),
        _("Entries outside the rule"): entries[list(rule)]
        .assign(kind=entries["kind"].map(choice_label))
        .rename(columns=rule),
    }


def _short(value: float | None) -> str:
    return " ".join(part for part in formats.short_count(value) if part)


def _range(limits: Sequence[formats.Numeric]) -> str:
    return "–".join(formats.decimal(limit, 0 if float(limit) == int(limit) else 1) for limit in limits)
