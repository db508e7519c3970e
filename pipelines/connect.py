"""Read-only connections to a version: no extension fetched, no other file read, no setting changed."""

import duckdb

from pipelines.faults import VersionHeld, VersionUnreadable
from pipelines.integrity import assure
from pipelines.versions import Version

# With `private` the public file is attached under this name. A cursor of such a connection begins in an
# empty catalog and needs a `USE board` of its own.
PUBLIC_CATALOG = "board"

# The questions of a screen are small and many: sharing each among all cores costs a sixth more CPU and saves no time,
# and many readers are many threads already.
_THREADS = 1

_Settings = dict[str, str | bool | int | float | list[str]]
_OFFLINE: _Settings = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
_READ_ONLY: _Settings = {
    **_OFFLINE,
    "access_mode": "READ_ONLY",
    "enable_external_access": "false",
    "lock_configuration": "true",
    "threads": _THREADS,
}


def connect(version: Version, *, private: bool = False) -> duckdb.DuckDBPyConnection:
    """Connect to a version whose checksums hold; with `private` the catalog `private` stands beside it.

    Raises VersionDamaged, VersionOfOtherLayout, VersionHeld (another program may write into the file) and
    VersionUnreadable (DuckDB cannot open it, or it was deleted this very moment).
    """
    assure(version, private=private)
    try:
        if private:
            return _connect_with_private(version)
        return duckdb.connect(str(version.public_path), config=_READ_ONLY)
    except duckdb.Error as error:
        if "lock on file" in str(error):
            raise VersionHeld(version.public_path) from error
        raise VersionUnreadable(version.public_path, str(error).splitlines()[0]) from error


def _connect_with_private(version: Version) -> duckdb.DuckDBPyConnection:
    # DuckDB keeps one instance per path in a process and shows what one connection attached to all of
    # them. An instance of its own keeps the names out of every other connection.
    connection = duckdb.connect(":memory:", config={**_OFFLINE, "threads": _THREADS})
    try:
        for path, name in ((version.public_path, PUBLIC_CATALOG), (version.private_path, "private")):
            quoted = str(path).replace("'", "''")
            connection.execute(f"ATTACH '{quoted}' AS {name} (READ_ONLY)")
        connection.execute(f"USE {PUBLIC_CATALOG}")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
    except duckdb.Error:
        connection.close()
        raise
    return connection
