"""The map says what the commands give: areas, months, layers, one area's card; and its links lead on."""

import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree

import pytest
from boards import APP, bodies, words
from process_checks import answer, opened, says_something, stays_text
from streamlit.testing.v1 import AppTest

from dashboard import formats
from dashboard.board import district_map, map_layers, task_list
from dashboard.board.door import serving, tree_of
from dashboard.board.map_layers import TaskChoice
from dashboard.board.tasks import AGES
from dashboard.components.map_filters import LayerChoice
from dashboard.wording import district_map as wording
from dashboard.wording import district_map_classes as classed
from dashboard.wording import district_map_layers as layers
from dashboard.wording.district_map_shapes import ground
from pipelines.periods import Period
from pipelines.warehouse import Warehouse

QUARTER = {"grain": "quarter", "period": "2023Q3", "metric": "in_time_rate"}


def drawn(at: AppTest) -> dict[str, object]:
    """What the map in the browser is given."""
    (found,) = [one for one in at.get("bidi_component") if one.proto.component_name.endswith("district_map")]
    (given,) = json.loads(found.proto.json)
    assert isinstance(given, dict)
    return given


def place_links(at: AppTest) -> dict[str, str]:
    """Name → address of the links below the map."""
    row = next(body for body in bodies(at) if 'class="screens places"' in body)
    return {name: unescape(address) for address, name in re.findall(r'<a href="([^"]+)">([^<]+)</a>', row)}


def told(at: AppTest) -> dict[str, str]:
    """Area code → what its tooltip says."""
    return dict(re.findall(r'data-code="([^"]+)" data-t="([^"]+)"', str(drawn(at)["picture"])))


@pytest.mark.parametrize("level", ["community", "subdistrict"])
def test_every_area_tells_its_value_with_numerator_and_denominator(level, small_board, serve):
    serve(small_board)
    at = opened("district_map", QUARTER | {"level": level})
    says_something(at)
    found = told(at)
    asked = answer(small_board, "in_time_rate", "quarter", period="2023Q3", by=level)
    assert len(asked) >= 1
    for row in asked.to_dict("records"):
        words_of_area = found[row[level]]
        assert row[f"{level}_name"] in words_of_area
        assert formats.percent(row["value"]) in words_of_area
        assert f"（{formats.fraction(row['numerator'], row['denominator'])}）" in words_of_area


def test_a_subdistrict_is_the_sum_of_its_communities(small_board, serve):
    serve(small_board)
    board, period = serving(), Period.parse("2023Q3")
    below = district_map.values_by_area(board, "in_time_rate", period, "community")
    above = district_map.values_by_area(board, "in_time_rate", period, "subdistrict")
    for row in above.to_dict("records"):
        own = below[below["subdistrict"] == row["name"]]
        assert row["numerator"] == own["numerator"].sum()
        assert row["denominator"] == own["denominator"].sum()
        assert row["value"] == pytest.approx(own["numerator"].sum() / own["denominator"].sum())


def test_the_slider_holds_what_each_month_shows(small_board, serve):
    serve(small_board)
    slider = drawn(opened("district_map", QUARTER))
    assert [one["key"] for one in slider["months"]] == ["2023-07", "2023-08", "2023-09"]
    assert slider["at"] == 2
    assert slider["exact"] is False
    for month in slider["months"]:
        shown = drawn(opened("district_map", QUARTER | {"grain": "month", "period": month["key"]}))
        assert shown["months"][shown["at"]] == month
        assert shown["exact"] is True
        fills = re.findall(r'fill="(#\w+)" data-code', shown["picture"])
        expected = [shown["blank"] if one == "-" else shown["fills"][int(one)] for one in month["classes"]]
        assert fills == expected


def test_classes_of_months_spread_around_the_rate_of_all_months(small_board, serve):
    serve(small_board)
    metric = district_map.mappable_metrics()["in_time_rate"]
    found = district_map.values_by_month(serving(), metric.name, "community")
    whole = district_map.district_months(serving(), metric.name)
    breaks = classed.classes_of_months(found, metric, whole.values()).breaks
    total = answer(small_board, "in_time_rate", "all")["value"].iloc[0]
    assert breaks[1] < total < breaks[2]


@pytest.mark.parametrize("metric", district_map.mappable_metrics())
def test_every_metric_of_the_catalogue_is_drawn(metric, small_board, serve):
    serve(small_board)
    for level in district_map.LEVELS:
        for key in ("2023-08", "2023Q3", "2023"):
            view = wording.view(
                serving(),
                district_map.mappable_metrics()[metric],
                Period.parse(key),
                district_map.level_of(level),
            )
            assert view.title
            picture = wording.picture(view)
            assert len(picture.shapes) == len(view.frame)
            assert len(picture.legend) == 5
            assert all(len(month.classes) == len(picture.shapes) for month in view.months)


