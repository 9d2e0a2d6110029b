"""The command line in the reader's language: usage, help and every complaint. Typer has these words in English only.

`app.command()` makes `Verb`s and the whole a group of `Verbs` once `in_words` has seen it; `run` tells what went wrong.
"""

import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import typer
from typer._click import Command, Context, HelpFormatter, Parameter
from typer._click import exceptions as wrong
from typer.core import TyperCommand, TyperGroup

from pipelines.cli import console
from pipelines.cli.console import LANG
from pipelines.texts import say

_COMMAND, _MODULE = "thidua", "python -m pipelines"
_STOPPED = 130  # exit code of who was interrupted at the keyboard
_HELP = "--help"


class _Extra(wrong.UsageError):
    """More words than the verb takes."""


class _NoVerb(wrong.UsageError):
    """A verb there is not; the message is the nearest that there are."""


class Verb(TyperCommand):
    """One verb."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        ctx.allow_extra_args = True
        try:
            left = super().parse_args(ctx, args)
        except wrong.UsageError as complaint:
            complaint.ctx = complaint.ctx or ctx
            raise
        if left and not ctx.resilient_parsing:
            raise _Extra(" ".join(map(str, left)), ctx)
        return left

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        places = [one for one in self.params if one.param_type_name == "argument"]
        needed = [one for one in self.params if one not in places and one.required]
        words = [ctx.command_path, *(_shown(one) for one in (*places, *needed)), say("cli.help.options", LANG)]
        parts = [
            (say("cli.help.places", LANG), places),
            (say("cli.help.given", LANG), self.get_params(ctx)[len(places) :]),
        ]
        _write(formatter, " ".join(words), self.help or "", [(title, _lines(params)) for title, params in parts])


class Verbs(TyperGroup):
    """All verbs. Their names are known in capitals too."""

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        return super().get_command(ctx, cmd_name.lower())

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        if self.get_command(ctx, args[0]) is None:
            if args[0].startswith("-"):
                raise wrong.NoSuchOption(args[0], ctx=ctx)
            raise _NoVerb(", ".join(get_close_matches(args[0].lower(), self.commands)), ctx)
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        verbs = [(name, verb.help or "") for name, verb in self.commands.items() if not verb.hidden]
        usage = f"{ctx.command_path} {say('cli.help.verb', LANG)} {say('cli.help.options', LANG)}"
        parts = [(say("cli.help.verbs", LANG), verbs), (say("cli.help.given", LANG), _lines(self.get_params(ctx)))]
        _write(formatter, usage, self.help or "", parts)


def in_words(app: typer.Typer) -> typer.Typer:
    """The same, its verbs made of `Verb`."""
    for part in (app, *(group.typer_instance for group in app.registered_groups)):
        for verb in part.registered_commands if part else ():
            verb.cls = Verb
    return app


def run(app: typer.Typer) -> int:
    """Run the verb that is asked for; the exit code. What Typer complains of is told in a sentence."""
    try:
        code = int(app(prog_name=_program(), standalone_mode=False) or 0)
    except wrong.NoArgsIsHelpError as nothing_asked:
        console.aside(nothing_asked.format_message())
        return 2
    except wrong.ClickException as complaint:
        console.aside(_sentence(complaint))
        ctx = getattr(complaint, "ctx", None)
        console.aside(say("cli.wrong.help", LANG, command=f"{ctx.command_path if ctx else _program()} {_HELP}"))
        return 2
    if code == _STOPPED:
        console.aside(say("cli.stopped", LANG))
    return code


def _program() -> str:
    """The name it was called by."""
    return _COMMAND if Path(sys.argv[0]).stem == _COMMAND else _MODULE


def _sentence(complaint: wrong.ClickException) -> str:
    """What is wrong, in words of ours.

    A `BadParameter` without a parameter is one we have raised: its words are ours already.
    """
    ctx: Any = getattr(complaint, "ctx", None)
    if isinstance(complaint, _NoVerb):
        known = complaint.message or ", ".join(ctx.command.commands)
        key = "near" if complaint.message else "none"
        return say(f"cli.wrong.verb.{key}", LANG, name=sys.argv[1] if len(sys.argv) > 1 else "", known=known)
    if isinstance(complaint, _Extra):
        return say("cli.wrong.extra", LANG, words=complaint.message)
    if isinstance(complaint, wrong.MissingParameter) and complaint.param:
        about = getattr(complaint.param, "help", "") or ""
        return say("cli.wrong.missing", LANG, name=_shown(complaint.param), about=about)
    if isinstance(complaint, wrong.BadParameter):
        return _value_sentence(complaint)
    if isinstance(complaint, wrong.NoSuchOption):
        options = [name for param in ctx.command.get_params(ctx) for name in param.opts] if ctx else []
        near = get_close_matches(complaint.option_name, options, 1)
        return say("cli.wrong.option", LANG, name=complaint.option_name, known=", ".join(near or sorted(options)))
    if isinstance(complaint, wrong.BadOptionUsage):
        param = next((one for one in ctx.command.params if complaint.option_name in one.opts), None) if ctx else None
        kind = "takes_none" if getattr(param, "is_flag", False) else "takes_one"
        return say(f"cli.wrong.{kind}", LANG, name=complaint.option_name)
    return say("cli.wrong.usage", LANG)


def _value_sentence(complaint: wrong.BadParameter) -> str:
    """A value that cannot be what it has to be: a number, one of a range, a day, one of a list."""
    if complaint.param is None:
        return complaint.message
    cause, kind = complaint.__cause__, _kind(complaint.param)
    told = cause.errors() if cause and hasattr(cause, "errors") else []  # of pydantic, which is slow to import
    given = told[0]["input"] if told else ""
    wanted = say(f"cli.wanted.{kind}", LANG)
    descriptor = complaint.param.type_descriptor
    if descriptor.is_choice:
        wanted = say("cli.wanted.choice", LANG, choices=", ".join(str(one) for one in descriptor.choices or ()))
    least, most = getattr(complaint.param, "min", None), getattr(complaint.param, "max", None)
    if least is not None or most is not None:
        wanted += " " + say(
            "cli.wanted.range", LANG, least="…" if least is None else least, most="…" if most is None else most
        )
    return say("cli.wrong.value", LANG, name=_shown(complaint.param, bare=True), value=given, wanted=wanted)


def _kind(param: Any) -> str:
    """What a value has to be: whole, number, path, text."""
    annotation = param.type_descriptor.annotation
    inner = getattr(annotation, "__args__", (annotation,))[0]
    names = {int: "whole", float: "number"}
    return names.get(inner) or ("path" if isinstance(inner, type) and issubclass(inner, Path) else "text")


def _shown(param: Parameter, bare: bool = False) -> str:
    """--year SỐ; of a place the word that stands for it, with … if there may be several."""
    word = getattr(param, "metavar", None) or say(f"cli.kind.{_kind(param)}", LANG)
    if param.param_type_name == "argument":
        return word + ("…" if param.nargs != 1 else "")
    name = param.opts[0]
    return name if bare or getattr(param, "is_flag", False) else f"{name} {word}"


def _lines(params: Iterable[Parameter]) -> list[tuple[str, str]]:
    """(what to type, what it means), with what holds where nothing is typed."""
    lines = []
    for param in params:
        if getattr(param, "hidden", False):
            continue
        about = say("cli.help.help", LANG) if _HELP in param.opts else getattr(param, "help", "") or ""
        default = param.default if not callable(param.default) else None
        if param.param_type_name == "option" and param.required:
            about += " " + say("cli.help.needed", LANG)
        elif default not in (None, "", False, ()) and str(default) != ".":
            about += " " + say("cli.help.default", LANG, default=default)
        lines.append((_shown(param), about))
    return lines


def _write(
    formatter: HelpFormatter, usage: str, about: str, parts: Sequence[tuple[str, list[tuple[str, str]]]]
) -> None:
    """Folded to the width of a terminal; whole lines where there is none."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else sys.maxsize
    lines = [f"{say('cli.help.usage', LANG)}: {usage}", ""]
    lines += [*textwrap.wrap(about, width), ""] if about else []
    room = max((len(typed) for _, told in parts for typed, _ in told), default=0) + 4
    for title, told in parts:
        if told:
            lines.append(f"{title}:")
            for typed, meaning in told:
                folded = textwrap.wrap(meaning, max(20, width - room)) or [""]
                lines.append(f"  {typed}".ljust(room) + folded[0])
                lines += [" " * room + rest for rest in folded[1:]]
            lines.append("")
    formatter.write("\n".join(lines))
