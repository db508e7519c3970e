"""Runs the commands of a Typer app as its user sees them: Chinese help, one sentence per fault, the exit codes.

Typer speaks English and knows two exit codes; the commands promise Chinese and five (0 done, 1 done but not clean,
2 wrong input, 3 locked, 4 surroundings). Both `steward` and `python -m pipelines` go through here.
"""

import contextlib
import errno
import io
import os
import re
import sys
from collections.abc import Sequence
from difflib import get_close_matches

import typer
from pydantic import ValidationError

# Typer exports BadParameter alone of its usage errors; the version is pinned exactly.
from typer._click import exceptions as usage

from pipelines.faults import Fault, InputFault, SurroundingsFault

INTERRUPTED = 130

HELP_WORDS = {
    r"^Usage: ": "用法：",
    r"^Arguments:": "参数：",
    r"^Options:": "选项：",
    r"^Commands:": "命令：",
    r"\[OPTIONS\]": "[选项]",
    r"COMMAND \[ARGS\]\.\.\.": "命令 [参数]...",
    r"Show this message and exit\.": "显示本说明。",
    r"\[required\]": "[必填]",
    r"\[default: ": "[默认：",
    r"; required\]": "；必填]",
    r"; default: ": "；默认：",
}

VALUE_RULES = {
    "int_parsing": "应是整数",
    "int_from_float": "应是整数",
    "float_parsing": "应是数字",
    "bool_parsing": "应是 true 或 false",
    "greater_than_equal": "不能小于 {ge}",
    "greater_than": "应大于 {gt}",
    "less_than_equal": "不能大于 {le}",
    "less_than": "应小于 {lt}",
}

PATH_RULES = {
    r"does not exist\.$": "不存在",
    r"is a file\.$": "是文件，这里需要文件夹",
    r"is a directory\.$": "是文件夹，这里需要文件",
    r"is not readable\.$": "没有读取权限",
    r"is not writable\.$": "没有写入权限",
}


def run(app: typer.Typer, arguments: Sequence[str], program: str) -> int:
    """The exit code of `app` called as `program` with `arguments`; faults go to stderr as one sentence each.

    Anything that is neither a fault nor an error of the surroundings is a defect of ours and passes through.
    """
    speak_utf8()
    try:
        code = call(app, arguments, program)
    except usage.NoArgsIsHelpError as error:
        print(in_chinese(error.message), file=sys.stderr)
        return InputFault.exit_code
    except usage.UsageError as error:
        print(usage_sentence(error, program), file=sys.stderr)
        return InputFault.exit_code
    except Fault as fault:
        print(fault, file=sys.stderr)
        return fault.exit_code
    except BrokenPipeError:
        # The reader of a pipe (head, less) has seen enough; nothing more may be written, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(surroundings_sentence(error), file=sys.stderr)
        return SurroundingsFault.exit_code
    if code == INTERRUPTED:
        print("已中断。", file=sys.stderr)
    return code


def speak_utf8() -> None:
    """Output that goes into a file or a pipe is UTF-8 on every system; a terminal keeps its own encoding."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8")


def call(app: typer.Typer, arguments: Sequence[str], program: str) -> int:
    """Calls the command and returns the code it exits with; help is printed in Chinese."""
    command = typer.main.get_command(app)
    text = io.StringIO()
    helping = contextlib.redirect_stdout(text) if "--help" in arguments else contextlib.nullcontext()
    with helping:
        code = command.main(args=list(arguments), prog_name=program, standalone_mode=False)
    print(in_chinese(text.getvalue()), end="")
    return code if isinstance(code, int) else 0


def in_chinese(text: str) -> str:
    """Typer's own words in a help text, put into Chinese; our own sentences are Chinese already."""
    for pattern, chinese in HELP_WORDS.items():
        text = re.sub(pattern, chinese, text, flags=re.MULTILINE)
    return text


def usage_sentence(error: usage.UsageError, program: str) -> str:
    """One Chinese sentence for a command, option or argument that cannot be understood."""
    path = error.ctx.command_path if error.ctx else program
    return f"{what_is_wrong(error)}；用法见 {path} --help。"


def what_is_wrong(error: usage.UsageError) -> str:
    """The first half of the sentence: what is wrong and where."""
    if isinstance(error, usage.NoSuchOption):
        close = f"（是不是 {error.possibilities[0]}？）" if error.possibilities else ""
        return f"没有选项 {error.option_name}{close}"
    if isinstance(error, usage.MissingParameter):
        return f"缺少{'选项' if is_option(error) else '参数'} {name_of(error)}"
    if isinstance(error, usage.BadParameter):
        return f"{name_of(error)} {wrong_value(error)}"
    if isinstance(error, usage.BadOptionUsage):
        fault = "不接受值" if "does not take" in error.message else "后面缺少值"
        return f"选项 {error.option_name} {fault}"
    return wrong_command(error)


def wrong_command(error: usage.UsageError) -> str:
    """What is wrong with the words that are not options."""
    unknown = re.match(r"No such command '(.*?)'", error.message)
    if unknown:
        known = list(getattr(error.ctx.command, "commands", {})) if error.ctx else []
        close = get_close_matches(unknown[1], known, n=1)
        return f"没有命令 {unknown[1]}" + (f"（是不是 {close[0]}？）" if close else "")
    extra = re.match(r"Got unexpected extra arguments?\(?s?\)? \((.*)\)", error.message)
    if extra:
        return f"多余的参数 {extra[1]}"
    return "缺少命令" if error.message.startswith("Missing command") else f"写法不对（{error.message}）"


def wrong_value(error: usage.BadParameter) -> str:
    """What is wrong with a value: by Typer's check of paths, by the type's own rule, or in our own words."""
    for pattern, chinese in PATH_RULES.items():
        if re.search(pattern, error.message):
            path = re.search(r"'(.*)'", error.message)
            return f"“{path[1] if path else ''}”{chinese}"
    choices = re.search(r"is not one of (.*)\.", error.message)
    if isinstance(error.__cause__, ValidationError):
        first = error.__cause__.errors()[0]
        rule = VALUE_RULES.get(first["type"])
        if rule:
            return f"“{first['input']}”{rule.format(**first.get('ctx', {}))}"
        allowed = f"，应是 {choices[1].replace(', ', '、')} 之一" if choices else ""
        return f"“{first['input']}”不是有效的值{allowed}"
    return error.message


def name_of(error: usage.BadParameter) -> str:
    """The option or argument at fault, as the user writes it."""
    if error.param is None:
        return str(error.param_hint or "")
    if is_option(error):
        return str(max(error.param.opts, key=len))
    return str(error.param.metavar or error.param.name).upper()


def is_option(error: usage.BadParameter) -> bool:
    """Whether the parameter at fault is an option (`--port`) and not an argument (`INBOX`)."""
    return error.param is not None and error.param.param_type_name == "option"


def surroundings_sentence(error: OSError) -> str:
    """One Chinese sentence for what the operating system refused."""
    where = f"（{error.filename}）" if error.filename else ""
    if error.errno == errno.ENOSPC:
        return f"磁盘空间不足{where}，上一个版本继续可用；请腾出空间后重试。"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"没有读写权限{where}，没有改变任何数据；请检查文件和文件夹的权限。"
    return f"系统报错：{error.strerror or error}{where}；请检查磁盘和文件夹后重试。"