def plain_total(root: Path, sql: str) -> int:
    with Warehouse(root).open() as con:
        row = con.execute(sql).fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.parametrize(("state", "condition"), [("open", "closed_at IS NULL"), ("closed", "closed_at IS NOT NULL"), ("all", "true")])  # fmt: skip
def test_tasks_on_the_map_are_the_tasks_with_coordinates(state, condition, small_board, serve):
    serve(small_board)
    total = plain_total(
        small_board,
        f"SELECT count(*) FROM facts.tasks WHERE {condition} AND longitude IS NOT NULL "
        "AND published_at >= DATE '2023-08-01' AND published_at < DATE '2023-09-01'",
    )
    board, month = serving(), Period.parse("2023-08")
    assert map_layers.task_cells(board, month, TaskChoice(state))["count"].sum() == total > 0
    parts = [
        map_layers.task_cells(board, month, TaskChoice(state, category))["count"].sum()
        for category in map_layers.task_categories(board)
    ]
    assert sum(parts) == total


# Task by task, from facts alone: the class of the claimant on the day of the claim, days from publication to data until.
PLAIN = """
SELECT count(*) FROM facts.tasks AS t WHERE longitude IS NOT NULL AND {condition}
AND published_at >= DATE '2023-07-01' AND published_at < DATE '2023-10-01'
"""
CLAIM = """
{is} IN (
    SELECT c.task_no FROM facts.claims AS c JOIN facts.stewards AS s ON s.steward_no = c.steward_no
    WHERE CAST(c.claimed_at AS DATE) >= s.valid_from AND CAST(c.claimed_at AS DATE) < s.valid_to {of}
)
"""
WAITED = "closed_at IS NULL AND date_diff('second', published_at, TIMESTAMP '2023-10-01') "
NARROWED = {
    **{
        TaskChoice("all", claimant=str(n)): CLAIM.format(
            **{"is": "task_no", "of": f"AND s.steward_number = {n}"}
        )
        for n in range(1, 7)
    },
    TaskChoice("all", claimant=map_layers.NOBODY): CLAIM.format(**{"is": "task_no NOT", "of": ""}),
    **{
        TaskChoice("open", age=age): f"{WAITED} >= {86_400 * first}"
        + ("" if last is None else f" AND {WAITED} < {86_400 * last}")
        for age, (first, last) in AGES.items()
    },
    TaskChoice("closed", "环境卫生", "6"): "closed_at IS NOT NULL AND category = '环境卫生' AND "
    + CLAIM.format(**{"is": "task_no", "of": "AND s.steward_number = 6"}),
}


@pytest.mark.parametrize("choice", NARROWED, ids=str)
def test_tasks_are_narrowed_by_class_and_age_as_facts_have_them(choice, small_board, serve):
    serve(small_board)
    board, quarter = serving(), Period.parse("2023Q3")
    expected = plain_total(small_board, PLAIN.format(condition=NARROWED[choice]))
    assert map_layers.task_cells(board, quarter, choice)["count"].sum() == expected
    district = next(
        one.code for one in tree_of(board.root, board.version).areas.values() if one.level == "district"
    )
    assert sum(row["count"] for row in map_layers.task_places(board, quarter, choice, district)) == expected


def test_ages_and_classes_part_the_tasks(small_board, serve):
    serve(small_board)
    board, quarter = serving(), Period.parse("2023Q3")

    def total(choice):
        return map_layers.task_cells(board, quarter, choice)["count"].sum()

    assert sum(total(TaskChoice("open", age=age)) for age in AGES) == total(TaskChoice("open")) > 0
    claimed = [total(TaskChoice("all", claimant=str(n))) for n in range(1, 7)]
    nobody = total(TaskChoice("all", claimant=map_layers.NOBODY))
    assert max(claimed) + nobody <= total(TaskChoice("all")) <= sum(claimed) + nobody
    assert nobody > 0


