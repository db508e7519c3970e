"""The explorer answers every question of the catalogue, as the command does, and keeps its views."""

import json
import re
import shutil
from collections import Counter

import pytest
from boards import words
from process_checks import answer, opened, says_something, stays_text

from dashboard import formats
from dashboard.board import explore, saved_views
from dashboard.board.door import serving
from dashboard.wording import explore as wording
from dashboard.wording import explore_pictures as pictures
from dashboard.wording import explore_table as table
from dashboard.wording.explore_map import explored_map
from pipelines.metrics import load_metrics

HEAT = {
    "metric": "wish_fulfilled_rate",
    "by": "subdistrict",
    "grain": "month",
    "period": "every",
    "chart": "heat",
}


def dimensions(metric):
    return list(wording.dimension_labels(metric, explore.offered_dimensions(metric)))


METRICS = load_metrics()
KNOWN_BY = Counter(by for entry in METRICS.values() for by in dimensions(entry))
FEW = 5


@pytest.mark.parametrize("metric", METRICS)
def test_every_question_of_the_catalogue_is_answered_and_drawn(metric, small_board, serve):
    """Every dimension, grain and period gives words; a programmer's fault would rise here.

    Drawing takes longest, so a dimension that many metrics know is drawn in one grain of each, in turn: every
    metric is drawn with each of its dimensions and in each of its grains, and dimensions of few metrics in all.
    """
    serve(small_board)
    board, found_any = serving(), False
    entry, turn = METRICS[metric], list(METRICS).index(metric)
    for n, by in enumerate(dimensions(entry)):
        for m, grain in enumerate(entry.grains):
            is_drawn = n == 0 or KNOWN_BY[by] < FEW or (n + turn) % len(entry.grains) == m
            for period in [explore.EVERY, *explore.offered_periods(board, grain)[:1]]:
                found = explore.explored(board, explore.asked(entry, by, grain, period, None))
                wording.title(found)
                wording.standfirst(found)
                if found.frame.empty:
                    continue
                found_any = True
                assert wording.chart_labels(found.asked)
                assert wording.kpis(found, explore.headline_figure(board, found)) is not None
                if is_drawn:
                    draws(board, found)
    assert found_any or metric in {"bulletin_value", "bulletin_rank"} or "medal" in metric


def draws(board, found):
    """Every picture that the question offers, its table and its download."""
    whole = explore.whole_line(board, found)
    assert table.table(found, "x", alone=True)[3]
    pictures.bars(found)
    table.download(found, "x")
    if "line" in wording.chart_labels(found.asked):
        assert pictures.lines(found, whole).lines
    if "heat" in wording.chart_labels(found.asked):
        assert pictures.heat(found)[1]
        assert pictures.panels(found, whole)[1]
    if "map" in wording.chart_labels(found.asked):
        assert len(explored_map(found, whole, board).legend) == 5


@pytest.mark.parametrize("chart", ["line", "zoom", "multiples", "heat", "map", "table"])
def test_the_table_is_what_the_command_gives(chart, small_board, serve):
    serve(small_board)
    said = says_something(opened("explore", HEAT | {"chart": chart}))
    for row in answer(small_board, "wish_fulfilled_rate", "month", by="subdistrict").to_dict("records"):
        assert row["subdistrict_name"] in said
        assert f"{row['numerator']:,} / {row['denominator']:,}" in said


def test_the_map_shows_the_last_finished_period_in_the_answers_values(small_board, serve):
    serve(small_board)
    at = opened("explore", HEAT | {"by": "community", "grain": "quarter", "chart": "map"})
    says_something(at)
    (found,) = [one for one in at.get("bidi_component") if one.proto.component_name.endswith("district_map")]
    (given,) = json.loads(found.proto.json)
    assert given["clickable"] is False
    told = dict(re.findall(r'data-code="([^"]+)" data-t="([^"]+)"', given["picture"]))
    asked = answer(small_board, "wish_fulfilled_rate", "quarter", by="community", period="2023Q3")
    assert len(asked) > 3
    for row in asked.to_dict("records"):
        assert formats.percent(row["value"]) in told[row["community"]]


