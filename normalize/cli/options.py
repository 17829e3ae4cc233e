"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from normalize.normalizer import Normalizer
    from normalize.project import Project

DEFAULT = "news-en"
# Where the context of a command keeps the style that was asked for.
STYLE = "normalize.style"

F = TypeVar("F", bound=Callable[..., object])


def with_profile(function: F) -> F:
    """-p, --rules, --style and --set: which rules run."""
    for option in (
        click.option(
            "--style",
            metavar="STYLE",
            expose_value=False,
            callback=keep_style,
            help="The style of names, such as bbc; the same as --set style=STYLE.",
        ),
        click.option(
            "--set",
            "settings",
            metavar="OPTION=VALUE",
            multiple=True,
            help="Set an option of the profile; may be repeated.",
        ),
        click.option(
            "--rules",
            metavar="PATH",
            multiple=True,
            help="Add a rule file, a folder of them, or pack:NAME; may be repeated.",
        ),
        click.option(
            "-p",
            "--profile",
            help="The profile to run, or the path of its file; default: what the "
            "nearest normalize.yaml or pyproject.toml says, else news-en.",
        ),
    ):
        function = option(function)
    return function


def keep_style(context: click.Context, _: click.Parameter, value: str | None) -> None:
    """Note the style for `load_normalizer`."""
    if value is not None:
        context.meta[STYLE] = f"style={value}"


def with_color(function: F) -> F:
    """--color."""
    return click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        show_default=True,
        help="Colour the output; auto: on a terminal, unless NO_COLOR is set.",
    )(function)


def use_color(choice: str) -> bool:
    """Whether to colour standard output."""
    import os
    import sys

    if choice != "auto":
        return choice == "always"
    terminal = sys.stdout is not None and sys.stdout.isatty()
    return terminal and not os.environ.get("NO_COLOR")


def drop_output() -> None:
    """Send what still comes for standard output nowhere: its reader is gone.

    The interpreter would complain when it flushes at exit.
    """
    import os
    import sys

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def waits_for_typing() -> bool:
    """Whether standard input is a terminal, so that reading it would hang."""
    import sys

    return sys.stdin is not None and sys.stdin.isatty()


def load_normalizer(
    profile: str | None,
    rules: tuple[str, ...],
    settings: tuple[str, ...],
    start: str = ".",
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
) -> Normalizer:
    """The normalizer that the options ask for, or else the project of `start`."""
    from normalize.cli.progress import while_compiling
    from normalize.loading import load_with

    style = click.get_current_context().meta.get(STYLE)
    if style is not None:
        settings = (*settings, style)
    options = parse_settings(settings)
    project = project_of(start) if profile is None else None
    if project is not None:
        rules = (*project.rules, *rules)
        options = {**project.options, **options}
        profile = project.profile
    with while_compiling():
        normalizer = load_with(profile or DEFAULT, rules, options)
    if not select and not ignore:
        return normalizer
    from normalize.selection import restricted

    return restricted(normalizer, select, ignore)


def project_of(start: str) -> Project | None:
    """The project of an input; of the working directory for standard input."""
    from pathlib import Path

    from normalize.project import find_project

    return find_project(Path("." if start == "-" else start))


def parse_settings(settings: tuple[str, ...]) -> dict[str, str]:
    """The options that --set gives, by name."""
    options: dict[str, str] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals:
            raise click.UsageError(f"--set needs OPTION=VALUE, not {setting!r}")
        if options.get(name, value) != value:
            raise click.UsageError(
                f"--set {name}={options[name]} and --set {setting} contradict "
                "each other"
            )
        options[name] = value
    return options
