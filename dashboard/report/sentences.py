"""The sentences of the report: Jinja2 templates, each of which the district may replace by one of its own.

Our templates lie in `templates/`; a file of the same name in `<warehouse>/report/` takes its place. They run in a sandbox
and see nothing but the values handed in, so that a template can spoil a sentence but never the machine.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import (
    Environment,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.sandbox import SandboxedEnvironment

from dashboard import formats
from dashboard.report.model import Paragraph, Section
from pipelines.faults import TemplateFault

FOLDER = "report"
OURS = Path(__file__).parent / "templates"
SECTIONS = ("situation", "analysis", "problems", "next_steps")
HEAD_LINES = ("报头", "编发", "期号", "标题", "结尾")
# Sets of templates that are kept compiled: those of a warehouse and of the tries before it.
_KEPT = 4
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
        self._folder = _Folder(warehouse / FOLDER)
        templates = self._folder.read()
        self._environment = compiled(templates)
        for one in templates:
            self._guarded(one.name, partial(self._environment.get_template, one.name))

    def head(self, values: Mapping[str, Any]) -> Head:
        """The lines of head.j2, one `名称：文字` each."""
        lines = [
            line.strip() for line in self._rendered("head.j2", values).replace(_PARAGRAPH, "").splitlines()
        ]
        known = dict(line.split("：", 1) for line in lines if "：" in line)
        missing = [name for name in HEAD_LINES if not known.get(name, "").strip()]
        if missing:
            raise TemplateFault(self._folder.path("head.j2"), None, f"没有写“{'、'.join(missing)}”这一行")
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
                self._folder.path(name), None, "没有“# ”开头的标题行" if not title else "小标题太多"
            )
        return Section(f"{ordinal}、{title}", tuple(paragraphs))

    def _rendered(self, name: str, values: Mapping[str, Any]) -> str:
        text: str = self._guarded(name, lambda: self._environment.get_template(name).render(values))
        return text

    def _guarded(self, name: str, act: Callable[[], Any]) -> Any:
        """Any error of a template becomes a fault with file and line; the sandbox keeps it from doing harm before."""
        try:
            return act()
        except TemplateSyntaxError as error:
            raise TemplateFault(
                self._folder.path(error.name or name), error.lineno, f"语法有误（{error.message}）"
            ) from error
        except TemplateNotFound as error:
            raise TemplateFault(self._folder.path(name), None, f"引用的模板 {error.name} 不存在") from error
        except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            at, line = self._where(error) or (self._folder.path(name), None)
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


@dataclass(frozen=True)
class _Template:
    """A template's name, where it was read, and its text with marked paragraphs."""

    name: str
    path: Path
    text: str


@dataclass(frozen=True)
class _Folder:
    """The district's file where there is one, else ours. A blank line ends a paragraph, whatever macros put in."""

    own: Path

    def read(self) -> tuple[_Template, ...]:
        """All templates, read anew for every report.

        TemplateFault for one that cannot be read, and for a file in the district's folder that would replace none.
        """
        names = sorted(path.name for path in OURS.glob("*.j2"))
        theirs = sorted(self.own.glob("*.j2")) if self.own.is_dir() else []
        for path in theirs:
            if path.name not in names:
                raise TemplateFault(path, None, f"没有叫这个名字的模板，可以改写的有 {'、'.join(names)}")
        return tuple(_Template(name, self.path(name), self._text(self.path(name))) for name in names)

    def path(self, name: str) -> Path:
        """Where a template is read."""
        own = self.own / name
        return own if own.is_file() else OURS / name

    def _text(self, path: Path) -> str:
        try:
            lines = path.read_text("utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise TemplateFault(path, None, "读不出来，须是 UTF-8 文本") from error
        return "\n".join(line if line.strip() else _PARAGRAPH for line in lines)


@lru_cache(_KEPT)
def compiled(templates: tuple[_Template, ...]) -> Environment:
    """The templates as they are compiled, which takes longer than to fill them in: once for each text."""
    known = {one.name: one for one in templates}

    def source(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        return (known[name].text, str(known[name].path), lambda: True) if name in known else None

    environment = SandboxedEnvironment(
        loader=FunctionLoader(source), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False,
    )  # fmt: skip
    environment.filters |= {"count": formats.integer, "rate": formats.percent, "decimal": formats.decimal}
    return environment
