"""The sentences of the report: Jinja2 templates, each of which the district may replace by one of its own.

Our templates lie in `templates/`; a file of the same name in `<warehouse>/report/` takes its place. They run in a sandbox
and see nothing but the values handed in, so that a template can spoil a sentence but never the machine.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    Environment,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from jinja2.sandbox import SandboxedEnvironment

from dashboard import formats
from dashboard.report.model import Paragraph, Section
from pipelines.faults import TemplateFault

FOLDER = "report"
OURS = Path(__file__).parent / "templates"
SECTIONS = ("situation", "analysis", "problems", "next_steps")
HEAD_LINES = ("报头", "编发", "期号", "标题", "结尾")
_ORDINALS = "一二三四五六七八九十"
_PARAGRAPH = "\f"
_FREE = re.compile(r"@([a-z][a-z0-9_]*)\s+")


@dataclass(frozen=True)
class Head:
    """Masthead, issuer, issue, title and the closing note."""

    masthead: str
    issuer: str
    issue_line: str
    title: str
    closing_note: str


class Sentences:
    """The templates of a warehouse. Raises TemplateFault when one of the district's cannot be read or run."""

    def __init__(self, warehouse: Path) -> None:
        self._loader = _Loader(warehouse / FOLDER)
        self._environment = _environment(self._loader)
        for name in self._loader.names():
            self._guarded(name, partial(self._environment.get_template, name))

    def head(self, values: Mapping[str, Any]) -> Head:
        """The lines of head.j2, one `名称：文字` each."""
        lines = [
            line.strip() for line in self._rendered("head.j2", values).replace(_PARAGRAPH, "").splitlines()
        ]
        known = dict(line.split("：", 1) for line in lines if "：" in line)
        missing = [name for name in HEAD_LINES if not known.get(name, "").strip()]
        if missing:
            raise TemplateFault(self._loader.path("head.j2"), None, f"没有写“{'、'.join(missing)}”这一行")
        return Head(*(known[name].strip() for name in HEAD_LINES))

    def sections(self, values: Mapping[str, Any]) -> tuple[Section, ...]:
        """一、 to 四、 with their paragraphs."""
        return tuple(
            self._section(f"{name}.j2", _ORDINALS[place], values) for place, name in enumerate(SECTIONS)
        )

    def _section(self, name: str, ordinal: str, values: Mapping[str, Any]) -> Section:
        """`# ` opens the section, `## ` the next paragraph, `@key ` makes a paragraph free."""
        title, heading, paragraphs = "", "", []
        headings = 0
        for block in self._rendered(name, values).split(_PARAGRAPH):
            text = "".join(line.strip() for line in block.splitlines())
            if text.startswith("## "):
                heading = text[3:].strip()
            elif text.startswith("# "):
                title = text[2:].strip()
            elif text:
                free = _FREE.match(text)
                numbered = f"（{_ORDINALS[headings]}）{heading}" if heading else ""
                headings += bool(heading)
                paragraphs.append(
                    Paragraph(text[free.end() :] if free else text, numbered, free[1] if free else "")
                )
                heading = ""
        if not title or headings > len(_ORDINALS):
            raise TemplateFault(
                self._loader.path(name), None, "没有“# ”开头的标题行" if not title else "小标题太多"
            )
        return Section(f"{ordinal}、{title}", tuple(paragraphs))

    def _rendered(self, name: str, values: Mapping[str, Any]) -> str:
        text: str = self._guarded(name, lambda: self._environment.get_template(name).render(values))
        return text

    def _guarded(self, name: str, act: Callable[[], Any]) -> Any:
        """Any error of a template becomes a fault with file and line; the sandbox keeps it from doing harm before."""
        path = self._loader.path(name)
        try:
            return act()
        except TemplateSyntaxError as error:
            raise TemplateFault(
                self._loader.path(error.name or name), error.lineno, f"语法有误（{error.message}）"
            ) from error
        except TemplateNotFound as error:
            raise TemplateFault(path, None, f"引用的模板 {error.name} 不存在") from error
        except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            at, line = self._where(error) or (path, None)
            raise TemplateFault(at, line, f"不能运行（{error}）") from error

    def _where(self, error: BaseException) -> tuple[Path, int] | None:
        """The innermost line of a template in a traceback."""
        found, frame = None, error.__traceback__
        while frame is not None:
            file = Path(frame.tb_frame.f_code.co_filename)
            if file.suffix == ".j2":
                found = file, frame.tb_lineno
            frame = frame.tb_next
        return found


class _Loader(BaseLoader):
    """The district's file where there is one, else ours. A blank line ends a paragraph, whatever macros put in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def names(self) -> list[str]:
        """Our templates; TemplateFault for a file in the district's folder that would replace none of them."""
        ours = sorted(path.name for path in OURS.glob("*.j2"))
        theirs = sorted(self.folder.glob("*.j2")) if self.folder.is_dir() else []
        for path in theirs:
            if path.name not in ours:
                raise TemplateFault(path, None, f"没有叫这个名字的模板，可以改写的有 {'、'.join(ours)}")
        return ours

    def path(self, name: str) -> Path:
        """Where a template is read."""
        own = self.folder / name
        return own if own.is_file() else OURS / name

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Source with marked paragraphs, path, and whether it is fresh: read anew for every report."""
        path = self.path(template)
        if Path(template).name != template or not path.is_file():
            raise TemplateNotFound(template)
        try:
            lines = path.read_text("utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise TemplateFault(path, None, "读不出来，须是 UTF-8 文本") from error
        return "\n".join(line if line.strip() else _PARAGRAPH for line in lines), str(path), lambda: True


class _Compiled(BytecodeCache):
    """Compiled templates, kept by name, place and source: compiling takes a fifth of a report."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Jinja2 compares the checksum of the source itself, and compiles anew when it is another."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Under the key of name and place, so that a changed template takes the place of the old one."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


def _environment(loader: BaseLoader) -> Environment:
    environment = SandboxedEnvironment(
        loader=loader, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False,
        bytecode_cache=_COMPILED,
    )  # fmt: skip
    environment.filters |= {"count": formats.integer, "rate": formats.percent, "decimal": formats.decimal}
    return environment