def test_the_places_of_a_community_lead_to_their_tasks(small_board, serve):
    serve(small_board)
    at = opened("district_map", QUARTER | {"layer": "tasks", "task_state": "all", "marks": "places"})
    says_something(at)
    code = at.query_params["community"]
    found = map_layers.task_places(serving(), Period.parse("2023Q3"), TaskChoice("all"), code)
    (body,) = [body for body in bodies(at) if "个地点" in body and "<table" in body]
    links = [
        (unescape(address), name) for address, name in re.findall(r'<a href="([^"]+)">([^<]+)</a>', body)
    ]
    assert [name for _address, name in links] == [row["place"] for row in found[: len(links)]]
    assert len(links) == 5
    query = dict(parse_qsl(urlsplit(links[0][0]).query))
    assert query == {
        "grain": "quarter", "period": "2023Q3", "area": code, "matter": found[0]["place"], "tasks": "all",
    }  # fmt: skip
    listed = task_list.found(serving(), Period.parse("2023Q3"), code, "all", found[0]["place"])
    assert listed.count >= found[0]["count"]


def test_by_place_the_map_begins_at_the_open_area(small_board, serve):
    serve(small_board)
    query = QUARTER | {"layer": "tasks", "task_state": "all"}
    far, near = (drawn(opened("district_map", query | {"marks": marks})) for marks in ("points", "places"))
    assert far["near"] is None
    left, top, wide, tall = near["near"]
    chosen = re.search(r'class="chosen"><path d="M([\d.-]+) ([\d.-]+)', near["picture"])
    assert left <= float(chosen[1]) <= left + wide
    assert top <= float(chosen[2]) <= top + tall
    whole = [float(one) for one in re.search(r'viewBox="([^"]+)"', near["picture"])[1].split()]
    assert wide < whole[2] / 2
    assert wide / tall == pytest.approx(whole[2] / whole[3], rel=0.01)
    assert 'class="labels"' in near["picture"]
    assert 'class="labels"' not in far["picture"]


def test_a_raised_map_is_not_seen_from_near(small_board, serve):
    serve(small_board)
    at = opened("district_map", QUARTER | {"layer": "tasks", "marks": "places", "drawing": "raised"})
    assert not at.exception
    assert drawn(at)["near"]


def test_classes_are_offered_only_where_claims_came(small_board, few_board, serve):
    for board, offered in ((small_board, True), (few_board, False)):
        serve(board)
        at = opened("district_map", QUARTER | {"layer": "tasks"})
        assert not at.exception
        assert ("choice_task_class" in {one.key for one in at.selectbox}) is offered


def test_the_sites_on_the_map_are_all_sites_with_coordinates(small_board, serve):
    serve(small_board)
    total = plain_total(small_board, "SELECT count(*) FROM facts.sites WHERE longitude IS NOT NULL")
    assert map_layers.sites(serving(), map_layers.EVERY)["count"].sum() == total > 0
    said = str(drawn(opened("district_map", QUARTER | {"layer": "sites"}))["keys"])
    assert f"阵地 {total} 处" in said


def test_squares_with_few_checkins_are_left_out_and_counted(small_board, serve):
    serve(small_board)
    period = Period.parse("2023-08")
    cells, few = map_layers.checkin_cells(serving(), period)
    total = plain_total(
        small_board,
        "SELECT count(*) FROM facts.checkins WHERE checked_in_at >= DATE '2023-08-01' AND checked_in_at < DATE '2023-09-01'",
    )
    assert cells["count"].sum() + few == total > 0
    assert (cells["count"] >= serving().district.privacy.minimum_group).all()


@pytest.mark.parametrize(
    "layer",
    [
        {"layer": "tasks"},
        {"layer": "tasks", "task_state": "all", "marks": "density"},
        {"layer": "tasks", "task_age": "30-89", "task_class": "4", "marks": "places"},
        {"layer": "tasks", "task_class": "none", "task_category": "环境卫生"},
        {"layer": "sites"},
        {"layer": "sites", "site_kind": "驿站"},
        {"layer": "checkins"},
        {"layer": "nonsense", "marks": "x"},
    ],
)
def test_a_layer_lies_on_the_map_with_its_key(layer, small_board, serve):
    serve(small_board)
    at = opened("district_map", QUARTER | layer)
    says_something(at)
    given = drawn(at)
    known = layer["layer"] != "nonsense"
    assert ('class="marks"' in given["picture"]) is known
    assert str(given["keys"]).count("mapkey") == 1 + known


