"""A whole meeting from its agenda: order, choices, what is left out, numbers of cover, overview, wishes and decisions."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from html import unescape
from pathlib import Path

import hard_districts
import pytest
from boards import bodies, built, opened
from test_markup import read
from test_meeting_bodies import HARD, check_frame

from dashboard import formats
from dashboard.board import meeting, meeting_figures, overview, tasks, units
from dashboard.board import wishes as board_wishes
from dashboard.board.door import Serving, serving
from dashboard.board.figures import one_value
from dashboard.meeting import agenda, decisions
from dashboard.meeting.sheet import Sheet
from dashboard.translations import use_language
from pipelines.district.settings import AgendaSettings
from pipelines.periods import Period, periods_between

Q3 = Period.parse("2023Q3")
# Two lines at the foot of the stage.
LONGEST_NOTE = 84


@pytest.fixture
def small(small_board: Path, serve: Callable[[Path], None]) -> Serving:
    serve(small_board)
    return serving()


def with_agenda(board: Serving, *items: AgendaSettings) -> Serving:
    return replace(board, district=board.district.model_copy(update={"agenda": items}))


def said(sheet: Sheet) -> str:
    """What a sheet says, tags taken out."""
    return unescape(re.sub(r"<[^>]+>", "\n", sheet.body))


def kinds(sheets: list[Sheet]) -> list[str]:
    return [sheet.kind for sheet in sheets]


def of(sheets: list[Sheet], kind: str) -> Sheet:
    return next(sheet for sheet in sheets if sheet.kind == kind)


def check(sheets: list[Sheet]) -> None:
    for sheet in sheets:
        read(sheet.body)
        assert len(sheet.note) <= LONGEST_NOTE, sheet.note
        assert "nan" not in said(sheet).lower()
        assert "None" not in said(sheet) + sheet.note + sheet.title_text
        if not sheet.full:
            check_frame(sheet)


def test_the_default_agenda_ends_with_the_decisions(small):
    sheets = agenda.sheets(small, Q3)
    found = list(dict.fromkeys(kinds(sheets)))
    assert found == [kind for kind in agenda.DEFAULT if kind in found]
    assert found[0] == "cover"
    assert found[-1] == "decisions"
    assert len(found) >= 8
    check(sheets)


@pytest.mark.parametrize("grain", ["month", "quarter", "year"])
def test_every_period_makes_a_meeting(small, grain):
    for period in periods_between(grain, small.first_day, small.last_day):
        check(agenda.sheets(small, period))


@pytest.mark.parametrize("name", HARD)
def test_hard_districts_make_a_meeting(name, made_once, small_inbox, serve):
    inbox = made_once(f"{name}-inbox", partial(getattr(hard_districts, name), small_inbox))
    serve(made_once(f"{name}-board", lambda folder: built(inbox, folder)))
    sheets = agenda.sheets(serving(), Q3)
    assert {"cover", "decisions"} <= set(kinds(sheets))
    check(sheets)


def test_hostile_names_are_text(hostile_board, serve):
    serve(hostile_board)
    sheets = agenda.sheets(serving(), Q3)
    check(sheets)
    assert not any(re.search(r"<(img|script)\b", sheet.body) for sheet in sheets)


def test_the_cover_lists_every_sheet_with_its_page(small):
    sheets = agenda.sheets(small, Q3)
    lines = [line for line in said(sheets[0]).split("\n") if line]
    assert f"本次会议 {len(sheets)} 页" in lines
    for page, sheet in enumerate(sheets[1:], start=2):
        assert lines[lines.index(sheet.agenda_line) - 1] == str(page)
    assert {"2023年第三季度", "数据截至 2023-09-30", "姓名已脱敏"} <= {*lines, *sheets[0].note.split("　")}


def test_what_has_no_data_is_left_out_and_named(few_board, serve):
    serve(few_board)
    sheets = agenda.sheets(serving(), Q3)
    assert kinds(sheets) == ["cover", "overview", "weakest_map", "overdue", "decisions"]
    assert sheets[0].note == "姓名已脱敏　无数据未列：单位分档、表扬与书面说明、升降、满意度·安全感、微心愿"
    check(sheets)


def test_the_agenda_says_which_sheets_in_which_order_over_what(small):
    items = (
        AgendaSettings(sheet="wishes", period="month"),
        AgendaSettings(sheet="overview"),
        AgendaSettings(sheet="wishes", period="2023-08"),
        AgendaSettings(sheet="weakest_map", metric="in_time_rate"),
        AgendaSettings(sheet="cover"),
    )
    sheets = agenda.sheets(with_agenda(small, *items), Q3)
    assert kinds(sheets) == ["wishes", "overview", "wishes", "weakest_map", "cover"]
    for sheet, month in ((sheets[0], "2023-09"), (sheets[2], "2023-08")):
        rate = one_value(small, "wish_fulfilled_rate", Period.parse(month), None)
        assert formats.fraction(rate.numerator, rate.denominator) in sheet.note
    assert "按时办结率" in sheets[3].section


def test_an_area_of_the_agenda_is_said_and_an_unknown_one_left_out(small):
    area = next(iter(overview.rate_by_subdistrict(small, Q3, None).in_period))
    items = [AgendaSettings(sheet="wishes", area=code) for code in (area, "nowhere")]
    sheets = agenda.sheets(with_agenda(small, AgendaSettings(sheet="cover"), *items), Q3)
    assert kinds(sheets) == ["cover", "wishes"]
    assert sheets[1].section.startswith("微心愿 · ")
    assert sheets[0].note.endswith("无数据未列：微心愿")


def test_an_agenda_without_anything_to_show_still_has_a_cover(few_board, serve):
    serve(few_board)
    assert kinds(agenda.sheets(with_agenda(serving(), AgendaSettings(sheet="wishes")), Q3)) == ["cover"]


def test_the_overview_has_the_numbers_of_the_board(small):
    sheet, readings = of(agenda.sheets(small, Q3), "overview"), meeting_figures.readings(small, Q3, None)
    assert len(readings) == 6
    text = said(sheet).split("\n")
    for one in readings[:4]:
        value = one_value(small, one.metric.name, Q3, None)
        assert value == one.now
        share = one.metric.format == "percent1"
        assert (formats.percent_number(value.value) if share else formats.integer(value.value)) in text
        if share:
            assert formats.fraction(value.numerator, value.denominator) in text


def test_only_what_got_worse_is_marked(small):
    for period in periods_between("month", small.first_day, small.last_day):
        sheet = of(agenda.sheets(small, period), "overview")
        worse = [
            one
            for one in meeting_figures.readings(small, period, None)
            if one.metric.format == "percent1" and one.shown_change < 0
        ]
        marked = [span.text for span in sheet.title if span.marked]
        assert bool(marked) == bool(worse)
        if worse:
            least = min(worse, key=lambda one: one.shown_change)
            assert marked == [f"{least.metric.label}降 {formats.decimal(-least.shown_change)} 个百分点"]


def test_a_change_within_the_error_of_a_survey_is_no_change():
    metric = meeting_figures.metrics()["safety_rate"]
    one = meeting_figures.Reading(
        metric, meeting_figures.Value(0.9), meeting_figures.Value(0.8), (0.8, 0.9), by_chance=True
    )
    assert one.shown_change == 0
    assert replace(one, by_chance=False).shown_change == 10


def test_decisions_rest_on_the_board_and_name_their_pages(small):
    sheets = agenda.sheets(small, Q3)
    text, pages = said(sheets[-1]), {}
    for page, sheet in enumerate(sheets, start=1):
        pages.setdefault(sheet.kind, page)
    failing = units.ranking(small, Q3)["consequence"].fillna("").str.contains("ineligible").sum()
    if failing:
        assert f"是否取消 {failing} 个不合格单位的评先资格" in text
        assert f"第 {pages['unit_tiers']}、{pages['consequences']} 页" in text
    overdue = tasks.overdue(small, None).count
    assert f"超过时限未办结 {overdue:,} 件" in text
    assert f"第 {pages['overdue']} 页" in text
    assert sheets[-1].title_text == f"今天要定的{'零一两三'[text.count('依据')]}件事"


def test_a_calm_district_has_nothing_to_decide(small, monkeypatch):
    for finder in ("_lagging", "_failing", "_overdue", "_old_wishes", "_explaining"):
        monkeypatch.setattr(decisions, finder, lambda *_: iter(()))  # no district of the samples is calm
    sheet = decisions.sheet(small, Q3, {})
    assert sheet.title_text == "本期没有需要会议决定的事项"
    check_frame(sheet)


def test_relief_shows_no_checkins(relieved_board, serve):
    serve(relieved_board)
    sheets = agenda.sheets(serving(), Q3)
    assert not any(re.search("打卡|双报到", said(sheet) + sheet.title_text + sheet.note) for sheet in sheets)


def test_english_is_complete(small):
    use_language("en")
    try:
        sheets = agenda.sheets(small, Q3)
    finally:
        use_language(None)
    assert sheets[-1].section == "For decision"
    assert "This meeting" in said(sheets[0])


def test_sheets_are_made_once(small):
    first, again = agenda.made(small, Q3), agenda.made(small, Q3)
    assert all(one is other for one, other in zip(first, again, strict=True))
    assert json.loads(json.dumps(first))[0]["kind"] == "cover"


def test_the_address_opens_the_meeting_instead_of_a_screen(small_board, serve):
    serve(small_board)
    at = opened("overview", {"mode": "meeting", "period": "2023Q3"})
    assert not at.exception
    assert at.button == []
    assert at.selectbox == []
    assert bodies(at) == []


def test_a_session_stays_on_the_version_that_its_meeting_began_with(small_board, serve, monkeypatch):
    serve(small_board)
    session: dict[str, str] = {}
    monkeypatch.setattr(meeting.st, "session_state", session)  # a session without a browser
    board = meeting.opened()
    assert session == {meeting.MEETING_VERSION: board.version}
    assert not meeting.is_newer(board)
    assert meeting.is_newer(replace(board, version="20000101T000000-0000"))
    session[meeting.MEETING_VERSION] = "20000101T000000-0000"
    assert meeting.opened().version == board.version
    assert not meeting.is_newer(replace(board, root="/nowhere"))


def test_the_lowest_kind_of_wishes_is_really_the_lowest(small):
    for period in [Q3, *periods_between("month", small.first_day, small.last_day)]:
        sheet = of(agenda.sheets(small, period), "wishes")
        kinds_of = board_wishes.breakdown(small, period, "small_kind", None)
        rates = kinds_of[kinds_of["small_kind"] != ""].set_index("small_kind_name")["value"]
        for span in sheet.title:
            if span.marked:
                name, rate = re.fullmatch(r"(.+)最低 (.+)", span.text).groups()
                assert rates[name] == rates.min()
                assert formats.percent(rates[name]) == rate
        listed = [
            line.split(" / ") for line in said(sheet).split("\n") if re.fullmatch(r"[\d,]+ / [\d,]+", line)
        ]
        unlisted = re.search(r"未分类等 ([\d,]+) 件", sheet.note)
        every = one_value(small, "wish_fulfilled_rate", period, None).denominator
        assert (
            sum(int(one[1].replace(",", "")) for one in listed) + int(unlisted[1] if unlisted else 0) == every
        )


def test_a_rate_that_still_rises_is_compared_with_nothing(small: Serving) -> None:
    use_language("zh_CN")
    found = {one.metric.name: one for one in meeting_figures.readings(small, Q3, None)}
    assert found["wish_fulfilled_rate"].now.value is not None
    assert found["wish_fulfilled_rate"].change is None
    assert all(one.metric.name != "wish_fulfilled_rate" for one in meeting_figures.movers(small, Q3, None))
    sheet = of(agenda.sheets(with_agenda(small, AgendaSettings(sheet="overview")), Q3), "overview")
    assert "仍在办理" in said(sheet)


def test_where_nothing_got_worse_the_title_speaks_of_every_tile(small: Serving, monkeypatch) -> None:
    september = Period.parse("2023-09")
    found = meeting_figures.readings(small, september, None)
    better = [
        one if one.change is None else replace(one, now=replace(one.before, value=one.before.value * 1.1))
        for one in found
    ]
    rest = sum(one.change is None for one in better)
    assert 0 < rest < len(found) == 6
    # The sample has no such month of its own.
    monkeypatch.setattr("dashboard.meeting.overview.readings", lambda *_: better)
    sheet = of(agenda.sheets(with_agenda(small, AgendaSettings(sheet="overview")), september), "overview")
    counted = "零一两三四五六"
    assert sheet.title_text == f"六项指标{counted[6 - rest]}升，{counted[rest]}项暂不比较"
    # What is no change is no news: it stands back.
    assert sheet.body.count('class="cut mute"') == rest
