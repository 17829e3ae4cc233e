"""The program `normalize`: its commands, and what an error does to the exit code."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from normalize.errors import InputError, NormalizeError

# Exit codes. 0 is "clean" or "done".
FOUND, MISUSE, BAD_INPUT, INTERRUPTED = 1, 2, 3, 130

_COMMANDS = {
    "run": "Normalize files or standard input.",
    "explain": "Show every edit in a text, with the rule that made it.",
    "rules": "List, show, test and check rule files.",
    "profiles": "List the profiles.",
}


class _Commands(click.Group):
    """Commands are imported when they are used, so that --help is fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        command = import_module(f"normalize.cli.{cmd_name}").command
        return command if isinstance(command, click.Command) else None

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        from normalize.errors import suggestion

        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            hint = suggestion(args[0], _COMMANDS)
            raise click.UsageError(
                f"no such command: {args[0]!r}" + (f"\nhint: {hint}" if hint else "")
            )
        return super().resolve_command(ctx, args)


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    del param
    if value and not ctx.resilient_parsing:
        import normalize

        click.echo(f"normalize {normalize.__version__}")
        ctx.exit()


@click.command(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 clean or done; 1 --check or --diff found changes, or tests "
    "or lint found problems; 2 wrong use or wrong rules; 3 some input could not be "
    "read or written (the others were).",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the version and exit.",
)
def program() -> None:
    """One spelling for every name: rule-based normalization of news text."""


def main(args: list[str] | None = None) -> None:
    """Run the program and exit with its code."""
    try:
        code = program.main(args, prog_name="normalize", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        code = MISUSE
    except click.ClickException as error:
        _show_usage_error(error)
        code = MISUSE
    except InputError as error:
        click.echo(f"error: {error}", err=True)
        code = BAD_INPUT
    except NormalizeError as error:
        click.echo(f"error: {error}", err=True)
        code = MISUSE
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        code = INTERRUPTED
    except BrokenPipeError:
        # The reader has what it wanted. Keep the interpreter from complaining
        # when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    sys.exit(code if isinstance(code, int) else 0)


def _show_usage_error(error: click.ClickException) -> None:
    context = getattr(error, "ctx", None)
    if context is not None:
        click.echo(context.get_usage(), err=True)
    click.echo(f"error: {error.format_message()}", err=True)
    if context is not None:
        click.echo(f"hint: '{context.command_path} --help' shows the options", err=True)
