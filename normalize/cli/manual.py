"""The manual page, built from the help: `python -m normalize.cli.manual`."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator

import click

from normalize.cli.main import program


def page() -> str:
    """The page of all commands, in the language of `man`."""
    with click.Context(program, info_name="normalize") as context:
        lines = [
            '.\\" Made from the help of the program by normalize.cli.manual.',
            ".TH NORMALIZE 1",
            ".SH NAME",
            f"normalize \\- {_text(program.help or '')}",
            ".SH SYNOPSIS",
            ".B normalize",
            "COMMAND [OPTIONS] ...",
            ".SH COMMANDS",
        ]
        for name in program.list_commands(context):
            command = program.get_command(context, name)
            if command is not None:
                lines += _command(command, name, context)
        lines += [".SH EXIT STATUS", _text(_codes(program.epilog or ""))]
    return "\n".join(lines) + "\n"


def _command(command: click.Command, name: str, above: click.Context) -> Iterator[str]:
    with click.Context(command, info_name=name, parent=above) as context:
        yield f".SS {_text(context.command_path)}"
        usage = " ".join(command.collect_usage_pieces(context))
        yield f".B {_text(context.command_path)}"
        yield _text(usage)
        for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
            yield ".PP"
            if paragraph.startswith("\b"):
                yield ".nf"
                yield from (_text(line.strip()) for line in paragraph.split("\n")[1:])
                yield ".fi"
            else:
                yield _text(" ".join(paragraph.split()))
        for param in command.params:
            record = param.get_help_record(context)
            if record is not None and record[1]:
                yield ".TP"
                yield f".B {_text(record[0])}"
                yield _text(record[1])
        if isinstance(command, click.Group):
            for inner in command.list_commands(context):
                found = command.get_command(context, inner)
                if found is not None:
                    yield from _command(found, inner, context)


def _codes(epilog: str) -> str:
    return " ".join(epilog.removeprefix("Exit codes: ").split())


def _text(text: str) -> str:
    """Text as `man` wants it: no line begins with a dot, dashes are dashes."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^([.'])", r"\\&\1", escaped, flags=re.MULTILINE)


if __name__ == "__main__":
    sys.stdout.write(page())
