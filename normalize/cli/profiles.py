"""`normalize profiles`: what can be asked for with -p."""

from __future__ import annotations

import click

from normalize.cli.misuse import Command


@click.command("profiles", cls=Command, short_help="List the profiles.")
@click.option("--rules", metavar="PATH", multiple=True, help="Add your own files.")
def command(rules: tuple[str, ...]) -> int:
    """List the profiles: name, title, stages, and the options with their values."""
    from normalize.cli.show import table
    from normalize.library import Library
    from normalize.profile import resolve

    library = Library(rules)
    rows = [("profile", "title", "stages", "options")]
    for id_ in sorted(library.ids("profile")):
        profile = library.profile(id_)
        library.check()
        plan = resolve(library, id_, {})
        options = " ".join(f"{name}={value}" for name, value in plan.options)
        stages = ", ".join(stage.name for stage in plan.stages)
        rows.append((id_, profile.title if profile else "", stages, options or "-"))
    for line in table(rows):
        click.echo(line)
    return 0
