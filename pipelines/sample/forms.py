"""Which files of a sample are written in which form, as the exports of a real office differ."""

import numpy as np

from pipelines.sample.names import DISTRICT
from pipelines.sample.plan import month_of_year
from pipelines.sample.writing import Form

_FULL = {
    ("points", "2023-03"): Form(title=f"{DISTRICT}积分流水（2023年3月）", total="points", crlf=True),
    ("tasks", "2023-04"): Form(encoding="gb18030", crlf=True),
    ("activities", "2023-02"): Form(delimiter=";", crlf=True),
    ("checkins", "2023-06"): Form(delimiter="\t", suffix="tsv"),
    ("wishes", "2023-07"): Form(dates="%Y年%m月%d日", bom=True),
    ("honours", "2023-01"): Form(english=True),
    ("meetings", "2022-06"): Form(dates="%Y/%m/%d", bom=True, crlf=True),
    ("claims", "2022-11"): Form(stray=True),
    ("tasks", "2023-10"): Form(stray=True, bom=True),
    ("activities", "2023-09"): Form(header_again=True, bom=True),
}
_SMALL = {
    ("points", "2023-07"): Form(
        title=f"{DISTRICT}积分流水（2023年7月）", total="points", crlf=True, bom=True
    ),
    ("tasks", "2023-07"): Form(stray=True),
    ("tasks", "2023-08"): Form(encoding="gb18030", crlf=True),
    ("claims", "2023-08"): Form(stray=True, bom=True),
    ("activities", "2023-08"): Form(delimiter=";", header_again=True),
    ("checkins", "2023-08"): Form(delimiter="\t", suffix="tsv"),
    ("wishes", "2023-07"): Form(dates="%Y年%m月%d日", bom=True),
    ("wishes", "2023-09"): Form(dates="%Y/%m/%d", crlf=True),
    ("honours", "2023-08"): Form(english=True),
    ("meetings", "2023-09"): Form(encoding="utf-16", bom=False),
}
# The month whose points were handed over wrong and exported again later, and the day of that.
_CORRECTED = {False: ("2023-05", "2023-06-12"), True: ("2023-08", "2023-09-12")}


def form_of(export: str, month: np.datetime64, small: bool) -> Form:
    """The form of a monthly file; where nothing is special, every other month has a byte order mark."""
    special = (_SMALL if small else _FULL).get((export, str(month)))
    return special or Form(bom=month_of_year(month) % 2 == 0, crlf=export in ("satisfaction", "honours"))


def corrected(small: bool) -> tuple[np.datetime64, np.datetime64]:
    """Month and day of the corrected re-export of points."""
    month, day = _CORRECTED[small]
    return np.datetime64(month, "M"), np.datetime64(day, "D")
