"""The catalogue: complete, consistent with the marts, and refused when an entry contradicts itself."""

from pathlib import Path

import duckdb
import pytest

import pipelines.metrics
from pipelines.metrics import (
    AREA_DIMENSIONS,
    DAILY,
    OWN_PERIODS,
    CatalogueError,
    load_dimensions,
    load_metrics,
    read_catalogue,
)
from tests.pipelines.tiny_records import RECORDS

# What the screens and the published figures of the core programme ask for.
WANTED = """
    stewards resident_share party_stewards stewards_per_community target_reached_rate
    tasks_published tasks_claimed task_claim_rate tasks_closed closing_rate in_time_rate tasks_overdue tasks_unclaimed
    claims claims_per_task completions verifications verification_rate pass_rate five_star_rate self_verified
    points_earned points_redeemed points_lottery points_balance points_per_steward
    checkins valid_checkins checkin_valid_rate checkins_per_person
    wishes_collected wishes_adopted wishes_fulfilled wish_adoption_rate wish_fulfilled_rate wishes_open
    satisfaction_rate safety_rate bulletin_value bulletin_rank
    stations merchants communities_without_station activities activity_participants meetings prize_meetings
    stars medals medal_share projects project_quantity incidents
"""

ENTRY = {
    "name": "visits",
    "label": "走访",
    "label_en": "Visits",
    "definition": "期内走访次数",
    "definition_en": "Visits in the period",
    "mart": "visits",
    "numerator": "visits",
    "kind": "count",
    "better": "up",
    "format": "integer",
    "suffix": "次",
    "grains": ["month"],
    "dimensions": ["community"],
}


def test_the_module_is_read_and_not_the_folder_beside_it() -> None:
    assert str(pipelines.metrics.__file__).endswith("metrics.py")


def test_the_wanted_metrics_are_there() -> None:
    assert set(WANTED.split()) <= set(load_metrics())
    assert all(name == metric.name for name, metric in load_metrics().items())


def test_columns_marts_and_dimensions_exist(tiny: duckdb.DuckDBPyConnection) -> None:
    found = tiny.execute(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'marts'"
    )
    columns: dict[str, set[str]] = {}
    for table, column in found.fetchall():
        columns.setdefault(table, set()).add(column)
    for metric in load_metrics().values():
        named = f"{metric.numerator} {metric.denominator or ''} {metric.name_suffix or ''}".split()
        assert set(named) - {"+", "-"} <= columns[metric.mart], metric.name
        assert "community_no" in columns[metric.mart]
        if "wave" in metric.grains:
            assert "wave" in columns[metric.mart]
        in_mart = {
            row[0] for row in tiny.execute(f"SELECT DISTINCT dimension FROM marts.{metric.mart}").fetchall()
        }
        assert set(metric.dimensions) - set(AREA_DIMENSIONS) <= in_mart, metric.name
    daily = {
        mart
        for mart in {metric.mart for metric in load_metrics().values()} & set(columns)
        if "grain" in columns[mart]
        and tiny.execute(f"SELECT 1 FROM marts.{mart} WHERE grain = 'day'").fetchall()
    }
    assert daily == DAILY
    assert not DAILY & OWN_PERIODS


def test_declared_codes_are_those_that_the_marts_hold(tiny: duckdb.DuckDBPyConnection) -> None:
    for mart, dimension in (
        ("checkins", "distance"),
        ("wishes", "age"),
        ("publications", "age"),
        ("progress", "progress"),
    ):
        codes = {
            row[0]
            for row in tiny.execute(
                f"SELECT code FROM marts.{mart} WHERE dimension = '{dimension}'"
            ).fetchall()
        }
        assert codes
        assert codes - {""} <= {code.code for code in load_dimensions()[dimension].codes}


def test_labels_are_told_apart() -> None:
    metrics = load_metrics().values()
    assert len({metric.label for metric in metrics}) == len(metrics)
    assert len({metric.label_en for metric in metrics}) == len(metrics)
    assert all(metric.definition and metric.definition_en for metric in metrics)


def test_lookups_stand_in_the_warehouse(tiny: duckdb.DuckDBPyConnection) -> None:
    lookups = [dimension.lookup for dimension in load_dimensions().values() if dimension.lookup]
    assert len(lookups) == 3
    for lookup in lookups:
        assert tiny.execute(f"SELECT {lookup.code}, name FROM {lookup.table}").fetchall()
    assert RECORDS["units"]


def catalogue(folder: Path, **changes: object) -> Path:
    """A folder of one dimension and one metric, ENTRY with changes; None leaves a key out."""
    entry = {key: value for key, value in {**ENTRY, **changes}.items() if value is not None}
    lines = [
        f"{key} = {str(value).lower() if isinstance(value, bool) else repr(value)}"
        for key, value in entry.items()
    ]
    dimension = '[[dimension]]\nname = "community"\nlabel = "社区"\nlabel_en = "Community"\n'
    (folder / "one.toml").write_text(dimension + "[[metric]]\n" + "\n".join(lines), encoding="utf-8")
    return folder


def test_a_good_entry_is_read(tmp_path: Path) -> None:
    metrics, dimensions = read_catalogue(catalogue(tmp_path))
    assert metrics["visits"].suffix == "次"
    assert list(dimensions) == ["community"]


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "rate"},  # a rate has a denominator
        {"denominator": "stewards"},  # a count has none
        {"kind": "mean", "denominator": "stewards", "format": "percent1"},
        {"numerator": "visits; DROP TABLE x"},
        {"numerator": "visits * 2"},
        {"name": "Visits"},
        {"grains": []},
        {"grains": ["week"]},
        {"dimensions": ["weather"]},  # not declared
        {"requires": "kind"},  # not among its dimensions
        {"better": "higher"},
        {"definition": None},
        {"colour": "red"},
    ],
)
def test_a_bad_entry_is_refused(tmp_path: Path, changes: dict[str, object]) -> None:
    with pytest.raises(CatalogueError):
        read_catalogue(catalogue(tmp_path, **changes))


def test_one_name_for_one_metric(tmp_path: Path) -> None:
    text = catalogue(tmp_path).joinpath("one.toml").read_text(encoding="utf-8")
    (tmp_path / "two.toml").write_text(text[text.index("[[metric]]") :], encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"two\.toml: visits is there twice"):
        read_catalogue(tmp_path)
