"""Honours: stars and medals as the command gives them; masked names, candidates, empty and hostile warehouses."""

import pandas as pd
from boards import words
from process_checks import answer, opened, says_something, stays_text
from ranking_checks import hostile_people, rows_of

from dashboard import formats
from dashboard.board import honours
from dashboard.board.door import serving
from pipelines.periods import Period
from pipelines.warehouse import Warehouse

YEAR = {"period": "2023"}
Y2023 = Period.parse("2023")


def test_stars_equal_measure(small_board, serve):
    serve(small_board)
    said = says_something(opened("honours", YEAR))
    stars = answer(small_board, "stars", "year", period="2023")["value"].iloc[0]
    assert stars > 0
    assert (
        f"2023年至今评出 {stars:,.0f} 名红管家之星" in said or f"2023年评出 {stars:,.0f} 名红管家之星" in said
    )
    for row in answer(small_board, "stars", "month").to_dict("records"):
        assert formats.integer(row["value"]) in said


def test_awards_are_those_of_the_catalogue(small_board, serve):
    serve(small_board)
    awards = honours.awards(serving(), Y2023, None)
    kinds = answer(small_board, "honours", "year", period="2023", by="kind")
    assert awards["kind"].value_counts().to_dict() == dict(zip(kinds["kind"], kinds["value"], strict=True))
    communities = honours.by_community(awards).set_index("area_code")["stars"]
    expected = answer(small_board, "stars", "year", period="2023", by="community")
    assert len(expected) > 3
    for row in expected.to_dict("records"):
        assert communities[row["community"]] == row["value"]
    classes = honours.by_class(awards).set_index("steward_number")["stars"]
    for row in answer(small_board, "stars", "year", period="2023", by="steward_number").to_dict("records"):
        assert classes[int(row["steward_number"])] == row["value"]


def test_an_area_holds_its_own_awards(small_board, serve):
    serve(small_board)
    expected = answer(small_board, "stars", "year", period="2023", by="community").iloc[0]
    area = expected["community"]
    awards = honours.awards(serving(), Y2023, area)
    assert (awards["kind"] == honours.STAR).sum() == expected["value"]
    assert set(awards["area_code"]) == {area}
    says_something(opened("honours", YEAR | {"area": area}))


def test_names_are_masked_and_belong_to_the_persons(small_board, serve):
    serve(small_board)
    with Warehouse(small_board).open(private=True) as con:
        whole = {name for (name,) in con.execute("SELECT DISTINCT name FROM private.stewards").fetchall()}
    at = opened("honours", YEAR | {"list": "stars"})
    drawn = [row for row in rows_of(at) if len(row) == 4 and "号" in row[1]]
    assert len(drawn) > 3
    for name, *_rest in drawn:
        assert name.endswith("*")
        assert name not in whole
        assert any(one[0] == name[0] and len(one) == len(name) for one in whole)


def test_stars_of_a_month_are_counted(small_board, serve):
    serve(small_board)
    month = answer(small_board, "stars", "month").iloc[0]
    said = words(opened("honours", YEAR | {"list": "stars", "month": month["period"]}))
    label = formats.period_label(Period.parse(month["period"]))
    assert f"{label}红管家之星 {month['value']:,.0f} 名" in said


def test_candidates_have_stars_and_no_medal():
    awards = pd.DataFrame(
        [
            ("a", honours.STAR, "2023-01-31"), ("a", honours.STAR, "2023-02-28"), ("b", honours.STAR, "2023-03-31"),
            ("c", honours.STAR, "2023-01-31"), ("c", "金质", "2023-12-31"), ("d", "先进典型", "2023-05-01"),
        ],
        columns=["steward_id", "kind", "day"],
    )  # fmt: skip
    awards = awards.assign(
        day=pd.to_datetime(awards["day"]), steward_number=5, community="甲", area_code="Q1", subdistrict="乙"
    )
    found = honours.candidates(awards)
    assert found["steward_id"].tolist() == ["a", "b"]
    assert found["stars"].tolist() == [2, 1]
    counted = honours.by_community(awards).iloc[0]
    assert (counted["stars"], counted["medals"], counted["金质"], counted["months"]) == (4, 1, 1, 3)


def test_a_running_year_is_marked(running_board, serve):
    serve(running_board)
    at = opened("honours", YEAR)
    assert not at.exception
    assert "2023年至今评出" in words(at)
    assert "未结束，截至 2023-08-31" in words(at)


def test_without_honours_it_says_what_to_do(few_board, tmp_path, serve):
    serve(few_board)
    at = opened("honours")
    assert not at.exception
    assert "还没有荣誉记录" in words(at)
    serve(tmp_path / "nowhere")
    assert "steward build" in words(opened("honours"))


def test_hostile_names_stay_text(made_once, small_inbox, serve):
    serve(made_once("ranking-hostile", lambda folder: hostile_people(small_inbox, folder)))
    for chosen in ("medals", "stars", "candidates"):
        stays_text("honours", {"list": chosen})
