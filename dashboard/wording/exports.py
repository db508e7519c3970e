"""The names of the exports in words."""

from dashboard.translations import language
from pipelines.sources import load_exports


def export_labels() -> dict[str, str]:
    """Export → its name in the language in use."""
    chinese = language() == "zh_CN"
    return {name: one.label if chinese else one.label_en for name, one in load_exports().items()}
