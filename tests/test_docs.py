"""What the documents say is what the code does."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
import typer
from pydantic import BaseModel

from dashboard.command import app
from pipelines.district import District
from pipelines.faults import InputFault, LockFault, SurroundingsFault

ROOT = Path(__file__).parents[1]
READMES = ["README.md", "README.zh-CN.md"]
# Words that only stand for a value in the table: the options are compared, not their sample values.
USAGE = re.compile(r"^\| `steward ([a-z ]+?)((?: [^`a-z][^`]*)?)` \| (.+) \|$", re.MULTILINE)


def commands(group: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every command with its full name, those of subgroups included."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{prefix}{name} ")
        else:
            yield prefix + name, command


def real() -> dict[str, tuple[set[str], list[str]]]:
    """Options and arguments of every command as they are."""
    found = {}
    for name, command in commands(typer.main.get_command(app)):
        options = {max(p.opts, key=len) for p in command.params if p.param_type_name == "option"}
        arguments = [
            str(p.metavar or p.name).upper() for p in command.params if p.param_type_name == "argument"
        ]
        found[name] = (options - {"--help"}, arguments)
    return found


def documented(readme: str) -> dict[str, tuple[set[str], list[str]]]:
    """Options and arguments of every command as the README's table has them."""
    rows = USAGE.findall((ROOT / readme).read_text(encoding="utf-8"))
    found = {}
    for name, usage, _ in rows:
        with_values = re.findall(r"(--[a-z-]+)(?: ([^\s\]]+))?", usage)
        values = {value for _, value in with_values}
        words = [word.strip("[]") for word in usage.split() if not word.strip("[]").startswith("--")]
        found[name] = ({option for option, _ in with_values}, [word for word in words if word not in values])
    return found


@pytest.mark.parametrize("readme", READMES)
def test_the_table_of_commands_is_the_command(readme: str) -> None:
    assert documented(readme) == real()


@pytest.mark.parametrize("readme", READMES)
def test_every_exit_code_is_told(readme: str) -> None:
    codes = {
        int(code) for code in re.findall(r"^\| (\d) \|", (ROOT / readme).read_text("utf-8"), re.MULTILINE)
    }
    assert codes == {0, 1} | {family.exit_code for family in (InputFault, LockFault, SurroundingsFault)}


@pytest.mark.parametrize("readme", READMES)
def test_the_environment_variables_are_those_of_the_code(readme: str) -> None:
    code = "".join(path.read_text("utf-8") for path in (ROOT / "dashboard").rglob("*.py"))
    named = set(re.findall(r"STEWARD_[A-Z]+", (ROOT / readme).read_text("utf-8")))
    assert named
    assert named <= set(re.findall(r"\"(STEWARD_[A-Z]+)\"", code))


def test_the_make_targets_of_the_documents_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    text = "".join((ROOT / name).read_text("utf-8") for name in [*READMES, "CONTRIBUTING.md"])
    targets = set(re.findall(r"`?make ([a-z]+)`?$", text, re.MULTILINE)) | set(
        re.findall(r"`make ([a-z]+)`", text)
    )
    assert {"demo", "test", "bench", "format"} <= targets
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize("document", [*READMES, "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_between_documents_lead_somewhere(document: str) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / document).read_text("utf-8"))
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_the_changelog_has_a_place_for_what_comes() -> None:
    assert "\n## [Unreleased]\n" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def tracked_texts() -> list[tuple[str, str]]:
    """Every text file under version control, by name."""
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    texts = []
    for name in filter(None, names.split("\0")):
        try:
            texts.append((name, (ROOT / name).read_text("utf-8")))
        except (UnicodeDecodeError, FileNotFoundError):
            continue  # a picture or an export in another encoding; or removed but not yet committed
    return texts


def test_nothing_names_an_address_that_packages_come_from() -> None:
    """Which index serves the packages is the business of the machine, not of the project."""
    texts = tracked_texts()
    assert len(texts) > 50
    forbidden = re.compile(
        r"(pypi\.(?:org|tuna)|pythonhosted\.|registry\.npm|index-url|find-links|deb\.debian|--trusted-host)"
        + r"\b"
    )
    own = Path(__file__).relative_to(ROOT).as_posix()
    assert [
        (name, forbidden.search(text)) for name, text in texts if name != own and forbidden.search(text)
    ] == []


def test_the_constraints_pin_everything_exactly_and_everywhere_alike() -> None:
    lines = [
        line
        for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    assert len(lines) > 50
    assert [
        line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+(; sys_platform == \"win32\")?", line)
    ] == []
    pinned = {line.split(";")[0].lower().replace("_", "-") for line in lines}
    direct = re.findall(
        r"^    \"([\w.-]+==[\w.]+)\",$", (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE
    )
    assert len(direct) > 20
    assert [pin for pin in direct if pin.lower().replace("_", "-") not in pinned] == []


def test_what_is_imported_is_declared() -> None:
    """A package that only another package brings along may be gone after its next release."""
    declared = set(
        re.findall(r"^    \"([\w-]+)==", (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    )
    names = packages_distributions()
    imported: set[str] = set()
    for path in [*(ROOT / "pipelines").rglob("*.py"), *(ROOT / "dashboard").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
                imported.add(node.module.split(".")[0])
    foreign = imported - set(sys.stdlib_module_names) - {"pipelines", "dashboard"}
    assert {"duckdb", "streamlit", "typer"} <= foreign
    needed = {names[name][0].lower().replace("_", "-") for name in foreign}
    assert needed <= {name.lower() for name in declared}


def settings(model: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Name and default of every setting of the district, as they are written in TOML."""
    for name, field in model.model_fields.items():
        nested = field.annotation
        if isinstance(nested, type) and issubclass(nested, BaseModel):
            yield from settings(nested, f"{prefix}{field.alias or name}.")
        elif name in ("score_lines", "agenda"):
            yield f"[[{name}]]", None
        else:
            default = field.get_default(call_default_factory=True)
            yield prefix + (field.alias or name), list(default) if isinstance(default, tuple) else default


@pytest.mark.parametrize("readme", READMES)
def test_the_table_of_settings_is_the_settings(readme: str) -> None:
    rows = re.findall(
        r"^\| `([\w.\[\]]+)` \| (.+?) \| .+ \|$", (ROOT / readme).read_text("utf-8"), re.MULTILINE
    )
    written = {
        name: None
        if default == "–"
        else tomllib.loads(f"value = {default.strip('`')}", parse_float=Decimal)["value"]
        for name, default in rows
    }
    assert written == dict(settings(District))
