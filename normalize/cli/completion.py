"""`normalize completion`: what makes a shell complete commands, options, files."""

from __future__ import annotations

import click

from normalize.cli.misuse import Command

VARIABLE = "_NORMALIZE_COMPLETE"


@click.command(
    "completion", cls=Command, short_help="Print what makes a shell complete commands."
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, /, shell: str) -> int:
    """Print the completion of SHELL, to be read when it starts.

    \b
    bash  normalize completion bash >> ~/.bashrc
    zsh   normalize completion zsh >> ~/.zshrc
    fish  normalize completion fish > ~/.config/fish/completions/normalize.fish
    """  # noqa: D301 - \b is a word to click
    from click.shell_completion import get_completion_class

    program = ctx.find_root().command
    made = get_completion_class(shell)
    if made is None:  # pragma: no cover - click has all three
        raise click.UsageError(f"no completion for {shell}")
    # Only its text is wanted; to look for the version of bash takes a process.
    complete = made(program, {}, "normalize", VARIABLE)
    click.echo(complete.source_template % complete.source_vars())
    return 0


def answer(program: click.Command, instruction: str) -> int:
    """Answer a shell that asks for completions of a program."""
    from click.shell_completion import shell_complete

    return shell_complete(program, {}, "normalize", VARIABLE, instruction)
