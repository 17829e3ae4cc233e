"""Lints of single rules, each shown by a rule that has it and one that has not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import normalize
from normalize.checking.codes import CODES
from normalize.checking.fixing import fixes
from normalize.checking.lint import lint_own
from normalize.checking.slowness import slow_text
from normalize.cli.main import _run
from normalize.engine.limits import may_be_slow
from normalize.engine.patterns import parse
from normalize.errors import RuleErrors
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
        ("N007", "  - {id: a, variants: [ux456 u0456], output: i, examples: a -> x}"),
        ("N011", "  - {id: a, pattern: 'q(?:a|aa)+c', output: i, examples: qac -> i}"),
        ("N012", "  - {id: a, variants: [cafe\u0301], output: cafe, examples: a -> x}"),
        ("N007", "  - {id: a, variants: [Ku0456ev], output: K, examples: a -> x}"),
        (
            "N004",
            "  - {id: a, variants: [km], output: m, unless: [Km], examples: a -> b}",
        ),
        (
            "N014",
            "  - {id: a, variants: [km], output: m, unless: [KN], examples: a -> b}",
        ),
    ],
)
def test_each_lint_finds_its_mistake(tmp_path, code, rule):
    """The code is found at the line of the rule, and has an explanation."""
    _, found = findings(tmp_path, rule + "\n")

    found = [f for f in found if not f.note]
    assert [(code, 5)] == [(f.code, int(f.at.rpartition(":")[2])) for f in found]
    assert CODES[code].why and CODES[code].mend


def test_a_plain_rule_has_no_findings(tmp_path):
    """Words of one script each, a veto that holds the variant, a fast pattern."""
    rule = (
        "  - {id: a, variants: [km], output: км, unless: km stone, examples: a -> b}\n"
        "  - {id: b, pattern: 'q[a-z]+[0-9]+', output: x, examples: qa1 -> x}\n"
    )

    assert [] == [f for f in findings(tmp_path, rule)[1] if not f.note]


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


AREAS = f"""\
kind: quantities
id: t.areas
title: Areas
options:
  area_template: {{title: t, takes: 'template amount, unit',
    default: '{{amount}} {{unit}}'}}
lexicon:
  unit:
    ha: [ha, h{IE}ctare, ga]
    acre: [acru0435, "are\u0301"]
fields:
  amount: {{digits: ['{{digit}}{{1,9}}']}}
  unit: {{words: unit}}
values:
  area: {{of: [amount, unit], required: [amount, unit], template: area_template}}
rules:
  - id: area
    patterns: '{{amount}} {{unit}}'
    output: '{{area}}'
    examples: 1 hectare -> 1 ha
