"""Lints of single rules: mixed scripts, lost escapes, slow patterns, idle words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import regex

from normalize.checking.slowness import slow_text
from normalize.engine.patterns import Tree
from normalize.errors import suggestion
from normalize.kinds.base import Finding, Rule
from normalize.kinds.protect import ProtectRule
from normalize.kinds.quantities.draft import Draft
from normalize.kinds.quantities.model import QuantityRule
from normalize.kinds.rewrite import RewriteRule
from normalize.library import Library
from normalize.source.nodes import Mapping, Node, Scalar, Sequence, parse

_WORD = regex.compile(r"[\p{L}\p{M}]+")
_LATIN = regex.compile(r"\p{Latin}")
_CYRILLIC = regex.compile(r"\p{Cyrillic}")
# As one would write a letter, with the backslash gone: by itself, or inside a word
# where it is one of the letters and marks that rules are about.
LOST = re.compile(
    r"(?<!\\)(?:(?<!\w)(?:u[0-9a-fA-F]{4}|U000[0-9a-fA-F]{5})(?!\w)"
    r"|u(?:0[2-5]|20)[0-9a-fA-F]{2})"
)
# Fields that hold words of the text, in files of kinds that check no letters.
WORDS = frozenset({"lexicon", "words"})
OTHERS = frozenset({"homoglyphs", "mojibake", "names", "rewrite"})


def mixed_words(text: str) -> list[str]:
    """The words of a text that have Latin and Cyrillic letters."""
    words: list[str] = _WORD.findall(text)
    return [w for w in words if _LATIN.search(w) and _CYRILLIC.search(w)]


def rule_findings(rule: Rule) -> Iterator[Finding]:
    """What can be seen in one rule by itself."""
    if isinstance(rule, RewriteRule):
        yield from _texts(rule)
        yield from _idle(rule)
    for tree in _trees(rule):
        slow = slow_text(tree)
        if slow is not None:
            message = f"the time of a pattern grows faster than the text, as on {slow}"
            hint = "let no two repeats fit the same characters"
            yield Finding("N011", message, rule.at, hint)


def _trees(rule: Rule) -> Iterator[Tree]:
    trees: list[Tree | None] = []
    if isinstance(rule, RewriteRule):
        trees = [rule.tree]
    elif isinstance(rule, QuantityRule) and rule.grammar is not None:
        trees = [*rule.grammar.trees]
    elif isinstance(rule, ProtectRule):
        trees = [rule.tree, rule.opens, rule.closes]
    yield from (tree for tree in trees if tree is not None)
    for items in rule.conditions:
        yield from (item for item in items if not isinstance(item, str))


def _texts(rule: RewriteRule) -> Iterator[Finding]:
    output = "".join(part for named, part in rule.output if not named)
    for code, texts in (("N005", [output]), ("N006", [*rule.variants])):
        for text in texts:
            for word in mixed_words(text):
                message = f"the word {word!r} has Latin and Cyrillic letters"
                yield Finding(code, message, rule.at, "type it again")
    for text in (output, *rule.variants):
        yield from _lost(text, rule.at)


def _lost(text: str, at: str) -> Iterator[Finding]:
    for found in LOST.finditer(text):
        char = chr(int(found[0][1:], 16))
        message = f"{found[0]!r} looks like an escape without its backslash"
        hint = f'is {char!r} meant? Write that, or quote it: "\\{found[0]}"'
        yield Finding("N007", message, at, hint)


def word_findings(library: Library, id_: str) -> Iterator[Finding]:
    """What is typed wrong in the lists of words of a file."""
    source = library.source_of(id_)
    if source is None or library.kind(id_) in OTHERS:
        return
    root, _ = parse(source)
    for scalar in _words_in(root, inside=False):
        at = f"{source.path}:{scalar.line}"
        for word in mixed_words(scalar.value):
            message = f"the word {word!r} has Latin and Cyrillic letters"
            yield Finding("N006", message, at, "type it again")
        yield from _lost(scalar.value, at)
        if scalar.value != unicodedata.normalize("NFC", scalar.value):
            message = f"the word {scalar.value!r} is not in Unicode form NFC"
            yield Finding("N012", message, at, "type it again")


def _words_in(node: Node | None, *, inside: bool) -> Iterator[Scalar]:
    """The texts in fields that hold words."""
    if isinstance(node, Scalar):
        if inside:
            yield node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _words_in(item, inside=inside)
    elif isinstance(node, Mapping):
        for name, (key, value) in node.items.items():
            if inside:
                yield key
            yield from _words_in(value, inside=inside or name in WORDS)


def _idle(rule: RewriteRule) -> Iterator[Finding]:
    """Phrases of `unless` that hold no spelling of the rule, so never veto."""
    if not rule.variants:
        return
    spellings = [" ".join(v.casefold().split()) for v in rule.variants]
    for phrase in rule.conditions.unless:
        if isinstance(phrase, str):
            whole = " ".join(phrase.casefold().split())
            if whole in spellings:
                message = f"the 'unless' phrase {phrase!r} is a spelling of the rule"
                hint = f"so {phrase!r} never changes; write the words around it too"
                yield Finding("N004", message, rule.at, hint)
            elif not any(spelling in whole for spelling in spellings):
                message = f"the 'unless' phrase {phrase!r} holds no variant of the rule"
                hint = "take it out, or write the phrase with the variant in it"
                yield Finding("N014", message, rule.at, hint)


def unused_classes(library: Library) -> Iterator[Finding]:
    """Classes of the user's own that no pattern names."""
    if all(library.kind(id_) == "classes" for id_ in library.own):
        return  # the patterns that they are for are not there
    texts = "\n".join(library.text_of(id_) for id_ in library.ids())
    for id_ in library.own:
        if library.kind(id_) != "classes":
            continue
        path = library.path_of(id_)
        for number, line in enumerate(library.text_of(id_).splitlines(), 1):
            named = re.match(r"  ([a-z][a-z0-9_-]*):", line)
            if named and f"{{{named[1]}}}" not in texts:
                message = f"no pattern uses the class {named[1]!r}"
                yield Finding("N014", message, f"{path}:{number}", "take it out")


def unused_lexicons(library: Library) -> Iterator[Finding]:
    """Lexicons that no field takes its words from, in the file or in one that uses it.

    What a lexicon of another file is joined with is found by the fields of that one.
    """
    drafts = {}
    for id_ in library.ids("quantities"):
        file = library.rule_file(id_)
        if file is not None:
            drafts[library.path_of(id_)] = file.grammar
    for path, draft in drafts.items():
        for name, entries in draft.lexicon.items():
            mine = [key for key in entries if key.source.path == path]
            if mine and not any(
                _takes(other, name, mine[0]) for other in drafts.values()
            ):
                taken = {
                    s["words"].value for _, s in draft.fields.values() if "words" in s
                }
                hint = suggestion(name, sorted(taken)) or "take it out"
                message = f"no field takes its words from the lexicon {name!r}"
                at = f"{path}:{mine[0].line}"
                yield Finding("N014", message, at, hint)


def _takes(draft: Draft, name: str, key: Scalar) -> bool:
    """Whether a field of a file takes its words from a lexicon with this entry."""
    return any(key is one for one in draft.lexicon.get(name, ())) and any(
        "words" in said and said["words"].value == name
        for _, said in draft.fields.values()
    )
