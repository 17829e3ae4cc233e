"""Mistakes of rule editors: the JSON Schema catches each as the loader does.

Editors with a YAML language server show what the schema says while one types, so it
must refuse what the loader refuses, in the same words where it has words of its own.
"""

from __future__ import annotations

import json

import jsonschema
import pytest

from normalize.checking.schemas import schema_files
from normalize.errors import RuleErrors
from normalize.library import Library
from normalize.source.nodes import Mapping, Scalar, Sequence, Source, parse

REWRITE = """\
kind: rewrite
id: t.rewrite
title: T
lang: en
options:
  style: {values: [a, b], default: a, title: Style}
rules:
  - id: km
    variants: [km, kms]
    output: kilometres
    case: exact
    boundary: word
    when: {style: a}
    preceded_by: ['5', {pattern: '[0-9]'}]
    examples:
      - 5 km -> 5 kilometres
      - keep: the km
"""
NAMES = """\
kind: names
id: t.names
title: T
rules:
  - id: lviv
    uk: Львів
    also: [Lvov]
    examples: Lvov -> Lviv
  - {id: popko, given: Сергій / Сергей, surname: Попко, alone: yes, nation: uk}
"""
PROTECT = """\
kind: protect
id: t.protect
title: T
rules:
  - id: number
    pattern: '[0-9]{1,6}/[A-Z]'
    case: any
    examples: see 1/A -> 1/A
"""
PAIRS = """\
kind: pairs
id: t.pairs
title: T
rules:
  - id: quotes
    levels: ['« »']
    marks:
      - {opening: ['«'], closing: ['»'], either: ['"']}
    code: unpaired_quote
    examples: '"a" -> «a»'
"""
PROFILE = """\
kind: profile
id: t.profile
title: T
extends: plain
languages: auto
protect: [protect.web]
stages:
  - {id: one, rules: [rewrite.ascii]}
remove: [rewrite.ascii/dash]
options: {apostrophe: ascii}
examples: {keep: a}
"""
DECISIONS = """\
kind: decisions
id: t.decisions
title: T
rules:
  - {id: dishes, use: frozen, words: [Kiev cake], examples: {keep: a Kiev cake}}
"""
LANGUAGES = """\
kind: languages
id: t.languages
title: T
rules:
  - {id: aa, letters: abc, words: [ab, ba], examples: [ba -> aa]}
"""

