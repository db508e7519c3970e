"""Honours: stars and medals as the command gives them; masked names, candidates, empty and hostile warehouses."""

import shutil
from collections import defaultdict

import pytest
from boards import built, words
from process_checks import answer, opened, says_something, stays_text
from ranking_checks import hostile_people, rows_of

from dashboard import formats
from dashboard.board import honours
from dashboard.board.areas import subdistricts_and_communities
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


def test_counts_are_those_of_the_catalogue(small_board, serve):
    serve(small_board)
    kinds = answer(small_board, "honours", "year", period="2023", by="kind")
    assert honours.kinds(serving(), Y2023, None) == dict(zip(kinds["kind"], kinds["value"], strict=True))
    communities = honours.by_community(serving(), Y2023, None).set_index("area_code")
    expected = answer(small_board, "stars", "year", period="2023", by="community")
    assert len(expected) > 3
    for row in expected.to_dict("records"):
        assert communities["stars"][row["community"]] == row["value"]
    assert communities["medals"].sum() == answer(small_board, "medals", "year", period="2023")["value"].sum()
    months = answer(small_board, "stars", "month", by="community")
    held = months[months["period"].str.startswith("2023") & (months["value"] > 0)]["community"].value_counts()
    assert communities["months"].to_dict() == {code: held.get(code, 0) for code in communities.index}
    classes = honours.by_class(serving(), Y2023, None).set_index("steward_number")["stars"]
    for row in answer(small_board, "stars", "year", period="2023", by="steward_number").to_dict("records"):
        assert classes[int(row["steward_number"])] == row["value"]


def test_an_area_holds_its_own_honours(small_board, serve):
    serve(small_board)
    expected = answer(small_board, "stars", "year", period="2023", by="community").iloc[0]
    area = expected["community"]
    assert honours.kinds(serving(), Y2023, area)[honours.STAR] == expected["value"]
    assert honours.by_community(serving(), Y2023, area)["area_code"].tolist() == [area]
    names = {expected["community_name"]}
    for chosen in ("medals", "stars", "candidates"):
        choice = honours.Choice(chosen, Y2023, Period.parse("2023-08"), area)
        assert set(honours.everyone(serving(), choice)["community"]) <= names
    says_something(opened("honours", YEAR | {"area": area}))


@pytest.fixture
def medals_board(made_once, small_inbox):
    """The small sample with a medal for every second star of July and August."""

    def make(folder):
        inbox = folder.with_name(f"{folder.name}-inbox")
        shutil.copytree(small_inbox, inbox, dirs_exist_ok=True)
        starred = [
            line.split(",")[1]
            for day in ("20230731", "20230831")
            for line in (inbox / f"荣誉_{day}.csv").read_text("utf-8-sig").splitlines()[1:]
        ]
        with (inbox / "荣誉_20230930.csv").open("a", encoding="utf-8") as file:
            for place, person in enumerate(starred[::2]):
                file.write(f"M{place},{person},{honours.MEDALS[place % 3]},2023-09-{place % 9 + 1:02d}\n")
        built(inbox, folder)

    return made_once("honours-medals", make)


def _awards(board):
    """Every honour of the year as the facts have it: steward id, kind, day, area code."""
    with Warehouse(board).open() as con:
        return con.execute(
            "SELECT s.steward_id, h.kind, h.awarded_on, a.area_code FROM facts.honours AS h "
            "JOIN facts.stewards AS s ON s.roster_no = h.roster_no LEFT JOIN facts.areas AS a ON a.area_no = h.community_no "
            "WHERE year(h.awarded_on) = 2023"
        ).fetchall()


def test_candidates_have_stars_and_no_medal(medals_board, serve):
    serve(medals_board)
    awards = _awards(medals_board)
    assert len({person for person, *_rest in awards}) < len(awards)
    medalled = {person for person, kind, *_rest in awards if kind in honours.MEDALS}
    days = defaultdict(list)
    for person, kind, day, _area in awards:
        if kind == honours.STAR and person not in medalled:
            days[person].append(day)
    assert medalled
    expected = sorted(days, key=lambda one: (-len(days[one]), -max(days[one]).toordinal(), one))
    choice = honours.Choice("candidates", Y2023, Period.parse("2023-08"), None)
    found = honours.everyone(serving(), choice)
    assert found["steward_id"].tolist() == expected
    assert found["stars"].tolist() == [len(days[person]) for person in expected]
    first = honours.first_people(serving(), choice)
    assert first.count == len(expected)
    assert first.listed["steward_id"].tolist() == expected[: honours.LISTED]


def test_lists_begin_with_the_best_and_the_newest(medals_board, serve):
    serve(medals_board)
    awards = _awards(medals_board)
    medals = [
        (honours.MEDALS.index(kind), area, person)
        for person, kind, _day, area in awards
        if kind in honours.MEDALS
    ]
    choice = honours.Choice("medals", Y2023, Period.parse("2023-08"), None)
    assert honours.everyone(serving(), choice)["steward_id"].tolist() == [one[2] for one in sorted(medals)]
    assert honours.first_people(serving(), choice).count == len(medals) > honours.LISTED
    stars = [
        (-day.toordinal(), area, person)
        for person, kind, day, area in awards
        if kind == honours.STAR and day.month == 8
    ]
    choice = honours.Choice("stars", Y2023, Period.parse("2023-08"), None)
    assert honours.everyone(serving(), choice)["steward_id"].tolist() == [one[2] for one in sorted(stars)]
    assert honours.first_people(serving(), choice).count == len(stars) > 0


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


@pytest.mark.parametrize("chosen", ["medals", "stars", "candidates"])
def test_first_people_of_every_area_are_the_first_of_its_whole_list(chosen, medals_board, serve):
    serve(medals_board)
    board, month = serving(), Period.parse("2023-08")

    def in_area(area):
        return honours.Choice(chosen, Y2023, month, area)

    places = subdistricts_and_communities(board)
    communities = places.loc[places["level"] == "community", "area_code"].tolist()
    counts = {}
    for area in [None, "Q2", *communities]:
        every = honours.everyone(board, in_area(area))
        first = honours.first_people(board, in_area(area))
        assert first.listed["steward_id"].tolist() == every["steward_id"].tolist()[: honours.LISTED]
        counts[area] = first.count
        assert counts[area] == len(every)
    # A person stands once in the district, in one community.
    assert counts[None] == sum(counts[one] for one in communities) > honours.LISTED
    if chosen == "candidates":
        medalled = {row[0] for row in _awards(medals_board) if row[1] in honours.MEDALS}
        assert not medalled & set(honours.everyone(board, in_area(None))["steward_id"])
