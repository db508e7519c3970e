"""Competition ranks, shares by size and the consequences for units."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.ranking import (
    Rank,
    RankedUnit,
    competition_ranks,
    exact_score,
    rank_units,
    ranks_within,
    shares_by_size,
)
from pipelines.tiers import Tier

few_scores = st.fractions(0, 5, max_denominator=4)
many_scores = st.lists(st.none() | few_scores, max_size=40)
groups = st.sampled_from(["机关", "企业", "社会组织", ""])
unit_lists = st.lists(
    st.builds(RankedUnit, st.just("u"), groups, st.none() | few_scores, st.none() | st.sampled_from(Tier)),
    max_size=40,
)
sizes = st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 60), max_size=8)


def unit(
    unit_id: str, score: int | Fraction | None, tier: Tier | None = None, group: str = "机关"
) -> RankedUnit:
    return RankedUnit(unit_id, group, None if score is None else Fraction(score), tier)


def consequences(units: list[RankedUnit], commend: int, explain: int) -> dict[str, str]:
    return {standing.unit_id: standing.consequence for standing in rank_units(units, commend, explain)}


def test_a_score_is_an_exact_share_and_zero_point_people_count() -> None:
    assert exact_score(100, 3) == Fraction(100, 3)
    assert exact_score(Decimal("0.1"), 3) * 3 == Fraction(1, 10)
    assert exact_score(0, 5) == 0
    assert exact_score(0, 0) is None


@pytest.mark.parametrize("inexact", [0.1, float("nan"), "3"])
def test_an_inexact_number_is_never_ranked(inexact: object) -> None:
    with pytest.raises(TypeError, match="cannot be ranked"):
        exact_score(inexact, 1)  # type: ignore[arg-type]  # what types forbid is refused at run time, too
    with pytest.raises(TypeError, match="cannot be ranked"):
        competition_ranks([1, inexact])  # type: ignore[list-item]  # the same


def test_ranks_are_1_2_2_4_in_the_order_given() -> None:
    assert competition_ranks([7, 9, None, 8, 8]) == [
        Rank(4, False, 4), Rank(1, False, 4), None, Rank(2, True, 4), Rank(2, True, 4),
    ]  # fmt: skip


def test_everyone_equal_is_first_together() -> None:
    assert competition_ranks([Fraction(3)] * 3) == [Rank(1, True, 3)] * 3


def test_nobody_has_no_ranks() -> None:
    assert competition_ranks([]) == []
    assert competition_ranks([None]) == [None]


def test_equal_means_equal_unrounded() -> None:
    third = Fraction(1, 3)
    assert [rank.rank for rank in competition_ranks([third, third - Fraction(1, 10**18)]) if rank] == [1, 2]
    assert competition_ranks([Fraction(2, 6), third]) == [Rank(1, True, 2)] * 2
    assert competition_ranks([Decimal("1.50"), Fraction(3, 2)]) == [Rank(1, True, 2)] * 2


@given(many_scores)
def test_a_rank_is_one_more_than_the_number_of_better_ones(scores: list[Fraction | None]) -> None:
    ranked = [score for score in scores if score is not None]
    for score, rank in zip(scores, competition_ranks(scores), strict=True):
        if score is None:
            assert rank is None
        else:
            better = sum(other > score for other in ranked)
            assert rank == Rank(better + 1, ranked.count(score) > 1, len(ranked))


@given(st.lists(st.tuples(groups, st.none() | few_scores), max_size=40))
def test_ranks_within_groups_are_the_ranks_of_each_group_alone(
    rows: list[tuple[str, Fraction | None]],
) -> None:
    within = ranks_within([group for group, _ in rows], [score for _, score in rows])
    for group in {group for group, _ in rows}:
        alone = competition_ranks([score for name, score in rows if name == group])
        assert alone == [rank for rank, (name, _) in zip(within, rows, strict=True) if name == group]


@pytest.mark.parametrize(
    ("places", "group_sizes", "shares"),
    [
        (10, {"a": 40, "b": 25, "c": 15}, {"a": 5, "b": 3, "c": 2}),
        (7, {"a": 40, "b": 25, "c": 15}, {"a": 4, "b": 2, "c": 1}),
        (10, {"a": 80}, {"a": 10}),
        (10, {"a": 3, "b": 4}, {"a": 3, "b": 4}),
        (1, {"a": 5, "b": 5}, {"a": 1, "b": 0}),
        (1, {"b": 5, "a": 5}, {"b": 0, "a": 1}),
        (5, {"a": 10, "b": 10, "c": 10}, {"a": 2, "b": 2, "c": 1}),
        (2, {"a": 1, "b": 3}, {"a": 0, "b": 2}),
        (0, {"a": 10}, {"a": 0}),
        (10, {"a": 0, "b": 0}, {"a": 0, "b": 0}),
        (10, {}, {}),
    ],
)
def test_places_are_shared_out_by_largest_remainder(
    places: int, group_sizes: dict[str, int], shares: dict[str, int]
) -> None:
    assert shares_by_size(places, group_sizes) == shares


@given(st.integers(0, 100), sizes)
def test_shares_add_up_and_stay_within_one_of_the_quota(places: int, group_sizes: dict[str, int]) -> None:
    shares = shares_by_size(places, group_sizes)
    members = sum(group_sizes.values())
    given_out = min(places, members)
    assert sum(shares.values()) == given_out
    for group, size in group_sizes.items():
        assert 0 <= shares[group] <= size
        if members:
            assert abs(shares[group] - Fraction(given_out * size, members)) < 1


@given(st.integers(0, 100), sizes)
def test_shares_do_not_depend_on_the_order_of_the_groups(places: int, group_sizes: dict[str, int]) -> None:
    backwards = dict(reversed(group_sizes.items()))
    assert shares_by_size(places, group_sizes) == shares_by_size(places, backwards)


def test_first_are_commended_and_last_explain() -> None:
    units = [unit(str(score), score, Tier.PASS) for score in range(1, 7)]
    assert consequences(units, commend=2, explain=1) == {
        "6": "commended", "5": "commended", "4": "", "3": "", "2": "", "1": "explains",
    }  # fmt: skip


def test_a_tie_at_either_cut_is_included() -> None:
    units = [unit("a", 9, Tier.PASS), unit("b", 8, Tier.PASS), unit("c", 8, Tier.PASS), unit("d", 5, Tier.PASS),
             unit("e", 3, Tier.PASS), unit("f", 3, Tier.PASS)]  # fmt: skip
    assert consequences(units, commend=2, explain=1) == {
        "a": "commended", "b": "commended", "c": "commended", "d": "", "e": "explains", "f": "explains",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("tier", "consequence"),
    [(Tier.EXCELLENT, ""), (Tier.GOOD, ""), (Tier.PASS, "explains"), (Tier.FAIL, "explains+ineligible"), (None, "explains")],
)  # fmt: skip
def test_good_or_better_never_explains(tier: Tier | None, consequence: str) -> None:
    units = [unit("first", 9, Tier.EXCELLENT), unit("middle", 8, Tier.EXCELLENT), unit("last", 1, tier)]
    assert consequences(units, commend=1, explain=1)["last"] == consequence


def test_fail_is_ineligible_wherever_it_stands_and_never_commended() -> None:
    units = [unit("a", 5, Tier.FAIL), unit("b", 4, Tier.FAIL), unit("c", 3, Tier.FAIL)]
    assert consequences(units, commend=1, explain=1) == {
        "a": "ineligible", "b": "ineligible", "c": "explains+ineligible",
    }  # fmt: skip


def test_places_are_shared_among_groups_by_ranked_units_only() -> None:
    large = [unit(f"L{score}", score, Tier.PASS, "large") for score in range(6)]
    small = [unit(f"S{score}", score, Tier.PASS, "small") for score in range(3)]
    empty = [unit(f"E{number}", None, None, "small") for number in range(9)]
    found = consequences(large + small + empty, commend=3, explain=3)
    assert [name for name in found if found[name] == "commended"] == ["L4", "L5", "S2"]
    assert [name for name in found if found[name] == "explains"] == ["L0", "L1", "S0"]
    assert {found[name] for name in found if name.startswith("E")} == {""}


def test_a_commended_unit_does_not_explain_even_where_first_and_last_meet() -> None:
    assert consequences([unit("only", 3, Tier.PASS)], commend=1, explain=1) == {"only": "commended"}


def test_a_unit_without_people_has_no_rank_and_no_consequence() -> None:
    standings = rank_units([unit("a", None), unit("b", 2)], commend=1, explain=1)
    assert [(standing.rank, standing.consequence) for standing in standings] == [
        (None, ""), (Rank(1, False, 1), "commended"),
    ]  # fmt: skip


@given(unit_lists, st.integers(0, 12), st.integers(0, 12))
def test_consequences_keep_their_promises(units: list[RankedUnit], commend: int, explain: int) -> None:
    standings = rank_units(units, commend, explain)
    group_sizes = Counter(one.ranking_group for one in units if one.score is not None)
    commended_places = shares_by_size(commend, group_sizes)
    explaining_places = shares_by_size(explain, group_sizes)
    for one, standing in zip(units, standings, strict=True):
        group = [other.score for other in units if other.ranking_group == one.ranking_group]
        better = sum(other is not None and one.score is not None and other > one.score for other in group)
        worse = sum(other is not None and one.score is not None and other < one.score for other in group)
        first = one.score is not None and better < commended_places[one.ranking_group]
        last = one.score is not None and worse < explaining_places[one.ranking_group]
        fails = one.score is not None and one.tier is Tier.FAIL
        assert ("commended" in standing.consequence) == (first and not fails)
        assert ("ineligible" in standing.consequence) == fails
        good = one.tier in (Tier.EXCELLENT, Tier.GOOD)
        assert ("explains" in standing.consequence) == (last and not good and (fails or not first))


@given(unit_lists, st.integers(0, 12), st.integers(0, 12), st.randoms(use_true_random=False))
def test_the_order_of_the_units_changes_nothing(
    units: list[RankedUnit], commend: int, explain: int, random: Random
) -> None:
    named = [RankedUnit(str(n), one.ranking_group, one.score, one.tier) for n, one in enumerate(units)]
    shuffled = list(named)
    random.shuffle(shuffled)
    by_name = {standing.unit_id: standing for standing in rank_units(shuffled, commend, explain)}
    assert [by_name[standing.unit_id] for standing in rank_units(named, commend, explain)] == rank_units(
        named, commend, explain
    )
