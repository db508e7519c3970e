"""The values of closed lists (kinds, answers, ages) in words; names that a district gives itself stay as they are."""

from functools import cache

import pandas as pd

from dashboard.translations import DEFAULT_LANGUAGE, language
from pipelines.metrics import load_dimensions
from pipelines.sources import load_exports


def choice_label(value: object) -> str:
    """派单任务 or Assigned task; a value that stands in no list stays as it is written."""
    written = str(value)
    return written if language() == DEFAULT_LANGUAGE else _english().get(written, written)


def named(frame: pd.DataFrame, dimension: str | None) -> pd.DataFrame:
    """The answer to a question by a dimension, its column of names in the language in use."""
    if dimension is None or language() == DEFAULT_LANGUAGE or f"{dimension}_name" not in frame:
        return frame
    codes = {one.code: one.label_en for one in load_dimensions()[dimension].codes}
    names = [
        codes.get(str(code)) or choice_label(name)
        for code, name in zip(frame[dimension], frame[f"{dimension}_name"], strict=True)
    ]
    return frame.assign(**{f"{dimension}_name": names})


def code_label(dimension: str, label: str) -> str:
    """10米以内 or Up to 10 m: a code of a dimension that is known by its Chinese name."""
    if language() == DEFAULT_LANGUAGE:
        return label
    return next((one.label_en for one in load_dimensions()[dimension].codes if one.label == label), label)


@cache
def _english() -> dict[str, str]:
    """Stored value → English, of every closed list of the exports."""
    choices = (
        choice for export in load_exports().values() for column in export.columns for choice in column.choices
    )
    return {choice.value: choice.label_en for choice in choices if choice.label_en}
