"""How `normalize rules show` shows a file or a rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from normalize.kinds.base import Rule, RuleFile
    from normalize.library import Library


def show_file(library: Library, id_: str) -> None:
    """A file: what it is, and its rules with their places."""
    title, path = library.about(id_)
    library.check()
    kind = library.kind(id_)
    click.echo(f"{id_}: {title} ({kind}, {path})")
    file = library.rule_file(id_) if kind not in ("profile", "classes") else None
    if file is None:
        click.echo(library.text_of(id_).rstrip())
        return
    for rule in file.rules:
        click.echo(f"  {file.id}/{rule.id}  {rule.at}")


def show_rule(library: Library, file: RuleFile, rule: Rule) -> None:
    """A rule: its lines, what it comes to, its examples, and who changes it."""
    from dataclasses import replace

    from normalize.checking.answers import alone
    from normalize.cli.show import visible
    from normalize.compiling import compile_plan

    click.echo(f"{file.id}/{rule.id}  ({file.kind}, {rule.at})\n")
    for line in "\n".join(library.lines_of(rule)).rstrip().splitlines():
        click.echo(f"  {line}".rstrip())
    only = replace(file, rules=(rule,))
    with library.drawing():
        compiled = compile_plan(alone(library, only, rule, without=("decisions",)))
    scanners = [stage.scanner for stage in compiled.stages]
    anchors = [a for scanner in scanners for a in scanner.anchors]
    anchors += compiled.protector.scanner.anchors + compiled.blocks.scanner.anchors
    shown = ", ".join(visible(anchor) for anchor in sorted(set(anchors))[:40])
    if shown:
        click.echo(f"\nlooked for at: {shown}")
    if rule.claims():
        click.echo(f"spellings: {', '.join(rule.claims())}")
    for line in (*_made(library, only, rule), *_compiled(rule)):
        click.echo(line)
    click.echo("examples:")
    for example in rule.examples:
        mark = f"{example.mark}: " if example.mark else ""
        after = "" if example.mark == "keep" else f" -> {visible(example.expected)}"
        click.echo(f"  {mark}{visible(example.source)}{after}")
    for line in _others(library, file, rule):
        click.echo(line)


def _made(library: Library, file: RuleFile, rule: Rule) -> Iterator[str]:
    """The spellings that are made of names, and those of them that do nothing."""
    from normalize.checking.placing import changed, made
    from normalize.kinds.names.model import Name, NameRule

    if not isinstance(rule, NameRule):
        return
    for part in ("name", "given", "surname"):
        name = getattr(rule, part)
        if not isinstance(name, Name) or not (name.uk or name.ru):
            continue
        texts = made(library, name)
        # A given name and a surname decide together, however each is spelled.
        lone = part == "name" or (part == "surname" and rule.lone)
        found = changed(library, file, rule, texts) if lone else frozenset(texts)
        idle = [text for text in texts if text not in found]
        yield f"made of the {part}: {', '.join(t for t in texts if t in found)}"
        if idle:
            said = "made, but too short or too unusual to change alone (list under "
            yield f"{said}'also' what is meant): {', '.join(idle)}"


def _compiled(rule: Rule) -> Iterator[str]:
    """Patterns and contexts in the form in which they are run."""
    from normalize.engine.analysis import emit
    from normalize.engine.patterns import Tree

    for field in ("tree", "opens", "closes"):
        tree = getattr(rule, field, None)
        if isinstance(tree, Tree):
            yield f"{'pattern' if field == 'tree' else field}: {emit(tree)}"
    for field, items in zip(
        ("preceded_by", "followed_by", "unless"), rule.conditions, strict=True
    ):
        said = [i if isinstance(i, str) else f"pattern {emit(i)}" for i in items]
        if said:
            yield f"{field}: {'; '.join(said)}"
    for field in ("near", "not_near"):
        words = getattr(rule, field, ())
        if words:
            yield f"{field}: {'; '.join(words)}"


def _others(library: Library, file: RuleFile, rule: Rule) -> Iterator[str]:
    """Which profiles use the rule, and who overrides it or leaves it out."""
    from normalize.checking.profiles import Profiles
    from normalize.source.nodes import Mapping, Sequence, Source, parse

    used = sorted(Profiles(library).using(file.id))
    if used:
        yield f"used by: {', '.join(used)}"
    for id_ in library.ids():
        if f"{file.id}" not in library.text_of(id_) or id_ == file.id:
            continue
        root, _ = parse(Source(library.path_of(id_), library.text_of(id_)))
        fields = root.items if isinstance(root, Mapping) else {}
        left = fields["remove"][1] if "remove" in fields else None
        items = left.items if isinstance(left, Sequence) else [left] if left else []
        names = {getattr(item, "value", "") for item in items}
        child = getattr(fields.get("extends", (None, None))[1], "value", "") == file.id
        place = f"{id_} ({library.path_of(id_)})"
        if names & {f"{file.id}/{rule.id}", file.id} or (child and rule.id in names):
            yield f"left out by: {place}"
        elif child and library.kind(id_) == file.kind:
            other = library.rule_file(id_)
            rules = {r.id: r for r in other.rules} if other is not None else {}
            if rule.id in rules and rules[rule.id].at != rule.at:
                yield f"overridden by: {id_}/{rule.id} ({rules[rule.id].at})"
