"""Wrong use of options and arguments, told in the words of the other errors."""

from __future__ import annotations

import re

import click
from click.core import ParameterSource

from normalize.errors import suggestion


class Command(click.Command):
    """A command whose options take no empty values.

    An empty one comes from a variable of the shell that is not set. It would silently
    mean that the option was not given, or the folder that one is in.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, and refuse an empty value.

        Raises:
            UsageError: an option has an empty value.
        """
        left = super().parse_args(ctx, args)
        for param in self.params:
            value = ctx.params.get(param.name or "")
            given = ctx.get_parameter_source(param.name or "")
            if not isinstance(param, click.Option):
                continue
            empty = value == "" or (isinstance(value, tuple) and "" in value)
            if empty and given is ParameterSource.COMMANDLINE:
                raise click.UsageError(f"{_name(param)} needs a value, not ''", ctx)
        return left


def told(error: click.ClickException) -> tuple[str, str | None]:
    """What is wrong, and what was meant or would be right where that is known."""
    said = error.format_message()
    if isinstance(error, click.NoSuchOption):
        near = suggestion(error.option_name, error.possibilities or ())
        return f"no such option: {error.option_name!r}", near
    if isinstance(error, click.BadOptionUsage):
        wants = "requires" in said
        return f"{error.option_name} {'needs a' if wants else 'takes no'} value", None
    if isinstance(error, click.MissingParameter) and error.param is not None:
        kind = error.param.type
        known = kind.choices if isinstance(kind, click.Choice) else ()
        return f"{_name(error.param)} is missing", suggestion("", map(str, known))
    if isinstance(error, click.BadParameter) and error.param is not None:
        return _bad_value(error.message, error.param)
    found = re.fullmatch(r"No such command '(.*)'\..*", said, re.DOTALL)
    context = getattr(error, "ctx", None)
    if found and context is not None and isinstance(context.command, click.Group):
        near = suggestion(found[1], context.command.list_commands(context))
        return f"no such command: {found[1]!r}", near
    found = re.fullmatch(r"Got unexpected extra arguments? \((.*)\)", said, re.DOTALL)
    if found:
        return f"nothing more is expected, found {found[1]!r}", None
    return said, None


def _bad_value(said: str, param: click.Parameter) -> tuple[str, str | None]:
    found, is_not, _ = said.partition(" is not ")
    if not is_not:
        return f"{_name(param)}: {said}", None
    message = f"{_name(param)} can't be {found}"
    kind = param.type
    if isinstance(kind, click.Choice):
        known = [str(choice) for choice in kind.choices]
        return message, suggestion(found.strip("'"), known)
    number = "a whole number" if isinstance(kind, click.types.IntParamType) else None
    least, most = getattr(kind, "min", None), getattr(kind, "max", None)
    if least is not None and most is not None:
        return message, f"expected {number or 'a number'} from {least} to {most}"
    if least is not None:
        above = "above" if getattr(kind, "min_open", False) else "from"
        return message, f"expected {number or 'a number'} {above} {least}"
    return message, f"expected {number}" if number else None


def _name(param: click.Parameter) -> str:
    """An option by its longest name, an argument as the usage shows it."""
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return param.human_readable_name.removesuffix("...")
