"""`normalize explain`: every edit in a text, a row each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from normalize.cli.misuse import Command
from normalize.cli.options import (
    load_normalizer,
    use_color,
    waits_for_typing,
    with_color,
    with_profile,
)

if TYPE_CHECKING:
    from normalize.checking.why import Reasons
    from normalize.normalizer import Normalizer
    from normalize.result import Result


@click.command("explain", cls=Command, short_help="Show every edit in a text.")
@click.argument("text", required=False, metavar="TEXT|-")
@with_profile
@click.option(
    "--output-format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="A table, or the whole result as JSON.",
)
@click.option("--why", metavar="WORD", help="Say why WORD was changed, or was not.")
@click.option(
    "-v",
    "--verbose",
    is_flag=True,
    help="Show every stage, what it looked at, and what was protected.",
)
@with_color
@click.pass_context
def command(
    ctx: click.Context,
    text: str | None,
    profile: str | None,
    rules: tuple[str, ...],
    settings: tuple[str, ...],
    format_: str,
    why: str | None,
    verbose: bool,
    color: str,
) -> int:
    """Show what happens to TEXT (- for standard input): the result, and for each
    edit its stage, what stood there, what stands there now, the rule and its
    place, and the offsets in the source (code points).
    """
    from normalize.cli.files import read_document

    if text is None and waits_for_typing():
        click.echo(ctx.get_help())
        return 2
    source = read_document("-").text if text in (None, "-") else text
    normalizer = load_normalizer(profile, rules, settings)
    places: list[Reasons] | None = None
    if why is not None:
        from normalize.checking.why import why as reasons
        from normalize.library import Library

        places = list(reasons(Library(rules), normalizer, source or "", why))
    result = normalizer.trace(source or "")
    if format_ == "json":
        import json

        record = _record(rules, normalizer, result, places, verbose=verbose)
        click.echo(json.dumps(record, ensure_ascii=False))
        return 0
    if places is not None:
        for line in _reasons(why or "", places):
            click.echo(line)
        return 0
    for line in _report(result, use_color(color)):
        click.echo(line, color=True)
    for line in _stages(rules, normalizer, result) if verbose else ():
        click.echo(line)
    return 0


def _record(
    rules: Sequence[str],
    normalizer: Normalizer,
    result: Result,
    places: list[Reasons] | None,
    *,
    verbose: bool,
) -> dict[str, object]:
    """The result as it is written as JSON, with reasons and candidates if asked for."""
    from normalize.checking.why import left, protected
    from normalize.library import Library

    record: dict[str, object] = dict(result.to_dict())
    if places is not None:
        record["why"] = [place._asdict() for place in places]
    if verbose:
        spans = protected(normalizer, result.source)
        record["protected"] = [span._asdict() for span in spans]
        record["candidates"] = [
            {"stage": name, "start": start, "text": word}
            for name, text, starts in _looked_at(normalizer, result)
            for start in starts
            for word in [_word_at(text, start)]
        ]
        record["left"] = [
            {"stage": stage, "text": word, "reason": reason}
            for stage, words in left(Library(rules), normalizer, result).items()
            for word, reason in words
        ]
    return record


def _reasons(word: str, places: list[Reasons]) -> Iterator[str]:
    if not places:
        yield f"{word!r} does not stand in the text"
    for place in places:
        where = f"{place.line}:{place.column} (offset {place.start})"
        yield f"{place.word!r} at {where}:"
        yield from (f"    {reason}" for reason in place.reasons)


def _looked_at(
    normalizer: Normalizer, result: Result
) -> Iterator[tuple[str, str, list[int]]]:
    """Of each stage its name, the text it was given, where it had candidates."""
    from normalize.spans import splice

    text = result.source
    for stage, step in zip(normalizer.compiled.stages, result.steps, strict=True):
        yield stage.name, text, [start for _, start, _ in stage.scanner.hits(text)]
        text = splice(text, [(e.start, e.end, e.after) for e in step.edits])


def _stages(
    rules: Sequence[str], normalizer: Normalizer, result: Result
) -> Iterator[str]:
    """What is protected, and what each stage looked at and changed."""
    from normalize.checking.why import left, protected
    from normalize.cli.show import visible
    from normalize.library import Library

    yield ""
    vetoed = left(Library(rules), normalizer, result)
    for span in protected(normalizer, result.source):
        part = visible(result.source[span.start : span.end])
        yield f"protected {span.start}-{span.end}: {part} ({span.rule} at {span.at})"
    looked = _looked_at(normalizer, result)
    for (name, text, starts), step in zip(looked, result.steps, strict=True):
        seen = dict.fromkeys(_word_at(text, start) for start in starts)
        shown = ", ".join(visible(word) for word in list(seen)[:MOST])
        more = f" and {len(seen) - MOST} more" if len(seen) > MOST else ""
        changed = ", ".join(
            f"{visible(e.before)} -> {visible(e.after) or '(nothing)'}"
            for e in step.edits
        )
        yield f"stage {name}: {len(starts)} candidates" + (
            f" ({shown}{more})" if shown else ""
        )
        yield f"    changed: {changed or 'nothing'}"
        for word, reason in vetoed.get(name, ()):
            yield f"    left: {visible(word)}: {reason}"


MOST = 12  # candidates shown of a stage


def _word_at(text: str, start: int) -> str:
    """The word that a candidate begins, or its character."""
    end = start
    while end < len(text) and text[end].isalnum():
        end += 1
    return text[start : max(end, start + 1)]


def _report(result: Result, color: bool) -> Iterator[str]:
    from normalize.cli.show import table

    yield result.text.rstrip("\n")
    yield ""
    rows = list(_rows(result))
    if rows:
        heading = ("stage", "before", "after", "rule", "place", "offsets")
        yield from table([heading, *rows], color)
    else:
        yield "no edits"
    for diagnostic in result.diagnostics:
        place = f"from offset {diagnostic.start}"
        yield f"{diagnostic.code}: {diagnostic.message} ({place})"


def _rows(result: Result) -> Iterator[tuple[str, ...]]:
    from normalize.cli.show import visible
    from normalize.result import compose_steps
    from normalize.spans import Alignment, blocks_of

    steps = [
        [(e.start, e.end, e.after, e.rules[0]) for e in s.edits] for s in result.steps
    ]
    given = result.source
    for number, step in enumerate(result.steps):
        so_far = compose_steps(result.source, given, steps[:number])
        way_back = Alignment(blocks_of((e.start, e.end, e.after) for e in so_far))
        for edit in step.edits:
            span = way_back.to_source(edit.start, edit.end)
            rule = edit.rules[0]
            yield (
                step.stage,
                visible(edit.before),
                visible(edit.after) or "(nothing)",
                rule.id,
                rule.at,
                f"{span.start}-{span.end}",
            )
        from normalize.spans import splice

        given = splice(given, [(e.start, e.end, e.after) for e in step.edits])
