"""Stewards: headcounts, targets and the three frames as the commands give them; masking, suppression, burden relief."""

import re

import pytest
from boards import words
from process_checks import answer, fraction, opened, says_something, stays_text
from ranking_checks import hostile_people, rows_of

from dashboard import formats
from dashboard.board.door import serving
from dashboard.board.stewards import class_progress
from pipelines.cli import with_names
from pipelines.periods import Period
from pipelines.ranking_tables import rank_stewards
from pipelines.warehouse import Warehouse

QUARTER = {"grain": "quarter", "period": "2023Q3"}


def ranking(root):
    with Warehouse(root).open(private=True) as con:
        return with_names(con, rank_stewards(con, "2023Q3"), masked=True)


def people_rows(at):
    """Cells of the three lists: rank, name, code, points."""
    return [row for row in rows_of(at) if len(row) == 4 and re.fullmatch(r"(并列 )?\d+", row[0])]


def test_headline_figures_equal_measure(small_board, serve):
    serve(small_board)
    said = says_something(opened("stewards", QUARTER))
    people = answer(small_board, "stewards", "quarter", period="2023Q3")["value"].iloc[0]
    share = answer(small_board, "resident_share", "quarter", period="2023Q3")
    assert f"{people:,.0f} 名红管家，群众占 {formats.percent(share['value'].iloc[0])}" in said
    assert fraction(share) in said
    assert fraction(answer(small_board, "target_reached_rate", "year", period="2023")) in said
    party = answer(small_board, "party_stewards", "quarter", period="2023Q3")["value"].iloc[0]
    assert f"党员 {party:,.0f} 人" in said


@pytest.mark.parametrize("area", [None, "Q201"])
def test_every_class_is_held_against_its_own_target(area, small_board, serve):
    serve(small_board)
    frame = class_progress(serving(), Period.parse("2023Q3"), area).set_index("steward_number")
    limits = {"area": area} if area else {}
    expected = answer(
        small_board, "target_reached_rate", "year", period="2023", by="steward_number", **limits
    )
    assert len(expected) == len(frame) > 3
    for row in expected.to_dict("records"):
        own = frame.loc[int(row["steward_number"])]
        assert own["reached"] == row["numerator"]
        assert own["stewards"] == row["denominator"]
        assert own["target"] == float(serving().district.points.target(int(row["steward_number"])))
        assert own["none"] + own["low"] + own["high"] + own["reached"] == own["stewards"]
    progress = answer(small_board, "progress_stewards", "year", period="2023", by="progress", **limits)
    known = progress.set_index("progress")["value"]
    assert frame["none"].sum() == known.get("0", 0)
    assert frame["reached"].sum() == known.reindex(["100-150", "150+"]).fillna(0).sum()


def test_classes_are_drawn_with_fraction_and_share(small_board, serve):
    serve(small_board)
    said = words(opened("stewards", QUARTER))
    expected = answer(small_board, "target_reached_rate", "year", period="2023", by="steward_number")
    for row in expected[expected["denominator"] >= 5].to_dict("records"):
        assert f"{row['numerator']:,.0f} / {row['denominator']:,.0f}" in said
        assert formats.percent(row["value"]) in said


def test_small_classes_are_not_broken_down(small_board, serve):
    serve(small_board)
    code = ranking(small_board)["community_code"].iloc[0]
    people = answer(small_board, "stewards", "quarter", period="2023Q3", area=code, by="steward_number")
    few = people[people["value"] < 5]
    assert len(few) > 0
    drawn = {row[0]: row[1:] for row in rows_of(opened("stewards", QUARTER | {"area": code}))}
    for name in few["steward_number_name"]:
        assert drawn[name][:2] == ["不足 5 人", "—"]