def test_the_panels_end_in_the_last_values_and_share_one_axis(small_board, serve):
    serve(small_board)
    board = serving()
    for metric in ("wish_fulfilled_rate", "tasks_published"):
        entry = load_metrics()[metric]
        found = explore.explored(board, explore.asked(entry, "community", "month", explore.EVERY, None))
        _head, panels, behind, _ends, scale, *_rest = pictures.panels(found, explore.whole_line(board, found))
        shown = [one.shown for one in panels if one.shown is not None]
        assert shown == list(found.latest["value"])[: len(shown)]
        assert shown
        assert bool(behind) is (metric == "wish_fulfilled_rate")
        known = [value for one in panels for value in one.values if value is not None]
        assert scale.bounds[0] <= min(known) <= max(known) <= scale.bounds[1]


def test_the_download_is_exactly_the_answer(small_board, serve):
    serve(small_board)
    entry = load_metrics()["wish_fulfilled_rate"]
    found = explore.explored(serving(), explore.asked(entry, "community", "quarter", "2023Q3", None))
    (sheet,) = table.download(found, "社区").values()
    asked = answer(small_board, "wish_fulfilled_rate", "quarter", by="community", period="2023Q3")
    assert sorted(sheet["微心愿达成率"]) == sorted(asked["value"])
    assert len(sheet) == len(asked)


def test_an_address_that_asks_nonsense_shows_the_defaults(small_board, serve):
    serve(small_board)
    at = opened(
        "explore", {"metric": "no such", "by": "unit'; --", "grain": "decade", "period": "x", "chart": "pie"}
    )
    assert "微心愿达成率" in says_something(at)


def test_burden_relief_hides_checkins(relieved_board, serve):
    serve(relieved_board)
    board = serving()
    assert not [name for name in explore.offered_metrics(board) if "checkin" in name]
    said = words(opened("explore", {"metric": "checkins", "by": "none"}))
    assert "打卡" not in said


def test_few_persons_are_withheld(small_board, serve):
    serve(small_board)
    board = serving()
    entry = load_metrics()["points_per_steward"]
    community = answer(small_board, "stewards", "quarter", by="community")["community"].iloc[0]
    found = explore.explored(board, explore.asked(entry, "steward_number", "quarter", "2023Q3", community))
    assert found.withheld > 0
    assert (found.frame["denominator"] >= board.district.privacy.minimum_group).all()


def test_views_are_kept_opened_and_forgotten(small_board, serve, tmp_path):
    root = shutil.copytree(small_board, tmp_path / "warehouse")
    serve(root)
    at = opened("explore", HEAT)
    at.text_input[0].set_value("柳泉镇心愿")
    next(one for one in at.button if one.label == "保存当前视图").click().run()
    assert not at.exception
    board = serving()
    assert saved_views.views(board) == {"柳泉镇心愿": HEAT | {"area": "all"}}
    other = opened("explore", {"metric": "claims"})
    next(one for one in other.button if one.label == "打开").click().run()
    assert not other.exception
    assert "wish_fulfilled_rate" in other.query_params["metric"]
    assert "热力" in [str(one) for one in other.get("button_group")[0].options] or "微心愿达成率" in words(
        other
    )
    next(one for one in other.button if one.label == "删除").click().run()
    assert saved_views.views(board) == {}
    assert "1 到 40 个字" in saved_views.save(board, " ", HEAT)


def test_without_the_exports_it_says_what_to_do(few_board, serve):
    serve(few_board)
    at = opened("explore", HEAT)
    assert not at.exception
    assert "放入收件目录" in words(at)


def test_hostile_names_stay_text(hostile_board, serve):
    serve(hostile_board)
    for chart in ("line", "zoom", "multiples", "heat", "table"):
        stays_text("explore", HEAT | {"by": "category", "chart": chart})
    stays_text("explore", HEAT | {"by": "community", "chart": "map"})
    stays_text("explore", HEAT | {"by": "community", "period": "2023-08", "chart": "bar"})


def test_without_a_warehouse_it_says_what_to_do(tmp_path, serve):
    serve(tmp_path / "nowhere")
    assert "steward build" in words(opened("explore"))
