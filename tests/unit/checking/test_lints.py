"""Lints of single rules, each shown by a rule that has it and one that has not."""

from __future__ import annotations

import pytest

from normalize.checking.codes import CODES
from normalize.checking.fixing import fixes
from normalize.checking.lint import lint_own
from normalize.checking.slowness import slow_text
from normalize.engine.limits import may_be_slow
from normalize.engine.patterns import parse
from normalize.library import Library

IE = "\N{CYRILLIC SMALL LETTER IE}"
HEAD = "kind: rewrite\nid: t.lints\ntitle: Lints\nrules:\n"


def findings(tmp_path, rule, *others):
    path = tmp_path / "lints.yaml"
    path.write_text(HEAD + rule, encoding="utf-8")
    for number, text in enumerate(others):
        (tmp_path / f"other{number}.yaml").write_text(text, encoding="utf-8")
    library = Library([tmp_path])
    library.check()
    return library, lint_own(library)


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("N005", f"  - {{id: a, variants: [km], output: m{IE}tre, examples: km -> x}}"),
        (
            "N006",
            f"  - {{id: a, variants: [K{IE}rch], output: Kerch, examples: a -> x}}",
        ),
        ("N007", "  - {id: a, variants: [u0456x u0456], output: i, examples: a -> x}"),
        ("N011", "  - {id: a, pattern: 'q(?:a|aa)+c', output: i, examples: qac -> i}"),
        ("N012", "  - {id: a, variants: [cafe\u0301], output: cafe, examples: a -> x}"),
        (
            "N014",
            "  - {id: a, variants: [km], output: m, unless: [KN], examples: a -> b}",
        ),
    ],
)
def test_each_lint_finds_its_mistake(tmp_path, code, rule):
    """The code is found at the line of the rule, and has an explanation."""
    _, found = findings(tmp_path, rule + "\n")

    assert [(code, 5)] == [(f.code, int(f.at.rpartition(":")[2])) for f in found]
    assert CODES[code].why and CODES[code].mend


def test_a_plain_rule_has_no_findings(tmp_path):
    """Words of one script each, a veto that holds the variant, a fast pattern."""
    rule = (
        "  - {id: a, variants: [km], output: км, unless: km stone, examples: a -> b}\n"
        "  - {id: b, pattern: 'q[a-z]+[0-9]+', output: x, examples: qa1 -> x}\n"
    )

    assert [] == findings(tmp_path, rule)[1]


def test_a_class_that_nothing_uses(tmp_path):
    """A class of one's own that no pattern names is found where it stands."""
    classes = (
        "kind: classes\nid: t.classes\ntitle: Mine\nclasses:\n"
        "  t-used: '[a]'\n  t-idle: '[b]'\n"
    )
    rule = "  - {id: a, pattern: 'x{t-used}', output: y, examples: xa -> y}\n"
    library, _ = findings(tmp_path, rule, classes)
    from normalize.checking.ruling import unused_classes

    assert [("N014", 6)] == [
        (f.code, int(f.at.rpartition(":")[2])) for f in unused_classes(library)
    ]


def test_fixing_writes_what_was_meant(tmp_path):
    """A look-alike, a lost escape and an open form are typed right; comments stay."""
    rule = (
        "  # keep me\n"
        f"  - {{id: a, variants: [K{IE}rch], output: Kerch, examples: K{IE}rch -> x}}\n"
        "  - {id: b, variants: [a u0456 b], output: i, examples: a -> x}\n"
        "  - {id: c, variants: [cafe\u0301], output: cafe, examples: a -> x}\n"
    )
    library, found = findings(tmp_path, rule)
    (fixed,) = fixes(library, found)

    assert (
        HEAD + "  # keep me\n"
        "  - {id: a, variants: [Kerch], output: Kerch, examples: Kerch -> x}\n"
        "  - {id: b, variants: [a і b], output: i, examples: a -> x}\n"
        "  - {id: c, variants: [café], output: cafe, examples: a -> x}\n"
    ) == fixed.text


@pytest.mark.parametrize(
    "pattern", ["q(?:a|aa)+c", "q(?:a+b?)+c", r"q(?:\w|[a-z]x?)+\.", "qa+(?:a|b)+a+c"]
)
def test_slow_patterns_are_shown_by_a_text(pattern):
    """The text is one that begins like a match and never ends as one."""
    tree = parse(pattern, {})
    slow = slow_text(tree)

    assert may_be_slow(tree)
    if slow is not None:  # `regex` makes some of them fast by itself
        assert slow.start.startswith("q")


@pytest.mark.parametrize(
    "pattern", ["a+b", "[a-z]+[0-9]+", "(?:ab)+c", "(?:a|b)+c", "(?:a+)++b", "a{1,20}b"]
)
def test_fast_patterns_get_no_limit(pattern):
    """Repeats that share no character, and repeats of what has one way, are fast."""
    assert not may_be_slow(parse(pattern, {}))
