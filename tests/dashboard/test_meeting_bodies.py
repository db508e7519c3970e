"""Bodies of the meeting's sheets: the numbers of the screens, every row, short titles, hostile names, hard districts."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from html import unescape
from importlib import import_module
from pathlib import Path

import hard_districts
import pytest
from boards import built
from test_markup import read

from dashboard import formats
from dashboard.board import district_map, surveys, tasks, units
from dashboard.board.door import Serving, serving
from dashboard.board.figures import figure
from dashboard.board.weakest import weakest
from dashboard.meeting.one_line import LONGEST, fitted, marked, spoken, title
from dashboard.meeting.pages import paged
from dashboard.meeting.sheet import Sheet
from dashboard.translations import use_language
from dashboard.wording.district_map import view
from pipelines.metrics import load_metrics
from pipelines.periods import Period, periods_between

KINDS = ("weakest_map", "unit_tiers", "consequences", "unit_list", "movers", "overdue", "surveys")
HARD = (
    "many_units", "one_unit", "no_units", "one_month", "without_lines", "praise_only", "demanding_survey",
)  # fmt: skip
Q3, LATEST_TINY = Period.parse("2023Q3"), Period.parse("2024Q1")
TAG = re.compile(r"<[^>]+>")
PLACED = re.compile(r"(left|top):(-?[\d.]+)px")


@pytest.fixture
def board(serve: Callable[[Path], None], request: pytest.FixtureRequest) -> Callable[[str], Serving]:
    """`board(name)`: the warehouse that a fixture of this name makes, opened."""

    def opened(name: str) -> Serving:
        serve(request.getfixturevalue(name))
        return serving()

    return opened


@pytest.fixture
def hard(
    serve: Callable[[Path], None], made_once: Callable[..., Path], small_inbox: Path
) -> Callable[[str], Serving]:
    """`hard(name)`: a district of `hard_districts`, opened."""

    def opened(name: str) -> Serving:
        inbox = made_once(f"{name}-inbox", partial(getattr(hard_districts, name), small_inbox))
        serve(made_once(f"{name}-board", lambda folder: built(inbox, folder)))
        return serving()

    return opened


def made(kind: str, board: Serving, period: Period, **chosen: str) -> list[Sheet]:
    found: list[Sheet] = import_module(f"dashboard.meeting.{kind}").sheets(board, period, **chosen)
    return found


def words(sheet: Sheet) -> list[str]:
    """The texts of a body, in order."""
    return [unescape(text) for text in TAG.sub("\n", sheet.body).split("\n") if text.strip()]


def check_frame(sheet: Sheet) -> None:
    """What holds for every sheet: one short line of title, well-formed body, everything on the stage."""
    assert 0 < len(sheet.title_text) <= LONGEST, sheet.title_text
    assert sheet.agenda_line == sheet.title_text
    assert sum(1.0 if ord(letter) > 0x2E7F else 0.56 for letter in sheet.note) <= 42, sheet.note
    read(sheet.body)
    assert sheet.body.count("<div") == sheet.body.count("</div>")
    places = PLACED.findall(sheet.body)
    assert places
    for side, pixels in places:
        assert -1 <= float(pixels) <= (1824 if side == "left" else 1000), (sheet.kind, side, pixels)


def every_sheet(board: Serving, period: Period) -> Iterator[Sheet]:
    for kind in KINDS:
        for sheet in made(kind, board, period):
            assert sheet.kind == kind
            yield sheet


@pytest.mark.parametrize("grain", ["month", "quarter", "year"])
def test_every_period_of_the_sample_has_short_titles(board, grain):
    opened, seen = board("small_board"), 0
    for period in periods_between(grain, opened.first_day, opened.last_day):
        for sheet in every_sheet(opened, period):
            check_frame(sheet)
            seen += 1
    assert seen > 6


@pytest.mark.parametrize("period", ["2023Q4", "2024Q1", "2024Q2"])
def test_the_tiny_district_has_short_titles(board, period):
    opened = board("tiny_warehouse")
    sheets = list(every_sheet(opened, Period.parse(period)))
    assert sheets
    for sheet in sheets:
        check_frame(sheet)


@pytest.mark.parametrize("name", HARD)
def test_hard_districts_draw_or_are_left_out(hard, name):
    opened = hard(name)
    kinds = {sheet.kind for sheet in every_sheet(opened, Q3) if check_frame(sheet) is None}
    assert {"weakest_map", "overdue"} <= kinds
    assert ("surveys" in kinds) == (name != "one_month")


def test_areas_and_tasks_alone(board):
    opened = board("few_board")
    sheets = list(every_sheet(opened, Q3))
    assert {sheet.kind for sheet in sheets} == {"weakest_map", "overdue"}
    for sheet in sheets:
        check_frame(sheet)


def test_hostile_names_are_text_and_cut(board):
    opened = board("hostile_board")
    sheets = list(every_sheet(opened, Q3))
    assert len({sheet.kind for sheet in sheets}) >= 6
    for sheet in sheets:
        check_frame(sheet)
        assert not re.search(r"<(img|script)\b", sheet.body)
        assert "\u202e" not in sheet.body + sheet.title_text + sheet.note
        assert "很" * 81 not in sheet.body
        for place in re.findall(r"<div([^>]*)>(?=[^<]*很{20})", sheet.body):
            assert "cut" in place


@pytest.mark.parametrize(("name", "most"), [("small_board", 12), ("many_units", 12)])
def test_the_list_holds_every_unit_once(board, hard, name, most):
    opened = hard(name) if name in HARD else board(name)
    ranking = units.ranking(opened, Q3)
    assert len(ranking) == (150 if name == "many_units" else 12)
    pages = made("unit_list", opened, Q3)
    rows = [scores(sheet) for sheet in pages]
    assert all(0 < len(page) <= most for page in rows)
    shown = sorted(score for page in rows for score in page)
    assert shown == sorted(formats.decimal(score) for score in ranking["score"])
    for group in units.ranking_groups(ranking):
        assert sum(len(scores(one)) for one in made("unit_list", opened, Q3, group=group)) == len(
            units.in_group(ranking, group)
        )


def scores(sheet: Sheet) -> list[str]:
    return re.findall(r'class="cut b r"[^>]*>([\d,.−—]+)</div>', sheet.body)


@pytest.mark.parametrize(("name", "period"), [("small_board", Q3), ("tiny_warehouse", LATEST_TINY)])
def test_tiers_and_consequences_are_those_of_the_ranking(board, name, period):
    opened = board(name)
    standing = units.standing(opened, period)
    ranking, names = standing.ranking, standing.tiers
    (tiers,) = made("unit_tiers", opened, period)
    counts = ranking["tier"].value_counts()
    for place, tier in enumerate(names):
        drawn = len(re.findall(rf'class="shape s{place + 1}"', tiers.body))
        assert drawn == counts.get(tier, 0)
        assert (f"{tier} {drawn}" in words(tiers)) == (drawn > 0)
    assert f"width:{30:.1f}px" in tiers.body
    failing = ranking[ranking["tier"] == names[3]]
    for name_, score in failing[["unit", "score"]].to_numpy():
        assert {name_, formats.decimal(score)} <= set(words(tiers))
    passing = set(ranking[ranking["tier"] != names[3]]["unit"])
    assert not passing & set(words(tiers))
    flags = ranking["consequence"].fillna("")
    sheets = made("consequences", opened, period)
    text = " ".join(" ".join(words(sheet)) for sheet in sheets)
    for word, count in (("通报表扬", "commended"), ("书面说明", "explains")):
        assert f"{word} {int(flags.str.contains(count).sum())}" in text
    for unit in ranking[flags.str.contains("commended|explains")]["unit"]:
        assert unit in text


@pytest.mark.parametrize(
    ("period", "said"),
    [("2024Q1", "升得最多的是丙厂"), ("2024Q2", "2 个单位各升 2 位，降得最多的是区委办")],
)
def test_movers_are_the_largest_of_the_ranking(board, period, said):
    opened = board("tiny_warehouse")
    ranking = units.ranking(opened, Period.parse(period))
    both = ranking[ranking["rank"].notna() & ranking["previous_rank"].notna()]
    steps = (both["previous_rank"] - both["rank"]).astype(int)
    (sheet,) = made("movers", opened, Period.parse(period))
    shown = [text for text in words(sheet) if re.fullmatch(r"[升降] \d+", text)]
    up = [f"升 {n}" for n in sorted(steps[steps > 0], reverse=True)[:5]]
    down = [f"降 {-n}" for n in sorted(steps[steps < 0])[:5]]
    assert up
    assert bool(down) == (period == "2024Q2")
    assert shown == [*up, *down]
    assert said in sheet.title_text


@pytest.mark.parametrize(("name", "period"), [("small_board", Q3), ("tiny_warehouse", LATEST_TINY)])
def test_overdue_tasks_are_those_of_the_screen(board, name, period):
    opened = board(name)
    overdue, waiting = tasks.overdue(opened, None), tasks.waiting(opened, None)
    (sheet,) = made("overdue", opened, period)
    text = words(sheet)
    assert sheet.title_text.startswith(formats.integer(overdue.count))
    for count in waiting["overdue"]:
        assert formats.integer(count) in text
    days = re.findall(r">(\d+)<span", sheet.body)
    assert days == [str(day) for day in overdue.listed["days"].head(6)]
    assert sheet.body.count("tally look") == 1


def test_the_map_is_that_of_the_screen(board):
    opened = board("small_board")
    (sheet,) = made("weakest_map", opened, Q3, metric="in_time_rate")
    metric = load_metrics()["in_time_rate"]
    shown = view(opened, metric, Q3, "community")
    worst = shown.frame.dropna(subset=["shown"]).sort_values(["shown", "area_code"]).head(6)
    text = words(sheet)
    for row in worst.to_dict("records"):
        assert {row["name"], formats.percent(row["shown"])} <= set(text)
        assert f"{row['subdistrict']} · {formats.fraction(row['numerator'], row['denominator'])}" in text
    numerals = re.findall(r"<text[^>]*>(\d)</text>", sheet.body)
    assert numerals == ["1", "2", "3", "4", "5", "6"]
    counts = shown.frame["shown"].map(shown.breaks.of).value_counts()
    legend = [counts.get(place, 0) for place in range(5)]
    assert sum(legend) == shown.frame["shown"].notna().sum()
    drawn = [len(re.findall(rf'<path class="d{place + 1}"', sheet.body)) for place in range(5)]
    assert drawn == legend
    district = district_map.district_value(opened, "in_time_rate", Q3)
    assert formats.percent(district.value) in sheet.note


@pytest.mark.parametrize(("period", "name"), [("2024Q1", "checkin_valid_rate"), ("2024Q2", "in_time_rate")])
def test_a_period_that_has_hardly_ended_is_not_blamed_for_what_is_still_open(
    board, monkeypatch, period, name
):
    """In both quarters the wishes fell by most, as far as they had come by the day of the data."""
    opened, asked = board("tiny_warehouse"), Period.parse(period)
    # The tiny district has fewer cases than a rate of a community is compared by.
    monkeypatch.setattr("dashboard.board.weakest._comparable", lambda *_question: True)
    wishes = figure(opened, "wish_fulfilled_rate", asked, None)
    assert (wishes.now.value or 0) - (wishes.previous.value or 0) < -0.5
    found = weakest.__wrapped__(opened, asked)
    assert found.metric.name == name
    settled = replace(opened, data_until=opened.data_until.replace(year=2025))
    # Answers are kept by the version, which has one data until only.
    monkeypatch.setattr(
        "dashboard.board.weakest.figure", lambda *asked: replace(figure(*asked), settled=True)
    )
    assert weakest.__wrapped__(settled, asked).metric.name == "wish_fulfilled_rate"


def test_a_metric_that_nobody_can_map_has_no_sheet(board):
    assert made("weakest_map", board("small_board"), Q3, metric="wave") == []


def test_surveys_are_those_of_the_screen(board):
    opened = board("tiny_warehouse")
    period = Period.containing("quarter", opened.last_day)
    sheets = made("surveys", opened, period)
    held = surveys.held(opened)
    assert len(sheets) >= len(held) > 0
    for survey in held:
        latest = surveys.latest(opened, survey)
        text = " ".join(" ".join(words(sheet)) for sheet in sheets)
        areas = surveys.by_area(opened, survey, latest, "subdistrict")
        for n in areas["n"]:
            assert f"n={formats.integer(n)}" in text
        assert formats.wave_label(latest.wave) in text


def test_areas_with_too_few_answers_have_no_rate(hard):
    opened = hard("demanding_survey")
    few = [sheet for sheet in made("surveys", opened, Q3) if "样本不足" in sheet.title_text]
    assert few
    for sheet in few:
        assert not re.search(r"\d%<", sheet.body)
        assert 'class="dot' not in sheet.body


def test_who_only_praises_names_no_last_places(hard):
    opened = hard("praise_only")
    ranking = units.ranking(opened, Q3)
    last = set(ranking[ranking["consequence"].fillna("").str.contains("ineligible")]["unit"])
    assert last
    for kind in ("unit_tiers", "consequences", "unit_list", "movers"):
        for sheet in made(kind, opened, Q3):
            assert not last & set(words(sheet)), kind


def test_pages_are_even_and_lose_nothing():
    for count in (0, 1, 11, 12, 13, 25, 44, 150):
        entries = list(range(count))
        pages = paged(entries, 12)
        assert [one for page in pages for one in page] == entries
        assert all(len(page) <= 12 for page in pages)
        assert max(map(len, pages), default=0) - min(map(len, pages), default=0) <= 1


def test_titles_take_the_next_shorter_way_or_are_cut():
    long, short = title("一" * 20, marked("二" * 9)), title(marked("三" * 23))
    assert fitted(long, short) == short
    cut = fitted(long)
    assert len(spoken(cut)) == LONGEST
    assert spoken(cut) == "一" * 20 + "二" * 2 + "…"
    use_language("en")
    assert fitted(long) == long
    use_language(None)
