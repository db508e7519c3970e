"""The settings that the district decides itself: `district.toml`, its defaults and its faults."""

from pipelines.district.reading import load_district
from pipelines.district.settings import District, ScoreLineSettings

__all__ = ["District", "ScoreLineSettings", "load_district"]
