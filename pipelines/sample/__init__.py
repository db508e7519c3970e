"""Sample districts: fictional exports, row by row, that reproduce the published figures of a programme.

Names, people, places and numbers are invented; equal arguments give equal bytes.
"""

import math
import shutil
import tempfile
from pathlib import Path

from pipelines.faults import SampleFolderTaken, SampleOption
from pipelines.sample.duodao import write_district
from pipelines.sample.plan import LAST_MONTH, MOST_MONTHS, Figures, Plan, months_until

__all__ = ["PROGRAMMES", "write_sample", "write_small"]

PROGRAMMES = ("duodao",)
_SCALES = (0.01, 20.0)

# One subdistrict of 14 communities, a quarter of its people and events.
_SMALL = Figures(
    stewards=672, leaders=14, cadres=60, staff=138, council=66, keen=190, heads=204, leavers=30, party=212,
    tasks=3_500, claims=11_500, verified=3_700, wishes=420, fulfilled=362, stars=200, medals=28, activities=900,
    satisfaction_answers=500, safety_answers=400,
)  # fmt: skip


def write_sample(
    out: Path, programme: str = "duodao", scale: float = 1.0, seed: int = 2023, months: int = 24
) -> None:
    """Write the exports of a sample district, `boundaries.geojson` and `district.toml` into a new folder.

    `scale` multiplies people and events, not communities, units and sites; `months` (1 to 36) end with
    2023-12. At scale 1.0 the year 2023 has the published figures of the programme.

    Raises SampleOption for arguments outside these, SampleFolderTaken when `out` is a file or holds
    anything.
    """
    if programme not in PROGRAMMES:
        raise SampleOption(f"没有示例“{programme}”", f"从 {'、'.join(PROGRAMMES)} 中选一个")
    if not (math.isfinite(scale) and _SCALES[0] <= scale <= _SCALES[1]):
        raise SampleOption(f"规模 {scale:g} 不行", f"给出 {_SCALES[0]:g} 到 {_SCALES[1]:g} 之间的数")
    if not 1 <= months <= MOST_MONTHS:
        raise SampleOption(f"月数 {months} 不行", f"给出 1 到 {MOST_MONTHS} 之间的整数")
    if seed < 0:
        raise SampleOption(f"随机种子 {seed} 不行", "给出 0 或更大的整数")
    _write(Plan(seed, Figures().scaled(scale), months_until(LAST_MONTH, months)), out)


def write_small(out: Path) -> None:
    """Write the small district that is kept in `sample_data`: one subdistrict, the third quarter of 2023.

    Raises SampleFolderTaken when `out` is a file or holds anything.
    """
    _write(Plan(2023, _SMALL, months_until(LAST_MONTH - 3, 3), units=12, small=True), out)


def _write(plan: Plan, out: Path) -> None:
    """Whole or not at all: the files are made beside the folder and moved there when all are written."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise SampleFolderTaken(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        write_district(plan, unfinished)
        unfinished.chmod(0o755)
        if out.exists():
            out.rmdir()
        unfinished.rename(out)
    finally:
        if unfinished.exists():
            shutil.rmtree(unfinished)
