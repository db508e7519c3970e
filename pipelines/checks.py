"""The findings that SQL cannot state in a portable way: structured codes and shifted coordinates."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import duckdb

from pipelines.district import District
from pipelines.geo import coordinate_offset

Connection = duckdb.DuckDBPyConnection

_PARTS_ZH = {"number": "号段", "unit": "单位", "grid": "网格", "building": "楼栋"}


def find_code_mismatches(con: Connection) -> None:
    """Finding steward_code_mismatch: a code says another class, unit, grid or building than every row of the roster."""
    settings = _district(con).stewards
    if settings.code_pattern is None:
        return
    rows = con.execute(
        "SELECT s.steward_id, CAST(s.steward_number AS VARCHAR), u.unit_id, g.area_code, s.building "
        "FROM facts.stewards AS s LEFT JOIN facts.units AS u ON u.unit_no = s.unit_no "
        "LEFT JOIN facts.areas AS g ON g.area_no = s.grid_no ORDER BY s.roster_no"
    ).fetchall()
    pattern, groups = re.compile(settings.code_pattern), settings.code_groups
    found = []
    for steward_id, *roster in rows:
        parts = dict(zip(_PARTS_ZH, roster, strict=True))
        found += [(steward_id, message) for message in code_mismatches(pattern, groups, steward_id, parts)]
    _add_findings(con, "steward_code_mismatch", "stewards", dict.fromkeys(found))


def code_mismatches(
    pattern: re.Pattern[str], groups: dict[str, int], steward_id: str, roster: dict[str, Any]
) -> Iterator[str]:
    """What a code says otherwise than the roster; a part that either of them leaves out is no mismatch.

    `groups`: number of the pattern's group for each of number, unit, grid, building that it has.
    """
    match = pattern.search(steward_id)
    if match is None:
        yield "编号不合编号规则"
        return
    for part, group in groups.items():
        said, known = match[group], roster[part]
        if said is not None and known is not None and said != known:
            yield f"编号中的{_PARTS_ZH[part]}是 {said}，名册上是 {known}"


def find_shifts(con: Connection) -> None:
    """Finding coordinate_offset: the check-ins of a community lie beside its point by a constant shift."""
    datum = _district(con).checkins.datum
    # A shift of 100 m leaves half of the check-ins at least 70 m away; the others need no closer look.
    points = con.execute(
        "SELECT a.area_code, c.longitude, c.latitude, a.longitude AS point_longitude, a.latitude AS point_latitude "
        "FROM facts.checkins AS c JOIN facts.areas AS a ON a.area_no = c.community_no WHERE c.community_no IN ("
        "SELECT community_no FROM facts.checkins GROUP BY community_no "
        "HAVING percentile_cont(0.5) WITHIN GROUP (ORDER BY distance_m) >= 50)"
    ).fetchnumpy()
    codes = points.pop("area_code")
    found = []
    for area_code in sorted(set(codes)):
        stood_longitude, stood_latitude, longitude, latitude = (
            column[codes == area_code] for column in points.values()
        )
        offset = coordinate_offset(stood_longitude, stood_latitude, longitude, latitude, datum)
        if offset is not None:
            likely = f"，像是 {offset.likely_datum} 坐标" if offset.likely_datum else ""
            message = (
                f"{offset.checkins} 次打卡整体偏离登记点 {offset.distance_m:.0f} 米"
                f"（向东 {offset.east_m:.0f}、向北 {offset.north_m:.0f}）{likely}"
            )
            found.append((str(area_code), message))
    _add_findings(con, "coordinate_offset", "areas", found)


def _add_findings(con: Connection, check: str, export: str, found: Iterable[tuple[str, str]]) -> None:
    rows = [(check, "warning", export, key, message) for key, message in found]
    if rows:
        con.executemany("INSERT INTO meta.findings VALUES (?, ?, ?, ?, ?)", rows)


def _district(con: Connection) -> District:
    return District.from_json(con.execute("SELECT district_json FROM meta.settings").fetchall()[0][0])