def test_the_standfirst_says_what_lies_on_the_map(small_board, serve):
    serve(small_board)
    board, period = serving(), Period.parse("2023Q3")
    picture = ground(board).rectangle

    def inside(cells):
        return cells[[picture.holds(x, y) for x, y in cells[["longitude", "latitude"]].to_numpy()]]["count"]

    counts = {
        state: inside(map_layers.task_cells(board, period, TaskChoice(state)))
        for state in ("open", "closed", "all")
    }
    every = counts["all"].sum()
    for state, word in (("open", "未办结"), ("closed", "已办结"), ("all", "其中未办结")):
        said = words(opened("district_map", QUARTER | {"layer": "tasks", "task_state": state}))
        part = counts["open" if state == "all" else state].sum()
        assert (
            f"图上：本期有位置的任务 {every:,} 件，{word} {part:,} 件（{formats.percent(part / every)}）"
            in said
        )
        assert f"最多的一格 {counts[state].max():,} 件。" in said
    waited = inside(map_layers.task_cells(board, period, TaskChoice("open", claimant="6", age="30-89"))).sum()
    claimed = inside(map_layers.task_cells(board, period, TaskChoice("all", claimant="6"))).sum()
    narrowed = {"layer": "tasks", "task_class": "6", "task_age": "30-89"}
    assert (
        f"图上（6号领取）：本期有位置的任务 {claimed:,} 件，未办结且已等 30–89 天的 {waited:,} 件（{formats.percent(waited / claimed)}）"
        in words(opened("district_map", QUARTER | narrowed))
    )
    kinds = map_layers.sites(board, map_layers.EVERY).groupby("kind")["count"].sum()
    said = words(opened("district_map", QUARTER | {"layer": "sites"}))
    (found,) = re.findall(rf"图上：阵地 {kinds.sum():,} 处，其中(.*?)。", said)
    assert found.startswith(f"{kinds.idxmax()} {kinds.max():,}、")
    said = words(opened("district_map", QUARTER | {"layer": "sites", "site_kind": "驿站"}))
    assert f"图上：驿站 {kinds['驿站']:,} 处。" in said
    checkins = inside(map_layers.checkin_cells(board, period)[0])
    said = words(opened("district_map", QUARTER | {"layer": "checkins"}))
    assert f"图上：打卡 {checkins.sum():,} 次，分布在 {len(checkins):,} 格" in said
    assert "图上：" not in words(opened("district_map", QUARTER))


@pytest.mark.parametrize("marks", ["points", "density", "places"])
def test_no_task_of_the_choice_is_said_and_drawn(marks, small_board, serve):
    serve(small_board)
    # Nothing is open for 90 days or more in a quarter that has just ended.
    choice = {"layer": "tasks", "task_class": "6", "task_age": "90+", "marks": marks}
    at = opened("district_map", QUARTER | {"grain": "month", "period": "2023-09"} | choice)
    said = says_something(at)
    assert "未办结且已等 90 天及以上的 0 件（0%），最多的一格 0 件。" in said
    assert "<circle" not in drawn(at)["picture"].partition('class="marks"')[2]
    if marks == "places":
        assert "本期没有这样的任务" in said


def test_a_layer_goes_with_the_download(small_board, serve):
    serve(small_board)
    at = opened("district_map", QUARTER | {"layer": "tasks", "task_state": "all"})
    assert not at.exception
    view = wording.view(
        serving(), district_map.mappable_metrics()["in_time_rate"], Period.parse("2023Q3"), "community"
    )
    choice = LayerChoice("tasks", map_layers.EVERY, "all", map_layers.EVERY, map_layers.EVERY, "points")
    table = layers.layer(serving(), choice, Period.parse("2023Q3"), view.ground.rectangle, "").table
    sheets = list(wording.download(view, table).values())
    asked = answer(small_board, "in_time_rate", "quarter", period="2023Q3", by="community")
    assert sorted(sheets[0]["按时办结率"].dropna()) == sorted(asked["value"])
    assert sheets[1]["数量"].sum() == plain_total(
        small_board, "SELECT sum(tasks) FROM marts.task_cells WHERE period_start >= DATE '2023-07-01'"
    )


def test_the_links_open_the_other_screens_on_the_area(small_board, serve):
    serve(small_board)
    at = opened("district_map", QUARTER)
    code = at.query_params["community"]
    links = place_links(at)
    assert {"社区卡片", "总览", "任务闭环", "双报到"} <= links.keys()
    for address in links.values():
        query = dict(parse_qsl(urlsplit(address).query))
        assert query["period"] == "2023Q3"
        assert code in (query.get("area"), query.get("community"))


def test_every_link_leads_to_a_screen_of_the_navigation(small_board, serve):
    serve(small_board)
    paths = {
        urlsplit(address).path.removeprefix("./") for address in place_links(opened("district_map")).values()
    }
    assert paths <= {""} | set(re.findall(r'url_path="([\w-]+)"', APP.read_text("utf-8")))


