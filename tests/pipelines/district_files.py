"""Settings files for the tests of the district."""

from pathlib import Path

FULL = Path(__file__).with_name("full_district.toml").read_text("utf-8")


def settings_file(folder: Path, content: str | bytes) -> Path:
    """A district.toml with this content."""
    path = folder / "district.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
