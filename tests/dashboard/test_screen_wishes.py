"""Micro-wishes: figures as the command gives them; empty, hostile and missing warehouses."""

from boards import words
from process_checks import answer, fraction, opened, says_something, stays_text

from dashboard import formats
from dashboard.board.door import serving
from dashboard.board.thresholds import FEWEST_TO_RANK
from dashboard.board.wishes import communities
from pipelines.periods import Period

QUARTER = {"grain": "quarter", "period": "2023Q3"}


def test_figures_equal_the_commands(small_board, serve):
    serve(small_board)
    said = says_something(opened("wishes", QUARTER))
    rate = answer(small_board, "wish_fulfilled_rate", "quarter", period="2023Q3")
    assert fraction(rate) in said
    assert formats.percent(rate["value"].iloc[0]) in said
    assert fraction(answer(small_board, "wish_adoption_rate", "quarter", period="2023Q3")) in said
    for by in ("category", "subdistrict"):
        for row in answer(small_board, "wish_fulfilled_rate", "quarter", period="2023Q3", by=by).to_dict(
            "records"
        ):
            assert f"{row[f'{by}_name']}" in said
            assert formats.percent_number(row["value"]) in said
    for row in answer(small_board, "wishes_open", by="age").to_dict("records"):
        assert row["age_name"] in said


def test_an_area_limits_the_wishes(small_board, serve):
    serve(small_board)
    area = answer(small_board, "wish_fulfilled_rate", "quarter", period="2023Q3", by="community")[
        "community"
    ].iloc[0]
    said = says_something(opened("wishes", QUARTER | {"area": area}))
    assert fraction(answer(small_board, "wish_fulfilled_rate", "quarter", period="2023Q3", area=area)) in said


def test_communities_with_few_wishes_are_not_ranked(small_board, serve):
    serve(small_board)
    frame = communities(serving(), Period.parse("2023Q3"), None)
    few = frame["denominator"] < FEWEST_TO_RANK
    assert few.any()
    assert (~few).any()
    assert frame.loc[few, "rank"].isna().all()
    ranked = frame[~few].sort_values("value", ascending=False)
    assert ranked["rank"].tolist() == ranked["value"].rank(method="min", ascending=False).astype(int).tolist()


def test_the_breakdown_is_kept_in_the_address(small_board, serve):
    serve(small_board)
    said = words(opened("wishes", QUARTER | {"breakdown": "channel"}))
    for name in answer(small_board, "wishes_collected", "quarter", period="2023Q3", by="channel")[
        "channel_name"
    ]:
        assert name in said


def test_without_wishes_it_says_what_to_do(few_board, serve):
    serve(few_board)
    at = opened("wishes")
    assert not at.exception
    assert "放入收件目录" in words(at)


def test_hostile_names_stay_text(hostile_board, serve):
    serve(hostile_board)
    stays_text("wishes", QUARTER)


def test_without_a_warehouse_it_says_what_to_do(tmp_path, serve):
    serve(tmp_path / "nowhere")
    assert "steward build" in words(opened("wishes"))
