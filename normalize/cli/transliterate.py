"""`normalize transliterate`: Cyrillic in Latin letters, and back."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from normalize.cli.misuse import Command
from normalize.cli.options import parse_settings, waits_for_typing
from normalize.errors import InputError

if TYPE_CHECKING:
    from normalize.romanizers import Romanizer, System

# Nobody writes a text like this, so it is a file that is not there.
_LIKE_A_PATH = re.compile(r"\S*(?:/\S*|\.[a-z]{2,5})")


@click.command(
    "transliterate",
    cls=Command,
    short_help="Cyrillic in Latin letters by a system, and back.",
)
@click.argument("inputs", nargs=-1, metavar="[TEXT|PATHS|-]")
@click.option("-s", "--system", help="The system, by its id or an alias.")
@click.option("--reverse", is_flag=True, help="From Latin letters back to Cyrillic.")
@click.option(
    "--candidates",
    is_flag=True,
    help="Rank what Latin words may have been.",
)
@click.option(
    "--set",
    "settings",
    metavar="OPTION=VALUE",
    multiple=True,
    help="stress=drop|keep, foreign=sister|keep|drop|error, single=auto|title|caps, "
    "or a switch of the system; may be repeated.",
)
@click.option("--rules", metavar="PATH", multiple=True, help="Add systems of your own.")
@click.option("--list", "list_", is_flag=True, help="List the systems.")
@click.option("--lang", metavar="uk|ru", help="List those of one language.")
@click.option("--match", metavar="WORD", help="List those that have a word in them.")
@click.option("--reversible", is_flag=True, help="List those that can be reversed.")
@click.option("--table", metavar="SYSTEM", help="Show the letters and rules of one.")
@click.option("--all", "all_", is_flag=True, help="Show the text in every system.")
@click.pass_context
def command(
    ctx: click.Context,
    inputs: tuple[str, ...],
    system: str | None,
    reverse: bool,
    candidates: bool,
    settings: tuple[str, ...],
    rules: tuple[str, ...],
    list_: bool,
    lang: str | None,
    match: str | None,
    reversible: bool,
    table: str | None,
    all_: bool,
) -> int:
    """Write TEXT, or files, or standard input (-), in the letters of a system.

    An argument that is the path of a file stands for what is in it.
    """
    ways = {
        "--list": list_ or bool(lang or match or reversible),
        "--table": table is not None,
        "--all": all_,
        "-s": system is not None,
    }
    chosen = [name for name, on in ways.items() if on]
    how = {
        "--candidates": candidates,
        "--reverse": reverse,
        "--set": bool(settings),
        "--rules": bool(rules),
    }
    _refuse_contradictions(chosen, [name for name, on in how.items() if on])
    if chosen in (["--list"], ["--table"]) and inputs:
        raise click.UsageError(f"{chosen[0]} takes no text")
    if chosen == ["--list"]:
        return _list(lang, match, reversible)
    if table is not None:
        return _table(table, rules)
    if not inputs:
        if waits_for_typing():
            click.echo(ctx.get_help())
            return 2
        inputs = ("-",)
    if all_:
        return _all(inputs)
    if system is None:
        raise click.UsageError(
            "which system? say it with -s\n"
            "hint: 'normalize transliterate --list' shows all"
        )
    from normalize.romanizers import romanizer_with

    if candidates:
        return _candidates(inputs, system)
    made = romanizer_with(system, parse_settings(settings), rules)
    return _write(inputs, made, reverse)


# What each way to ask takes besides; what it would do nothing with is refused.
_TAKES = {"--list": (), "--table": ("--rules",), "--all": ()}


def _refuse_contradictions(chosen: list[str], how: list[str]) -> None:
    """Tell the first two options that can't go together.

    Raises:
        UsageError: there are two.
    """
    if len(chosen) > 1:
        raise click.UsageError(f"{chosen[0]} and {chosen[1]} contradict each other")
    for name in how:
        if chosen and name not in _TAKES.get(chosen[0], how):
            raise click.UsageError(f"{name} and {chosen[0]} contradict each other")
    if "--candidates" in how and len(how) > 1:
        raise click.UsageError(f"--candidates and {how[1]} contradict each other")


def _write(inputs: tuple[str, ...], made: Romanizer, reverse: bool) -> int:
    from normalize.files.writing import put

    run = made.reverse if reverse else made
    if reverse:
        run("")  # tells at once when the system has no way back
    failed = 0
    for given in inputs:
        try:
            text, encode = _read(given)
            put(encode(run(text)))
        except InputError as error:
            sys.stdout.flush()
            click.echo(f"error: {error}", err=True)
            failed += 1
    return 3 if failed else 0


def _candidates(inputs: tuple[str, ...], system: str) -> int:
    from normalize.cli.show import table
    from normalize.transliteration import reverse_candidates

    rows = [("word", "may be", "known")]
    for word in " ".join(_read(given)[0] for given in inputs).split():
        rows += [
            (word, found.text, "yes" if found.known else "no")
            for found in reverse_candidates(word, system)
        ]
    for line in table(rows):
        click.echo(line)
    return 0


def _read(given: str) -> tuple[str, Callable[[str], bytes]]:
    """The text that an argument stands for, and how its result is written."""
    from normalize.cli.files import read_document

    if given == "-" or _is_path(given):
        document = read_document(given)
        return document.text, document.encode
    return given, lambda text: f"{text}\n".encode("utf-8", "surrogateescape")


def _is_path(given: str) -> bool:
    try:
        found = Path(given).exists()
    except (OSError, ValueError):  # too long, or a NUL in it
        return False
    return found or (given.isascii() and _LIKE_A_PATH.fullmatch(given) is not None)


def _list(lang: str | None, match: str | None, reversible: bool) -> int:
    from normalize.cli.show import table
    from normalize.romanizers import systems

    rows = [("system", "year", "status", "back", "title")]
    for found in systems(lang):
        if match and match.lower() not in _words(found).lower():
            continue
        if reversible and found.reversible == "no":
            continue
        title = found.title
        if found.aliases:
            title += f" (also {', '.join(found.aliases)})"
        rows.append((found.id, found.year, found.status, found.reversible, title))
    for line in table(rows):
        click.echo(line)
    return 0 if len(rows) > 1 else 1


def _words(system: System) -> str:
    return " ".join(
        (system.id, system.title, system.authority, system.status, *system.aliases)
    )


def _table(name: str, rules: tuple[str, ...]) -> int:
    from normalize.romanizers import Romanizer

    for line in _table_lines(Romanizer(name, rules=rules)):
        click.echo(line)
    return 0


def _table_lines(made: Romanizer) -> Iterator[str]:
    from normalize.cli.show import table

    about, file = made.system, made.file
    yield f"{about.id}: {about.title}"
    yield f"{about.authority}, {about.year}; {about.status}"
    yield f"confidence: {about.confidence}"
    yield f"source: {about.source}"
    yield ""
    shown = {letter: text or "-" for letter, text in file.letters.items()}
    mark = "as typed" if file.apostrophe in (None, "keep") else file.apostrophe or "-"
    shown["apostrophe"] = mark
    if file.case == "upper":
        shown = {letter: text.upper() for letter, text in shown.items()}
    yield from table([("letter", "written"), *shown.items()])
    if file.turns:
        yield ""
        rows = [("letters", "written", "where", "for example")]
        for turn in file.turns:
            example = turn.examples[0] if turn.examples else None
            said = f"{example.source} -> {example.expected}" if example else ""
            rows.append((turn.source, turn.output or "-", turn.where(), said))
        yield from table(rows)
    if about.alternatives:
        yield ""
        yield "also seen: " + "; ".join(
            f"{letters} = {', '.join(text or '-' for text in texts)}"
            for letters, texts in about.alternatives
        )
    yield ""
    if about.reversible == "yes":
        yield "reversible"
    else:
        said = (
            "reversible but for" if about.reversible == "except" else "not reversible:"
        )
        pairs = [f"{a} and {b or 'nothing'}" for a, b in about.collisions]
        yield f"{said} {'; '.join(pairs)} are written alike"


def _all(inputs: tuple[str, ...]) -> int:
    from normalize.cli.show import table, visible
    from normalize.romanizers import Romanizer, systems

    text = " ".join(_read(given)[0] for given in inputs).strip()
    rows = [("system", "written")]
    rows += [(found.id, visible(Romanizer(found.id)(text))) for found in systems()]
    for line in table(rows):
        click.echo(line)
    return 0
