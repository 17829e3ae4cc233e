"""The program `normalize`: its commands, and what an error does to the exit code."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from normalize.cli.options import drop_output
from normalize.errors import InputError, NormalizeError, RuleErrors

# Exit codes. 0 is "clean" or "done".
FOUND, MISUSE, BAD_INPUT, INTERRUPTED = 1, 2, 3, 130

_COMMANDS = {
    "run": "Normalize files or standard input.",
    "explain": "Show every edit in a text, with the rule that made it.",
    "transliterate": "Write Cyrillic in Latin letters by a system, or back.",
    "variants": "Every spelling a Cyrillic name is seen under.",
    "rules": "List, show, test, write and check rule files.",
    "scan": "List names and characters that no rule knows.",
    "profiles": "List the profiles.",
    "serve": "Serve the rules over HTTP.",
    "completion": "Print what makes a shell complete commands.",
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
    sys.exit(_run(sys.argv[1:] if args is None else args))


def _run(args: list[str]) -> int:
    """The exit code of the program; every error becomes a message here."""
    asked = os.environ.get("_NORMALIZE_COMPLETE")
    code = 0
    try:
        if asked:
            from normalize.cli.completion import answer

            return answer(program, asked)
        code = _invoke(args)
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return MISUSE
    except click.ClickException as error:
        _show_usage_error(error, args)
        return MISUSE
    except InputError as error:
        return _fail(f"error: {error}", BAD_INPUT)
    except RuleErrors as error:
        return _fail(str(error), MISUSE)
    except NormalizeError as error:
        return _fail(f"error: {error}", MISUSE)
    except (KeyboardInterrupt, click.Abort):
        return _fail("interrupted", INTERRUPTED)
    except BrokenPipeError:
        # The reader has what it wanted; whether all files were done is still told.
        drop_output()
        return code if code == BAD_INPUT else 0
    except OSError as error:
        # Most files have messages of their own; a standard stream has no name.
        drop_output()
        place = "standard output" if error.filename is None else error.filename
        return _fail(f"error: {place}: {error.strerror}", BAD_INPUT)
    return code


def _invoke(args: list[str]) -> int:
    """Parse and run, past the part of click that hides closed pipes."""
    try:
        with program.make_context("normalize", args) as context:
            code = program.invoke(context)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    return code if isinstance(code, int) else 0


def _fail(message: str, code: int) -> int:
    click.echo(message, err=True)
    return code


def _show_usage_error(error: click.ClickException, args: list[str]) -> None:
    context = getattr(error, "ctx", None) or click.get_current_context(silent=True)
    if context is not None:
        click.echo(context.get_usage(), err=True)
    from normalize.cli.misuse import told

    message, hint = told(error)
    click.echo(f"error: {message}", err=True)
    if "\nhint: " in message:
        return
    named = f" {args[0]}" if args and args[0] in _COMMANDS else ""
    path = context.command_path if context is not None else f"normalize{named}"
    help_ = f"'{path} --help' shows the options"
    if hint:
        help_ = f"{hint}{'' if hint.endswith('?') else ';'} {help_}"
    click.echo(f"hint: {help_}", err=True)