# What stands there, what is written instead.
MISTAKES = [
    (REWRITE, "    variants:", "    varients:"),
    (REWRITE, "    output: kilometres\n", ""),
    (REWRITE, "    variants: [km, kms]\n", ""),
    (REWRITE, "    variants: [km, kms]", "    variants: []"),
    (REWRITE, "[km, kms]", "{km: kms}"),
    (REWRITE, "[km, kms]", "[km, [kms]]"),
    (REWRITE, "[km, kms]", "[km, '']"),
    (REWRITE, "    output:", "    pattern: km\n    output:"),
    (REWRITE, "case: exact", "case: fold"),
    (REWRITE, "boundary: word", "boundary: line"),
    (REWRITE, "when: {style: a}", "when: [style]"),
    (REWRITE, "when: {style: a}", "when: {Style: a}"),
    (REWRITE, "      - 5 km -> 5 kilometres\n      - keep: the km\n", "      []\n"),
    (REWRITE, "5 km -> 5 kilometres", "5 km = 5 kilometres"),
    (REWRITE, "      - keep: the km", "      - kept: the km"),
    (REWRITE, "      - keep: the km", "      - {keep: the km, todo: a -> b}"),
    (REWRITE, "      - keep: the km", "      - {keep: [a, b]}"),
    (REWRITE, "  - id: km\n    variants", "  - variants"),
    (REWRITE, "  - id: km", "  - id: Km"),
    (REWRITE, "  - id: km", "  - id: 'k m'"),
    (REWRITE, "id: t.rewrite", "id: t_rewrite"),
    (REWRITE, "id: t.rewrite", "id: t.rewrite."),
    (REWRITE, "title: T\n", ""),
    (REWRITE, "lang: en", "lang: English"),
    (REWRITE, "title: T", "title: [T]"),
    (REWRITE, "{pattern: '[0-9]'}", "{pattern: '[0-9]', fold: yes}"),
    (REWRITE, "{pattern: '[0-9]'}", "{patern: '[0-9]'}"),
    (REWRITE, ", title: Style}", "}"),
    (REWRITE, "default: a, ", ""),
    (REWRITE, "style: {values", "Style: {values"),
    (NAMES, "    also: [Lvov]", "    also: {a: Lvov}"),
    (NAMES, "    uk: Львів", "    ua: Львів"),
    (NAMES, "surname: Попко", "surname: [Попко]"),
    (NAMES, "alone: yes", "alone: maybe"),
    (NAMES, "nation: uk", "nation: ua"),
    (NAMES, "rules:\n", "rule:\n"),
    (PROTECT, "case: any", "case: exactly"),
    (PROTECT, "    pattern: '[0-9]{1,6}/[A-Z]'\n", ""),
    (PROTECT, "    examples: see 1/A -> 1/A\n", ""),
    (PAIRS, "{opening: ['«'], ", "{open: ['«'], "),
    (PAIRS, "    marks:\n      - {", "    marks:\n      - - {"),
    (PROFILE, "  - {id: one, rules: [rewrite.ascii]}", "  - {id: one}"),
    (PROFILE, "  - {id: one, rules: [rewrite.ascii]}", "  - rewrite.ascii"),
    (PROFILE, "languages: auto", "languages: en"),
    (PROFILE, "[rewrite.ascii/dash]", "[rewrite.ascii/dash/x]"),
    (PROFILE, "options: {apostrophe: ascii}", "options: [apostrophe]"),
    (PROFILE, "examples: {keep: a}\n", ""),
    (DECISIONS, "use: frozen", "use: freeze"),
    (DECISIONS, ", words: [Kiev cake]", ""),
    (LANGUAGES, "letters: abc, ", ""),
    (LANGUAGES, "words: [ab, ba], examples: [ba -> aa]", "words: [ab, ba]"),
]
SCHEMAS = {
    name.partition(".")[0]: json.loads(text) for name, text in schema_files().items()
}


def plain(node):
    """A node as the data that an editor's schema checker sees."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, (_, value) in node.items.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    assert isinstance(node, Scalar)
    return node.value


def leaves(errors):
    """The errors of a schema with those of the alternatives in them."""
    for error in errors:
        yield error
        yield from leaves(error.context)


def by_schema(text):
    """The errors of the schema of the kind that a file says it has."""
    root, problems = parse(Source("a.yaml", text))
    assert problems == []
    data = plain(root)
    return list(
        jsonschema.Draft202012Validator(SCHEMAS[data["kind"]]).iter_errors(data)
    )


def words_of(error):
    """What an editor says for an error of the schema, as far as it is ours to say.

    That a list is empty they word themselves.
    """
    if "errorMessage" in error.schema:
        yield error.schema["errorMessage"]


def by_loader(text, folder):
    """What the loader says; empty when it takes the file."""
    path = folder / "a.yaml"
    path.write_text(text, encoding="utf-8")
    library = Library([path])
    try:
        library.check()
    except RuleErrors as errors:
        return str(errors)
    return ""


@pytest.mark.parametrize(
    "good", [REWRITE, NAMES, PROTECT, PAIRS, PROFILE, DECISIONS, LANGUAGES]
)
def test_the_files_without_mistakes_are_good(good, tmp_path):
    """What the mistakes are made in is right for schema and loader."""
    assert [] == by_schema(good)
    assert "" == by_loader(good, tmp_path)


def test_there_are_forty_kinds_of_mistakes():
    """No two are the same, and there are enough of them."""
    assert len(set(MISTAKES)) == len(MISTAKES) >= 40


@pytest.mark.parametrize(("good", "there", "instead"), MISTAKES)
def test_schema_and_loader_refuse_the_same(good, there, instead, tmp_path):
    """Both refuse it, and what the schema says stands in the loader's message."""
    assert there in good
    wrong = good.replace(there, instead, 1)
    errors = by_schema(wrong)
    said = by_loader(wrong, tmp_path)

    assert errors
    assert "a.yaml:" in said
    worded = [words for error in leaves(errors) for words in words_of(error)]
    assert worded
    assert any(words in said for words in worded), (worded, said)
