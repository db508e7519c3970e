"""The pictures of one period: a sheet of every screen that has a subject, under names that stay."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

from dashboard.pictures.shots import Shot, take
from pipelines.faults import PictureFolder
from pipelines.periods import Period
from pipelines.ranking_tables import period_with_data
from pipelines.warehouse import Warehouse

# File name → address of the screen. Tools (SQL, upload, definitions) have no subject of their own.
SCREENS = {
    "overview": "",
    "map": "map",
    "units": "units",
    "tasks": "tasks",
    "surveys": "surveys",
    "communities": "communities",
    "stewards": "stewards",
    "honours": "honours",
    "unit-accounts": "unit-accounts",
    "what-if": "what-if",
    "publication": "publication",
    "points": "points",
    "wishes": "wishes",
    "checkins": "checkins",
    "safety": "safety",
    "projects": "projects",
    "explore": "explore",
    "data": "data",
}


def every_screen(period: Period) -> list[Shot]:
    """One picture a screen: 01-overview, 02-map …; screens of quarters or years show the one that fits the period."""
    choices = urlencode({"grain": period.grain, "period": period.key})
    return [
        Shot(f"{number:02}-{name}", f"/{address}?{choices}")
        for number, (name, address) in enumerate(SCREENS.items(), start=1)
    ]


def picture_every_screen(warehouse: Path, period: str, out: Path, scale: int = 1) -> Sequence[Path]:
    """Writes all pictures of a period (2023-09, 2023Q3 or 2023) and gives their paths.

    Raises PeriodFault and PeriodWithoutData for the period, PictureFolder for `out`, the faults of the warehouse, and
    those of `take`.
    """
    wanted = Period.parse(period)
    with Warehouse(warehouse).open() as version:
        period_with_data(version, wanted)
    if any(folder.exists() and not folder.is_dir() for folder in (out, *out.parents)):
        raise PictureFolder(out)
    return take(warehouse, every_screen(wanted), out, scale)
