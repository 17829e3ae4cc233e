"""`normalize variants`: every spelling a name is seen under."""

from __future__ import annotations

import click

from normalize.cli.misuse import Command


@click.command(
    "variants", cls=Command, short_help="Every spelling a Cyrillic name is seen under."
)
@click.argument("name")
@click.option(
    "--lang",
    type=click.Choice(("uk", "ru")),
    default="uk",
    help="The language of the form (default: uk).",
)
def command(name: str, lang: str) -> int:
    """List the Latin spellings of NAME, best first.

    Each with its cost (0 is usual, 3 is rare), the rule of the press or of the names
    that makes or lists it, and the romanization systems that give it. Examples:
    normalize variants Київ; normalize variants --lang ru Киев
    """
    from normalize.cli.show import table
    from normalize.spellings import variants

    rows = [("spelling", "cost", "made by", "systems")]
    for found in variants(name, lang=lang):
        cost = f"{found.cost / 100:.1f}"
        rows.append((found.text, cost, found.habit or "-", " ".join(found.systems)))
    for line in table(rows):
        click.echo(line.rstrip())
    return 0
