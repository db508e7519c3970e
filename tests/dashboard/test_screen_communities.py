"""Communities: ranking and figures as the commands give them; areas, settings, empty and hostile warehouses."""

import pytest
from boards import words
from process_checks import answer, fraction, opened, says_something, stays_text
from ranking_checks import hostile_people, rows_of

from dashboard import formats
from dashboard.components.folded_table import kept_rows
from pipelines.ranking_tables import rank_communities
from pipelines.warehouse import Warehouse

QUARTER = {"grain": "quarter", "period": "2023Q3"}


def ranking(root):
    with Warehouse(root).open() as con:
        return rank_communities(con, "2023Q3")


def ranked_rows(at):
    """community → cells of the ranking table."""
    return {row[1]: row for row in rows_of(at) if len(row) == 8}


def test_the_table_equals_the_command(small_board, serve):
    serve(small_board)
    at = opened("communities", QUARTER | {"rows": "all"})
    says_something(at)
    expected, drawn = ranking(small_board), ranked_rows(at)
    assert len(drawn) == len(expected) > 5
    for row in expected.to_dict("records"):
        cells = drawn[row["community"]]
        assert cells[0] == formats.rank(row["rank"], row["tied"])
        assert cells[3] == formats.integer(row["stewards"])
        assert cells[4] == formats.integer(row["points"])
        assert cells[5] == formats.decimal(row["score"])


def test_the_title_names_the_first(small_board, serve):
    serve(small_board)
    first = ranking(small_board).iloc[0]
    said = words(opened("communities", QUARTER))
    assert f"{first['community']}居首，人均 {formats.decimal(first['score'])} 分" in said


def test_subdistricts_and_district_equal_measure(small_board, serve):
    serve(small_board)
    said = words(opened("communities", QUARTER))
    (whole,) = answer(small_board, "points_per_steward", "quarter", period="2023Q3").to_dict("records")
    assert (
        f"{whole['numerator']:,.0f} 分 ÷ {whole['denominator']:,.0f} 人 = {formats.decimal(whole['value'])}"
        in said
    )
    by = answer(small_board, "points_per_steward", "quarter", period="2023Q3", by="subdistrict")
    assert len(by) > 0
    for row in by.to_dict("records"):
        assert row["subdistrict_name"] in said
        assert formats.decimal(row["value"]) in said


def test_an_area_never_changes_a_rank_or_a_score(small_board, serve):
    serve(small_board)
    expected = ranking(small_board).set_index("community")
    chosen = expected.iloc[3]
    at = opened("communities", QUARTER | {"rows": "all", "area": chosen["area_code"]})
    (cells,) = ranked_rows(at).values()
    assert cells[0] == formats.rank(chosen["rank"], chosen["tied"])
    assert cells[5] == formats.decimal(chosen["score"])
    assert f"全区第 {chosen['rank']} / {len(expected)}" in words(at)


def test_the_card_shows_the_community_of_the_address(small_board, serve):
    serve(small_board)
    row = ranking(small_board).iloc[-1]
    at = opened("communities", QUARTER | {"community": row["area_code"]})
    said = words(at)
    assert (
        f"{formats.integer(row['points'])} 分 ÷ {row['stewards']} 人 = {formats.decimal(row['score'])}"
        in said
    )
    area = {"period": "2023Q3", "area": row["area_code"]}
    share = answer(small_board, "resident_share", "quarter", **area)
    assert any(formats.percent(share["value"].iloc[0]) in cells for cells in rows_of(at))
    sites = answer(small_board, "sites", area=row["area_code"], by="kind")
    assert f"{sites['value'].sum():,.0f} 处阵地" in said


def test_small_classes_are_not_broken_down(small_board, serve):
    serve(small_board)
    code = ranking(small_board)["area_code"].iloc[0]
    at = opened("communities", QUARTER | {"community": code})
    people = answer(small_board, "stewards", "quarter", period="2023Q3", area=code, by="steward_number")
    drawn = {row[0]: row for row in rows_of(at) if len(row) == 4}
    assert (people["value"] < 5).any()
    for row in people.to_dict("records"):
        cells = drawn[row["steward_number_name"]]
        if row["value"] < 5:
            assert cells[1:] == ["不足 5 人", "—", "—"]
        else:
            assert cells[1] == formats.integer(row["value"])


def test_communities_without_a_station_are_named(small_board, serve):
    serve(small_board)
    without = answer(small_board, "communities_without_station", by="community")
    names = without.loc[without["value"] > 0, "community_name"]
    said = words(opened("communities", QUARTER))
    assert (f"{len(names)} 个社区没有驿站" if len(names) else "每个社区都有驿站") in said
    assert all(name in said for name in names[:12])


def test_totals_rank_points_where_the_district_wants_it(other_rules_board, serve):
    serve(other_rules_board)
    first = ranking(other_rules_board).iloc[0]
    assert first["score"] == first["points"]
    said = words(opened("communities", QUARTER))
    assert f"{first['community']}居首，{formats.integer(first['points'])} 分" in said


def test_praise_only_names_no_last_community(praising_board, serve):
    serve(praising_board)
    at = opened("communities", QUARTER)
    assert "最低" not in words(at).split("名次")[0]
    last = ranking(praising_board)["community"].iloc[-1]
    assert last not in ranked_rows(at)


def test_a_running_quarter_is_marked_and_compares_only_what_can_be(running_board, serve):
    serve(running_board)
    said = says_running(opened("communities", QUARTER))
    assert "未结束，截至 2023-08-31" in said


def says_running(at):
    assert not at.exception
    return words(at)


def test_without_areas_it_says_what_to_do(few_board, tmp_path, serve):
    serve(few_board)
    at = opened("communities")
    assert not at.exception
    assert "缺少导出" in words(at) or "放入收件目录" in words(at)
    serve(tmp_path / "nowhere")
    assert "steward build" in words(opened("communities"))


def test_hostile_names_stay_text(made_once, small_inbox, serve):
    serve(made_once("ranking-hostile", lambda folder: hostile_people(small_inbox, folder)))
    stays_text("communities", {"rows": "all"})


def test_english_is_complete(small_board, serve):
    serve(small_board)
    said = words(opened("communities", QUARTER | {"lang": "en"}))
    assert "Data until 2023-09-30" in said
    assert "points per steward" in said


@pytest.mark.parametrize(
    ("count", "first", "last", "around", "kept"),
    [
        (10, 2, 1, None, {0, 1, 9}),
        (10, 2, 0, 5, {0, 1, 4, 5, 6}),
        (3, 8, 8, 0, {0, 1, 2}),
        (0, 8, 8, None, set()),
    ],
)
def test_folding_keeps_the_ends_and_the_open_row(count, first, last, around, kept):
    assert kept_rows(count, first, last, around) == kept


def test_the_fraction_of_a_rate_stands_beside_it(small_board, serve):
    serve(small_board)
    said = words(opened("stewards", QUARTER))
    assert fraction(answer(small_board, "resident_share", "quarter", period="2023Q3")) in said
