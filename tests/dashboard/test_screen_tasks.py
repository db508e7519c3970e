"""Tasks: counts, times, what waits, the calendar, the list with its search, and one task, as the facts have them."""

from datetime import timedelta

import pytest
from boards import words
from process_checks import answer, opened, says_something
from ranking_checks import rows_of

from dashboard import formats
from dashboard.board import task_list, tasks
from dashboard.board.door import serving
from dashboard.wording.task_tables import duration
from pipelines.periods import Period
from pipelines.warehouse import Warehouse

QUARTER = {"grain": "quarter", "period": "2023Q3"}
Q3 = Period.parse("2023Q3")
AREAS = [None, "Q2", "Q201"]
_CLAIMED = "EXISTS (SELECT 1 FROM facts.claims AS c WHERE c.task_no = t.task_no)"


def facts(root, statement, *values):
    with Warehouse(root).open() as con:
        return con.execute(statement, list(values)).fetchall()


def within(area):
    return "" if area is None else f"AND community_no IN (SELECT p.area_no FROM facts.area_paths AS p JOIN facts.areas AS a ON a.area_no = p.ancestor_no WHERE a.area_code = '{area}')"  # fmt: skip


@pytest.mark.parametrize("area", AREAS)
def test_steps_are_those_of_the_tasks(area, small_board, serve):
    serve(small_board)
    found = tasks.step_counts(serving(), Q3, area)
    loop = facts(
        small_board,
        "SELECT count(*), count(routed_at), count(supervised_at), count(feedback_at), count(closed_at), count(assessed_at) "
        f"FROM facts.tasks WHERE CAST(accepted_at AS DATE) BETWEEN '2023-07-01' AND '2023-09-30' {within(area)}",
    )
    assert tuple(found["loop"].values()) == loop[0]
    service = facts(
        small_board,
        "SELECT count(*), count(c.n), count(c.done), count(c.seen), count(CASE WHEN c.stars = 5 THEN 1 END) FROM facts.tasks AS t "
        "LEFT JOIN (SELECT task_no, count(*) AS n, min(completed_at) AS done, min(verified_at) AS seen, max(stars) AS stars "
        "FROM facts.claims GROUP BY task_no) AS c ON c.task_no = t.task_no "
        f"WHERE CAST(t.published_at AS DATE) BETWEEN '2023-07-01' AND '2023-09-30' {within(area)}",
    )
    assert tuple(found["service"].values()) == service[0]
    assert all(found["service"].values())


@pytest.mark.parametrize("area", AREAS)
def test_time_to_the_first_claim_of_every_area(area, small_board, serve):
    serve(small_board)
    found = tasks.step_times(serving(), Q3, area, "service")["claimed"]
    count, median, ninety = facts(
        small_board,
        "SELECT count(*), median(d), quantile_cont(d, 0.9) FROM (SELECT CAST(epoch(min(c.claimed_at)) - epoch(t.published_at) AS INTEGER) "
        "AS d FROM facts.tasks AS t JOIN facts.claims AS c ON c.task_no = t.task_no WHERE CAST(t.published_at AS DATE) "
        f"BETWEEN '2023-07-01' AND '2023-09-30' {within(area).replace('community_no', 't.community_no')} "
        "GROUP BY t.task_no, t.published_at)",
    )[0]
    assert found.tasks == count > 0
    assert (found.median, found.p90) == pytest.approx((median / 86_400, ninety / 86_400))
    choices = QUARTER | {"process": "service"} | ({"area": area} if area else {})
    drawn = {row[0]: row[1:] for row in rows_of(opened("tasks", choices)) if len(row) == 4}
    assert drawn["领取"] == [f"{count:,}", duration(found.median), duration(found.p90)]


@pytest.mark.parametrize(("days", "words"), [(0.01, "14 分钟"), (0.5, "12.0 小时"), (1, "1.0 天"), (-0.02, "−29 分钟")])  # fmt: skip
def test_durations_are_read_in_one_unit(days, words, small_board, serve):
    assert duration(days) == words


