"""Points: every figure as the command gives it; rules, merchants, empty and hostile warehouses."""

from boards import words
from process_checks import answer, fraction, opened, says_something, stays_text
from ranking_checks import hostile_people, rows_of

from dashboard import formats
from dashboard.board import points
from dashboard.board.door import serving
from pipelines.periods import Period
from pipelines.warehouse import Warehouse

QUARTER = {"grain": "quarter", "period": "2023Q3"}
Q3 = Period.parse("2023Q3")


def test_headline_figures_equal_measure(small_board, serve):
    serve(small_board)
    said = says_something(opened("points", QUARTER))
    for name in ("points_spent_share", "five_star_rate"):
        rate = answer(small_board, name, "quarter", period="2023Q3")
        assert fraction(rate) in said
        assert formats.percent_number(rate["value"].iloc[0]) in said
    for name in ("points_earned", "points_redeemed", "points_lottery"):
        value = answer(small_board, name, "quarter", period="2023Q3")["value"].iloc[0]
        assert formats.integer(value) in said
    balance = answer(small_board, "points_balance", "quarter", period="2023Q3")["value"].iloc[0]
    assert formats.short_count(balance)[0] in said


def test_points_by_kind_add_up_to_all(small_board, serve):
    serve(small_board)
    at = opened("points", QUARTER)
    expected = answer(small_board, "points_earned", "quarter", period="2023Q3", by="kind")
    expected = expected[~expected["kind"].isin(["兑换", "抽奖"])]
    drawn = {row[0]: row for row in rows_of(at)}
    for row in expected.to_dict("records"):
        assert drawn[row["kind_name"]][1] == formats.decimal(row["value"], 0)
    whole = answer(small_board, "points_earned", "quarter", period="2023Q3")["value"].iloc[0]
    assert points.by_kind(serving(), Q3, None)["points"].sum() == whole


def test_progress_counts_everyone_once(small_board, serve):
    serve(small_board)
    said = words(opened("points", QUARTER))
    expected = answer(small_board, "progress_stewards", "year", period="2023", by="progress")
    reached = answer(small_board, "target_reached_rate", "year", period="2023")
    assert f"{expected['value'].sum():,.0f} 人中 {reached['numerator'].iloc[0]:,.0f} 人完成年度任务" in said
    for count in expected["value"]:
        assert (formats.integer(count) if count >= 5 else "<5") in said


def test_merchants_equal_measure(small_board, serve):
    serve(small_board)
    at = opened("points", QUARTER)
    spent = answer(small_board, "points_redeemed", "quarter", period="2023Q3", by="merchant")
    spent = spent[spent["value"] > 0].sort_values(["value", "merchant"], ascending=[False, True])
    entries = answer(small_board, "points_entries", "quarter", period="2023Q3", by="merchant").set_index(
        "merchant"
    )
    assert len(spent) > 0
    drawn = [row for row in rows_of(at) if len(row) == 4]
    for row in spent.head(4).to_dict("records"):
        count = formats.integer(entries.loc[row["merchant"], "value"])
        assert any(
            cells[0] == row["merchant_name"] and cells[2:] == [count, formats.integer(row["value"])]
            for cells in drawn
        )
    everywhere = formats.integer(answer(small_board, "merchants")["value"].iloc[0])
    assert f"{everywhere} 家" in words(at)


def test_entries_outside_the_rule_are_the_findings(small_board, serve):
    serve(small_board)
    with Warehouse(small_board).open() as con:
        keys = {
            key
            for (key,) in con.execute(
                "SELECT key FROM meta.findings WHERE \"check\" = 'points_off_rule'"
            ).fetchall()
        }
    assert keys
    listed = points.off_rule(serving(), Period.parse("2023"), None)
    assert set(listed["entry_id"]) == keys
    assert points.off_rule_count(serving()) == len(keys)
    at = opened("points", {"grain": "year", "period": "2023"})
    assert f"本期 {len(keys)} 条积分超出规则" in words(at)
    drawn = {row[0]: row for row in rows_of(at) if len(row) == 6}
    assert set(drawn) <= keys
    assert {row[3] for row in drawn.values()} <= {"5–20", "5–40"}


def test_the_ledger_leaves_nothing_out(small_board, serve):
    serve(small_board)
    ledger = points.ledger(serving(), Q3, None)
    earned = answer(small_board, "points_earned", "quarter", period="2023Q3")["value"].iloc[0]
    spent = answer(small_board, "points_spent_share", "quarter", period="2023Q3")["numerator"].iloc[0]
    assert sum(ledger.earned) == earned
    assert sum(ledger.spent) == spent


def test_rules_come_from_the_district(other_rules_board, serve):
    serve(other_rules_board)
    assert "派单任务 6–19 分" in words(opened("points", QUARTER))


def test_an_area_limits_the_ledger(small_board, serve):
    serve(small_board)
    area = answer(small_board, "points_earned", "quarter", period="2023Q3", by="community")["community"].iloc[
        0
    ]
    said = says_something(opened("points", QUARTER | {"area": area}))
    assert fraction(answer(small_board, "points_spent_share", "quarter", period="2023Q3", area=area)) in said


def test_a_running_quarter_compares_the_same_days(running_board, serve):
    serve(running_board)
    at = opened("points", QUARTER)
    assert not at.exception
    assert "未结束，截至 2023-08-31" in words(at)
    assert "本年未结束" in words(at)


def test_without_a_ledger_it_says_what_is_missing(few_board, tmp_path, serve):
    serve(few_board)
    at = opened("points")
    assert not at.exception
    assert "缺少导出" in words(at)
    assert "本期没有获得积分" in words(at)
    serve(tmp_path / "nowhere")
    assert "steward build" in words(opened("points"))


def test_hostile_names_stay_text(made_once, small_inbox, serve):
    serve(made_once("ranking-hostile", lambda folder: hostile_people(small_inbox, folder)))
    stays_text("points")
