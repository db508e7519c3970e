"""The committed data dictionary is what the declarations say."""

from pathlib import Path

from pipelines.dictionary import COMMITTED, render_dictionary
from pipelines.reasons import Reason
from pipelines.sources import load_exports

ROOT = Path(__file__).parents[2]
REASONS = (
    "ragged_row bad_quote bad_encoding missing_value bad_number bad_date bad_choice out_of_range wrong_order "
    "future_date unknown_reference total_row repeated_header too_long"
)


def test_the_committed_dictionary_is_up_to_date() -> None:
    committed = (ROOT / COMMITTED).read_text(encoding="utf-8")
    assert committed == render_dictionary(), "run: python -m pipelines.dictionary"


def test_every_column_choice_and_alias_is_explained() -> None:
    text = render_dictionary()
    for export in load_exports().values():
        section = text.split(f"\n## {export.name} {export.label}\n")[1].split("\n## ")[0]
        for column in export.columns:
            line = next(
                line
                for line in section.splitlines()
                if line.startswith(f"| `{column.name}` | {column.header} |")
            )
            assert all(choice.value in line for choice in column.choices)
            assert all(alias in line for alias in column.aliases)
            assert ("隐私" in line) == column.personal
            assert f"→ `{column.references}`" in line or column.references is None


def test_every_check_is_listed_as_a_finding() -> None:
    findings = render_dictionary().split("\n## 疑点\n")[1]
    for path in (ROOT / "pipelines" / "sql" / "checks").glob("*.sql"):
        assert f"| `{path.stem}` |" in findings


def test_reasons_are_those_of_the_contract_and_explained() -> None:
    assert [reason.value for reason in Reason] == REASONS.split()
    assert Reason("bad_date") is Reason.BAD_DATE
    assert f"{Reason.BAD_DATE}" == "bad_date"
    assert len({reason.label for reason in Reason}) == len(Reason)
    text = render_dictionary()
    for reason in Reason:
        assert f"| `{reason.value}` | {reason.label} | {reason.explanation} |" in text
        assert reason.explanation.endswith("。")