@pytest.mark.parametrize("area", AREAS)
def test_what_waits_is_counted_task_by_task(area, small_board, serve):
    serve(small_board)
    board = serving()
    found, late = tasks.waiting(board, area), tasks.overdue(board, area)
    for column, since, waits in (
        ("overdue", "due_at", "due_at < ?"),
        ("unclaimed", "published_at", f"published_at < ? AND NOT {_CLAIMED}"),
    ):
        moments = [
            row[0]
            for row in facts(
                small_board,
                f"SELECT {since} FROM facts.tasks AS t WHERE closed_at IS NULL AND {waits} {within(area)}",
                board.data_until,
            )
        ]
        ages = [(board.data_until - moment) // timedelta(days=1) for moment in moments]
        spans = [(first, last or 10**6) for first, last in tasks.AGES.values()]
        assert found[column].tolist() == [sum(first <= age < last for age in ages) for first, last in spans]
        if column == "overdue":
            long = sum((board.last_day - moment.date()).days > tasks.LONG_OVERDUE for moment in moments)
            assert (late.count, late.long) == (len(moments), long)
    known = answer(small_board, "tasks_overdue", "all", **({"area": area} if area else {}))["value"]
    assert late.count == (known.iloc[0] if len(known) else 0)


def test_the_longest_overdue_come_first(small_board, serve):
    serve(small_board)
    found = tasks.overdue(serving(), None)
    until = serving().data_until
    expected = facts(
        small_board,
        "SELECT t.task_id, a.name, date_diff('day', t.due_at, CAST(? AS TIMESTAMP)) FROM facts.tasks AS t JOIN facts.areas AS a "
        "ON a.area_no = t.community_no WHERE t.closed_at IS NULL AND t.due_at < ? ORDER BY t.due_at, t.task_id LIMIT ?",
        until, until, tasks.LISTED,
    )  # fmt: skip
    assert list(found.listed[["task_id", "community", "days"]].itertuples(index=False, name=None)) == expected
    assert len(tasks.overdue_to_download(serving(), None)) == found.count > len(expected) > 0


def test_days_of_the_calendar_add_up(small_board, serve):
    serve(small_board)
    counts = tasks.published_by_day(serving(), Q3, None)
    published = answer(small_board, "tasks_published", "quarter", period="2023Q3")["value"].iloc[0]
    assert sum(count for day, count in counts.items() if day >= Q3.start) == published
    assert f"{formats.day(max(counts, key=counts.get))}" in words(opened("tasks", QUARTER))


def test_categories_equal_the_metric(small_board, serve):
    serve(small_board)
    expected = answer(small_board, "in_time_rate", "quarter", period="2023Q3", by="category").set_index(
        "category"
    )
    drawn = {row[0]: row for row in rows_of(opened("tasks", QUARTER)) if len(row) == 5}
    judged = 0
    for category, row in expected.iterrows():
        if category in drawn:
            assert drawn[category][2:4] == [
                formats.fraction(row["numerator"], row["denominator"]),
                formats.percent(row["value"]),
            ]
            judged += 1
    assert judged > 3


@pytest.mark.parametrize("state", task_list.STATES)
@pytest.mark.parametrize("area", AREAS)
def test_the_list_holds_the_newest_of_all(state, area, small_board, serve):
    serve(small_board)
    found = task_list.found(serving(), Q3, area, state, "")
    condition = {
        "all": "TRUE",
        "open": "closed_at IS NULL",
        "overdue": "closed_at IS NULL AND due_at < (SELECT data_until FROM meta.rules)",
        "unclaimed": "closed_at IS NULL AND task_no NOT IN (SELECT task_no FROM facts.claims)",
    }[state]
    expected = facts(
        small_board,
        f"SELECT task_id FROM facts.tasks WHERE CAST(published_at AS DATE) BETWEEN '2023-07-01' AND '2023-09-30' AND {condition} "
        f"{within(area)} ORDER BY published_at DESC, task_id",
    )
    assert found.count == len(expected)
    assert [(row["task_id"],) for row in found.listed] == expected[: task_list.LISTED]


def test_the_search_looks_in_id_title_and_place(small_board, serve):
    serve(small_board)
    task_id, title, place = facts(
        small_board,
        "SELECT task_id, title, place FROM facts.tasks WHERE place <> '' AND title <> '' AND published_at >= '2023-09-01' "
        "AND published_at < '2023-10-01' ORDER BY task_id LIMIT 1",
    )[0]
    for part in (task_id.lower(), title, place[-3:]):
        found = task_list.found(serving(), Q3, None, "all", part)
        expected = facts(
            small_board,
            "SELECT count(*) FROM facts.tasks WHERE CAST(published_at AS DATE) BETWEEN '2023-07-01' AND '2023-09-30' "
            "AND (task_id ILIKE ? OR title ILIKE ? OR place ILIKE ?)",
            *[f"%{part}%"] * 3,
        )[0][0]
        assert found.count == expected > 0
    assert task_list.found(serving(), Q3, None, "all", "no such task").count == 0
    # A whole id finds its task whatever the period.
    anywhere = task_list.found(serving(), Period.parse("2023-07"), None, "all", task_id)
    assert [row["task_id"] for row in anywhere.listed] == [task_id]


def test_one_task_shows_its_steps_and_claims(small_board, serve):
    serve(small_board)
    task_id, number, claims = facts(
        small_board,
        "SELECT t.task_id, t.task_no, count(*) FROM facts.claims AS c JOIN facts.tasks AS t ON t.task_no = c.task_no "
        "WHERE t.published_at >= '2023-07-01' AND t.assessed_at IS NOT NULL GROUP BY ALL ORDER BY 3 DESC, 1 LIMIT 1",
    )[0]
    at = opened("tasks", QUARTER | {"matter": task_id})
    said = words(at)
    assert f"领取 {claims} 次" in said
    for code, claimed in facts(
        small_board,
        "SELECT DISTINCT s.steward_id, c.claimed_at FROM facts.claims AS c JOIN facts.stewards AS s ON s.steward_no = c.steward_no "
        "WHERE c.task_no = ? ORDER BY c.claimed_at LIMIT 3",
        number,
    ):
        assert code in said
        assert f"{claimed:%Y-%m-%d %H:%M}" in said
    assessed = facts(small_board, "SELECT assessed_at FROM facts.tasks WHERE task_no = ?", number)[0][0]
    assert f"{assessed:%Y-%m-%d %H:%M}" in said


def test_words_looked_for_stay_text(small_board, serve):
    serve(small_board)
    at = opened("tasks", QUARTER | {"matter": "<b>x</b>' OR 1=1 --"})
    assert not at.exception
    says_something(at)
    assert "含“<b>x</b>' OR 1=1 --”的任务 0 件" in words(at)


def test_an_unknown_area_has_no_task(small_board, serve):
    serve(small_board)
    assert task_list.found(serving(), Q3, "x') OR TRUE --", "all", "").count == 0
    assert tasks.step_counts(serving(), Q3, "nowhere")["service"]["published"] == 0
    assert tasks.step_times(serving(), Q3, "nowhere", "service") == {}