"""


def test_words_of_lexicons_are_looked_at(tmp_path):
    """Mixed scripts, lost escapes, open forms: each at the line of the word."""
    path = tmp_path / "areas.yaml"
    path.write_text(AREAS, encoding="utf-8")
    found = [f for f in lint_own(Library([path])) if not f.note]

    assert [("N006", 9), ("N007", 10), ("N012", 10)] == [
        (f.code, int(f.at.removeprefix(f"{path}:"))) for f in found
    ]


# The second is cubic on its face, quadratic as `regex` does it: it must lack nothing
# that a match needs, and the text must be long.
@pytest.mark.parametrize("pattern", ["q(?:a|aa)+c", "q[a-z]+[a-z]+[a-z]+0"])
def test_growth_is_found(pattern):
    """A text shows it, whether it takes ever or grows with the square."""
    assert slow_text(parse(pattern, {})) is not None


def test_patterns_are_tried_on_texts_that_they_fit(tmp_path, capsys):
    """One that another eats, and one whose output it finds again; each with a text."""
    path = tmp_path / "own.yaml"
    path.write_text(
        HEAD
        + "  - {id: word, pattern: 'qu(?:x|z)', output: w, examples: qux -> w}\n"
        + "  - {id: eaten, pattern: 'q[u]z', output: e, examples: quz -> w}\n"
        + "  - id: again\n"
        + "    pattern: '(?<n>[0-9]{1,3}) ?qm'\n"
        + "    output: '{n} qm qm'\n"
        + "    examples: {keep: no digit}\n",
        encoding="utf-8",
    )

    assert _run(["rules", "lint", str(path)]) == 1
    said = capsys.readouterr().out
    eaten = "N004 'quz' should become 'e' but becomes 'w' by t.lints/word"
    assert f"{path}:6: {eaten}" in said
    assert f"{path}:7: N008 the output '0 qm qm' is changed once more" in said
    assert said.endswith("2 findings\n")


@pytest.mark.parametrize(
    "phrase", ["{digit}", "[0-9]+ km", r"\d km", "(?:a|b)", "(ab)? c", "km.*"]
)
def test_a_pattern_in_the_place_of_a_phrase_is_refused(tmp_path, phrase):
    """It would be looked for letter by letter and never be found."""
    rule = f"  - {{id: a, variants: [km], output: m, unless: ['{phrase}'],"
    with pytest.raises(RuleErrors) as raised:
        findings(tmp_path, rule + " examples: km -> m}\n")

    (error,) = raised.value.errors
    assert error.hint == f"a pattern is written {{pattern: '{phrase}'}}"


def test_several_spellings_in_one_text_are_refused(tmp_path):
    """Without brackets they are one spelling; in quotes the comma is meant."""
    rule = "  - {{id: a, output: m, examples: km -> m, variants: {}}}\n"
    block = "  - id: a\n    output: m\n    examples: km -> m\n    variants: km, kms\n"
    with pytest.raises(RuleErrors) as raised:
        findings(tmp_path, block)

    (error,) = raised.value.errors
    assert error.hint == "write a list: [km, kms]; quote it if the comma is meant"
    findings(tmp_path, rule.format("'km, kms'"))
    findings(tmp_path, rule.format("[km, kms]"))


def test_plain_lines_of_names_want_no_example(tmp_path):
    """There may be thousands of them; a rule with spellings of its own wants one."""
    path = tmp_path / "names.yaml"
    path.write_text(
        "kind: names\nid: t.names\ntitle: N\nrules:\n"
        "  - {id: berestyn, name: Берестин / Берестин}\n"
        "  - id: lviv\n    uk: Львів\n    also: [Lwooow]\n"
        "    examples: {keep: nothing}\n",
        encoding="utf-8",
    )
    notes = [f for f in lint_own(Library([path])) if f.code == "N013"]

    assert ["no example shows 'Lwooow'"] == [note.message for note in notes]


@pytest.mark.parametrize("phrase", ["km (statute)", "[sic] km", "{km}", "km...", "km?"])
def test_marks_of_texts_are_phrases(tmp_path, phrase):
    """Brackets, braces of no class and dots stand in texts too."""
    rule = f"  - {{id: a, variants: [km], output: m, unless: ['{phrase}'],"
    findings(tmp_path, rule + " examples: km -> m}\n")


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


BAD = [
    # code, line:column, a rule that is refused
    ("N001", "5:29", "  - {id: a, variants: [km], exmples: km -> m, output: m}\n"),
    (
        "N002", "6:10",
        ("  - {id: a, variants: [km], output: m, examples: km -> m}\n"
        "  - {id: a, variants: [kg], output: g, examples: kg -> g}\n"),
    ),
    ("N009", "5:23", "  - {id: a, pattern: 'x*', output: m, examples: x -> m}\n"),
    (
        "N010", "5:64",
        ("  - {id: a, variants: [km], output: m, preceded_by: {pattern: '[0-9]+'},"
        " examples: 5 km -> 5 m}\n"),
    ),
    ("N013", "5:5", "  - {id: a, variants: [km], output: m}\n"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "place", "rule"), BAD)
def test_lint_tells_what_is_refused(tmp_path, capsys, code, place, rule):
    """With code, place, its line with a caret, and a hint; exit code 1, no other."""
    path = tmp_path / "own.yaml"
    path.write_text(HEAD + rule, encoding="utf-8")

    assert _run(["rules", "lint", str(path)]) == 1
    said = capsys.readouterr().out
    assert f"{path}:{place}: {code} " in said
    assert "^" in said
    assert code in CODES


def test_one_refused_file_hides_no_finding_of_another(tmp_path, capsys):
    """What is wrong in a file that can be read is told beside it."""
    (tmp_path / "bad.yaml").write_text(HEAD + BAD[2][2], encoding="utf-8")
    good = HEAD.replace("t.lints", "t.good")
    good += "  - {id: a, variants: [u0456], output: i, examples: u0456 -> i}\n"
    (tmp_path / "good.yaml").write_text(good, encoding="utf-8")

    assert _run(["rules", "lint", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert f"{tmp_path / 'bad.yaml'}:5:23: N009 " in said
    assert f"{tmp_path / 'good.yaml'}:5: N007 " in said
    assert said.endswith("2 findings\n")


def test_all_mistakes_of_a_file_are_told_at_once(tmp_path, capsys):
    """An id that is there twice is not hidden by a field that is not known."""
    path = tmp_path / "own.yaml"
    path.write_text(HEAD + "".join(rule for _, _, rule in BAD), encoding="utf-8")

    assert _run(["rules", "lint", str(path)]) == 1
    said = capsys.readouterr().out
    assert {code for code, _, _ in BAD} == {
        line.split()[1] for line in said.splitlines() if line.startswith(str(path))
    }


def test_what_no_example_shows_is_a_note(tmp_path):
    """Each spelling and each veto wants an example; without one it is no fault."""
    rule = (
        "  - {id: a, variants: [km, kms], output: m, unless: [km stone],"
        " examples: 5 km -> 5 m}\n"
    )
    (found,) = findings(tmp_path, rule)[1]

    assert (found.code, found.note) == ("N013", True)
    assert found.message == "no example shows 'kms', unless 'km stone'"


def test_every_code_is_explained():
    """And every one of N001 to N014 is told by something."""
    told = set()
    for path in Path(normalize.__file__).parent.rglob("*.py"):
        if path.name != "codes.py":
            told |= set(re.findall(r'"(N0[0-9]{2})"', path.read_text("utf-8")))

    assert told == set(CODES)
    assert {f"N{n:03}" for n in range(1, 15)} <= told
