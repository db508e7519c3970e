"""Versions as a program of before layouts had numbers left them: without the number, and without later tables."""

import json

import duckdb

from pipelines.integrity import sha256
from pipelines.versions import Version

LATER_TABLES = ("marts.points_off_rule", "meta.reject_states")


def aged(version: Version) -> None:
    """Make an older one of a version of a folder that may be changed."""
    sidecar = version.public_path.with_suffix(".json")
    told = json.loads(sidecar.read_text("utf-8"))
    del told["summary"]["layout"]
    version.public_path.chmod(0o644)
    with duckdb.connect(str(version.public_path)) as con:
        for table in LATER_TABLES:
            con.execute(f"DROP TABLE IF EXISTS {table}")
    told["public"] = {"sha256": sha256(version.public_path), "bytes": version.public_path.stat().st_size}
    sidecar.write_text(json.dumps(told), encoding="utf-8")