def test_burden_relief_hides_checkins(relieved_board, serve):
    serve(relieved_board)
    at = opened("district_map", QUARTER | {"layer": "checkins", "metric": "checkins"})
    assert not at.exception
    said = words(at)
    assert "打卡" not in said
    assert 'class="marks"' not in drawn(at)["picture"]
    assert "双报到" not in place_links(at)


def test_hostile_names_stay_text(hostile_board, serve):
    serve(hostile_board)
    near = {"layer": "tasks", "task_state": "all", "marks": "places"}
    for query in ({}, {"level": "subdistrict"}, {"layer": "sites"}, {"layer": "tasks"}, near):
        stays_text("district_map", QUARTER | query)
        given = drawn(opened("district_map", QUARTER | query))
        for part in ("picture", "keys"):
            tags = {
                one.tag.rpartition("}")[2]
                for one in ElementTree.fromstring(f"<div>{given[part]}</div>").iter()
            }
            assert tags <= {
                "svg",
                "g",
                "path",
                "circle",
                "rect",
                "text",
                "use",
                "defs",
                "div",
                "b",
                "span",
                "i",
            }


def test_without_boundaries_and_sites_the_map_stands(few_board, serve):
    serve(few_board)
    for layer in ("none", "tasks", "sites", "checkins"):
        for marks in ("points", "places"):
            at = opened("district_map", QUARTER | {"layer": layer, "marks": marks, "task_state": "all"})
            assert not at.exception
            assert "<circle" in drawn(at)["picture"]
            assert (drawn(at)["near"] is not None) is (layer == "tasks" and marks == "places")


def test_pictures_are_offered_beside_the_tables(small_board, serve):
    serve(small_board)
    at = opened("district_map", QUARTER)
    (found,) = [
        one for one in at.get("bidi_component") if one.proto.component_name.endswith("picture_download")
    ]
    (offered,) = json.loads(found.proto.json)
    assert (offered["name"], offered["label"]) == ("map-in_time_rate-2023Q3", "图片：")
    assert re.search(r"[?&]period=2023Q3&.*&mode=page$", offered["sheet"]["address"])


def raised(at: AppTest) -> dict[str, dict[str, object]]:
    """The layers that deck.gl is given, by id."""
    (chart,) = at.get("deck_gl_json_chart")
    return {layer["id"]: layer for layer in json.loads(chart.proto.json)["layers"]}


def test_the_raised_map_stands_as_high_as_the_denominators(small_board, serve):
    serve(small_board)
    at = opened("district_map", QUARTER | {"drawing": "raised"})
    says_something(at)
    areas = raised(at)["areas"]["data"]
    asked = answer(small_board, "in_time_rate", "quarter", period="2023Q3", by="community")
    denominators = dict(zip(asked["community"], asked["denominator"], strict=True))
    heights = {row["area_code"]: row["high"] for row in areas if row["area_code"] in denominators}
    assert heights.keys() == denominators.keys()
    unit = max(heights.values()) / max(denominators.values())
    # Whole metres, of which a pixel of the screen is some fifty.
    assert heights == pytest.approx({code: base * unit for code, base in denominators.items()}, abs=1)
    assert max(heights.values()) > 500
    assert all("\n" in row["hover"] for row in areas)
    assert any("按时办结率的分母" in one.value for one in at.get("html") or at.markdown)


def test_under_a_layer_the_areas_lie_flat_and_squares_rise(small_board, serve):
    serve(small_board)
    at = opened("district_map", QUARTER | {"drawing": "raised", "layer": "tasks", "task_state": "all"})
    found = raised(at)
    assert {row["high"] for row in found["areas"]["data"]} == {0.0}
    flat = opened("district_map", QUARTER | {"layer": "tasks", "task_state": "all"})
    assert len(found["marks"]["data"]) == str(drawn(flat)["picture"]).count("<circle")


@pytest.mark.parametrize("metric", ["in_time_rate", "points_per_steward", "stewards", "activities"])
@pytest.mark.parametrize("area", ["Q201", "Q2"])
def test_the_line_of_an_area_is_what_is_measured_of_it_alone(metric, area, small_board, serve):
    serve(small_board)
    line = district_map.area_line(serving(), metric, Period.parse("2023Q3"), area)
    alone = answer(small_board, metric, "month", area=area).set_index("period")["value"].to_dict()
    assert list(line.own) == [alone.get(month.key) for month in line.months]
    assert any(value is not None for value in line.own)
    of_all, own = (district_map.spread(serving(), metric, Period.parse("2023Q3"), level)[1] for level in district_map.LEVELS)  # fmt: skip
    alone = answer(small_board, metric, "quarter", period="2023Q3", area=area)["value"].iloc[0]
    assert (own if area == "Q2" else of_all)[area] == alone