def test_a_person_stands_in_three_frames_as_the_command_has_it(small_board, serve):
    serve(small_board)
    everyone = ranking(small_board)
    one = everyone[everyone["unit_id"].notna() & (everyone["of_unit"] >= 5)].iloc[7]
    at = opened("stewards", QUARTER | {"steward": one["steward_id"]})
    said = words(at)
    for frame, rank, of in (("同社区", "rank_in_community", "of_community"), ("同号段", "rank_in_number", "of_number"),
                            ("同单位", "rank_in_unit", "of_unit")):  # fmt: skip
        assert f"{frame}第 {one[rank]:,} / {one[of]:,}" in said
    own = [row for row in people_rows(at) if row[2] == one["steward_id"]]
    assert len(own) == 3
    assert {row[1] for row in own} == {one["name"]}
    assert one["name"].endswith("*")


def test_lists_equal_the_command(small_board, serve):
    serve(small_board)
    everyone = ranking(small_board)
    code = everyone["community_code"].iloc[0]
    community = everyone[everyone["community_code"] == code].set_index("steward_id")
    drawn = people_rows(opened("stewards", QUARTER | {"community": code}))[:6]
    assert len(drawn) == 6
    for rank, name, steward, points in drawn:
        assert int(rank.removeprefix("并列 ")) == community.loc[steward, "rank_in_community"]
        assert name == community.loc[steward, "name"]
        assert float(points.replace(",", "")) == pytest.approx(community.loc[steward, "points"], abs=0.05)


def test_an_area_never_changes_who_is_in_a_unit(small_board, serve):
    serve(small_board)
    everyone = ranking(small_board)
    unit = everyone["unit_id"].dropna().iloc[0]
    headcount = (everyone["unit_id"] == unit).sum()
    for area in ({}, {"area": everyone["community_code"].iloc[-1]}):
        assert f"同单位 {headcount} 人" in words(opened("stewards", QUARTER | {"unit": unit} | area))


def test_an_unknown_code_is_told(small_board, serve):
    serve(small_board)
    at = opened("stewards", QUARTER | {"steward": "<b>X</b>"})
    assert not at.exception
    assert "期末名册上没有编号 <b>X</b> 的红管家" in words(at)


def test_typing_a_code_opens_the_frames_of_the_person(small_board, serve):
    serve(small_board)
    everyone = ranking(small_board)
    one = everyone[everyone["unit_id"].notna()].iloc[-1]
    at = opened("stewards", QUARTER)
    at.text_input(key="choice_steward").set_value(one["steward_id"]).run()
    assert not at.exception
    assert "".join(at.query_params["community"]) == one["community_code"]
    assert "".join(at.query_params["unit"]) == one["unit_id"]
    assert f"同社区第 {one['rank_in_community']:,} / {one['of_community']:,}" in words(at)


def test_burden_relief_hides_persons(relieved_board, serve):
    serve(relieved_board)
    at = opened("stewards", QUARTER | {"steward": ranking(relieved_board)["steward_id"].iloc[0]})
    assert not at.exception
    assert "减负模式" in words(at)
    assert people_rows(at) == []
    assert "**" not in words(at)


def test_a_group_below_the_minimum_has_no_list(other_rules_board, serve):
    serve(other_rules_board)
    at = opened("stewards", QUARTER)
    assert not at.exception
    assert people_rows(at) == []
    assert "不列名单" in words(at)


def test_names_are_whole_only_where_the_district_says_so(named_board, serve):
    serve(named_board)
    names = {row[1] for row in people_rows(opened("stewards", QUARTER))}
    assert names
    assert not any("*" in name for name in names)


def test_a_running_quarter_is_marked(running_board, serve):
    serve(running_board)
    at = opened("stewards", QUARTER)
    assert not at.exception
    assert "未结束，截至 2023-08-31" in words(at)
    assert "2023年至今" in words(at)


def test_without_a_roster_it_says_what_to_do(few_board, tmp_path, serve):
    serve(few_board)
    at = opened("stewards")
    assert not at.exception
    assert "放入收件目录" in words(at)
    serve(tmp_path / "nowhere")
    assert "steward build" in words(opened("stewards"))


def test_hostile_names_stay_text(made_once, small_inbox, serve):
    root = made_once("ranking-hostile", lambda folder: hostile_people(small_inbox, folder))
    serve(root)
    stays_text("stewards", {"steward": "<img src=x onerror=alert(1)>"})
    stays_text("stewards", {"steward": ranking(root)["steward_id"].iloc[0]})
