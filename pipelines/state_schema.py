"""The tables of state.sqlite, and what brings an older file up to them."""

SCHEMA_VERSION = 3

_SAVED_VIEWS = """
CREATE TABLE saved_views (
    name     TEXT PRIMARY KEY,
    address  TEXT NOT NULL CHECK (json_valid(address)),   -- choice → code, as in the address of the page
    saved_at TEXT NOT NULL,
    saved_by TEXT NOT NULL
);
"""
_PASSAGES = """
CREATE TABLE passages (
    period   TEXT NOT NULL,                       -- 2023-09
    passage  TEXT NOT NULL,                       -- name of a free paragraph of the report
    text     TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    saved_by TEXT NOT NULL,
    PRIMARY KEY (period, passage)
);
"""
_AUDIT = """
CREATE TABLE audit (
    entry_no INTEGER PRIMARY KEY,
    at       TEXT NOT NULL,                       -- UTC, ISO 8601
    who      TEXT NOT NULL,                       -- user of the operating system
    action   TEXT NOT NULL CHECK (action IN ('build', 'rollback', 'upload', 'fix', 'passage')),
    version  TEXT,
    detail   TEXT NOT NULL CHECK (json_valid(detail))
);
"""
SCHEMA = f"""
BEGIN IMMEDIATE;
{_AUDIT}
CREATE TABLE fixed_rankings (
    quarter  TEXT PRIMARY KEY,                    -- 2023Q3
    version  TEXT NOT NULL,
    fixed_at TEXT NOT NULL,
    fixed_by TEXT NOT NULL,
    rules    TEXT NOT NULL CHECK (json_valid(rules)),
    rows     TEXT NOT NULL CHECK (json_valid(rows))
);
-- The highest sequence number ever given to a version: a number is never given twice, even when its
-- build was killed or its version is long deleted.
CREATE TABLE sequence (last INTEGER NOT NULL);
INSERT INTO sequence VALUES (0);
{_SAVED_VIEWS}
{_PASSAGES}
PRAGMA user_version = {SCHEMA_VERSION};
COMMIT;
"""
# Schema of a found file → what brings it up to the next one. SQLite cannot change a check, so the trail is copied.
UPGRADES = {
    1: f"BEGIN IMMEDIATE; {_SAVED_VIEWS} PRAGMA user_version = 2; COMMIT;",
    2: f"""
BEGIN IMMEDIATE;
{_PASSAGES}
ALTER TABLE audit RENAME TO audit_before;
{_AUDIT}
INSERT INTO audit SELECT * FROM audit_before;
DROP TABLE audit_before;
PRAGMA user_version = 3;
COMMIT;
""",
}
