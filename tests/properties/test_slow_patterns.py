"""A pattern of a stranger that never ends: one error, whatever kind of rule it is in.

Every file below has one pattern that tries all ways to cut a run of letters. The error
names its rule and line, and where in the text of the call it was tried.
"""

from __future__ import annotations

import pickle

import pytest

import normalize
from normalize.engine.narrow import LONG
from normalize.errors import InputError, PatternTimeout, RuleErrors
from normalize.files.work import Part, Work
from normalize.library import Library

HEAD = "kind: {kind}\nid: t.slow\ntitle: S\n"
A = "a" * 60
B = "\N{CYRILLIC SMALL LETTER A}" * 50
# name: profile, kind, the rest of the file, the text, the rule, the text at the offset
CASES = {
    "rewrite": (
        "plain", "rewrite",
        "rules:\n  - {id: r, pattern: 'q(?:a|aa)+c', output: x, examples: qac -> x}\n",
        f"One\N{HORIZONTAL ELLIPSIS} q{A}", "r", "q",
    ),
    "context": (
        "plain", "rewrite",
        ("rules:\n  - {id: r, variants: [zz], output: x, boundary: none,\n"
        "     followed_by: {pattern: '(?:a|aa){1,150}c'}, examples: zzac -> xac}\n"),
        f"One.\n\nSo zz{A}", "r", "zz",
    ),
    "veto": (
        "plain", "rewrite",
        ("rules:\n  - {id: r, variants: [zz], output: x, boundary: none,\n"
        "     unless: {pattern: 'zz(?:a|aa){1,150}c'}, examples: zz -> x}\n"),
        f"One.\n\nSo zz{A} c", "r", "zz",
    ),
    "protect": (
        "plain", "protect",
        "rules:\n  - {id: r, pattern: 'q(?:a|aa)+c', examples: {keep: qac}}\n",
        f"One\N{HORIZONTAL ELLIPSIS}\n\n“So” q{A}", "r", "q",
    ),
    "block": (
        "plain", "protect",
        ("rules:\n  - {id: r, opens: 'q(?:a|aa)+c', closes: zz,"
        " examples: {keep: qaczz}}\n"),
        f"“One”.\n\nSo q{A}", "r", "q",
    ),
    "quantities": (
        "plain", "quantities",
        ("fields:\n  n: {pattern: '[0-9](?:a|aa)+[bc]'}\nrules:\n"
        "  - {id: r, patterns: '\N{DEGREE SIGN}{n}', output: x,"
        " examples: '\N{DEGREE SIGN}1ac -> x'}\n"),
        f"“One” \N{DEGREE SIGN}1{A}", "r", "\N{DEGREE SIGN}",
    ),
    "quantities, context": (
        "plain", "quantities",
        ("fields:\n  n: {number: 1..9}\nrules:\n"
        "  - {id: r, patterns: '\N{DEGREE SIGN}{n}', output: x,\n"
        "     followed_by: {pattern: '(?:-a|-a-a)+c'},"
        " examples: '\N{DEGREE SIGN}1-ac -> x-ac'}\n"),
        "“One” \N{DEGREE SIGN}1" + "-a" * 40, "r", "\N{DEGREE SIGN}",
    ),
    "quantities, what is left behind it": (
        "plain", "quantities",
        ("fields:\n  n: {number: 1..9}\nleave:\n"
        "  - {code: unread_neighbour, because: x,"
        " followed_by: {pattern: '(?:-a|-a-a)+c'}}\nrules:\n"
        "  - {id: r, patterns: '\N{DEGREE SIGN}{n}', output: x,"
        " examples: {keep: a}}\n"),
        "“One” \N{DEGREE SIGN}1" + "-a" * 40, "r", "\N{DEGREE SIGN}",
    ),
    "quantities, what is left before it": (
        "plain", "quantities",
        ("fields:\n  n: {number: 1..9}\nleave:\n"
        "  - {code: unread_neighbour, because: x,"
        " preceded_by: {pattern: 'c(?:-a|-a-a){1,100}'}}\nrules:\n"
        "  - {id: r, patterns: '\N{DEGREE SIGN}{n}', output: x,"
        " examples: {keep: a}}\n"),
        "“One” b" + "-a" * 40 + "\N{DEGREE SIGN}1", "r", "\N{DEGREE SIGN}",
    ),
    "quantities, amounts": (
        "plain", "quantities",
        ("fields:\n  n:\n    digits: ['[0-9](?:a|aa)+[bc]']\nrules:\n"
        "  - {id: r, patterns: '\N{DEGREE SIGN}{n}', output: x,"
        " examples: {keep: a}}\n"),
        f"“One” \N{DEGREE SIGN}1{A}", "r", "\N{DEGREE SIGN}",
    ),
    "quantities, parts": (
        "plain", "quantities",
        ("fields:\n  n: {number: 1..9}\nparts: {tail: '(?:a|aa)+c'}\nrules:\n"
        "  - {id: r, patterns: '\N{DEGREE SIGN}{n}{tail}', output: x,"
        " examples: {keep: a}}\n"),
        f"“One” \N{DEGREE SIGN}1{A}", "r", "\N{DEGREE SIGN}",
    ),
    "pairs": (
        "typography-en", "pairs",
        ("rules:\n  - id: r\n    levels: ['\N{LEFT CEILING} \N{RIGHT CEILING}']\n"
        "    marks: [{opening: ['\N{LEFT CEILING}', '\N{LEFT FLOOR}'],"
        " closing: ['\N{RIGHT CEILING}', '\N{RIGHT FLOOR}']}]\n"
        "    never: ['\N{LEFT FLOOR}(?:a|aa)+c']\n    code: lost_mark\n"
        "    examples: {keep: a}\n"),
        f'One... "so" x\N{LEFT FLOOR}{A}', "r", "\N{LEFT FLOOR}",
    ),
    "homoglyphs": (
        "characters", "homoglyphs",
        ("pairs: {LATIN SMALL LETTER A: CYRILLIC SMALL LETTER A}\n"
        "cyrillic: '[\N{CYRILLIC SMALL LETTER A}]'\nlatin: '[ac]'\nrules:\n"
        "  - {id: r, make: latin, written: '(?:a|aa)+c', examples: {keep: a}}\n"),
        f"One.\N{NO-BREAK SPACE} aa{B}", "r", f"a{B}",
    ),
    "apostrophes": (
        "characters", "apostrophes",
        ("rules:\n  - {id: r, after: '[q]', mark: '\N{GRAVE ACCENT}(?=(?:a|aa)+c)',"
        " output: \"'\", examples: \"q\N{GRAVE ACCENT}ac -> q'ac\"}\n"),
        f"Oне.\N{NO-BREAK SPACE} xq\N{GRAVE ACCENT}{A}", "r", "q",
    ),
    "mojibake": (
        "characters", "mojibake",
        ("common: аб\nknown: бв\nrules:\n"
        "  - {id: r, was: utf-8, read_as: mac-cyrillic, \n"
        "     plausible: '(?:[а-п]|[а-п]{2})+(?<!а)',"
        " evidence: [{characters: '[абв]'}], examples: {keep: a}}\n"),
        "One. " + ("а" * 60).encode().decode("mac-cyrillic"), "r",
        "\N{EN DASH}",
    ),
    "names": (
        "plain", "names",
        ("rules:\n  - {id: r, uk: Жибжик, also: [Zhybzhyck],\n"
        "     unless: {pattern: 'Zhybzhyck (?:a|aa){1,150}c'},"
        " examples: {keep: a}}\n"),
        f"```\n“code”\n```\n\nOne\N{HORIZONTAL ELLIPSIS} So Zhybzhyck {A} c", "r",
        "Zhybzhyck",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_slow_pattern_is_one_error(case, tmp_path, monkeypatch):
    """It names rule and line; its offset is that of the text given to the call."""
    monkeypatch.setattr("normalize.engine.limits.SECONDS", 0.1)
    profile, kind, body, text, rule, at = CASES[case]
    path = tmp_path / "slow.yaml"
    path.write_text(HEAD.format(kind=kind) + body, encoding="utf-8")
    n = normalize.load(profile, rules=[path])

    for run in (n, n.trace):
        with pytest.raises(PatternTimeout) as raised:
            run(text)
        assert f"t.slow/{rule}" == raised.value.rule
        line = body[: body.index("id: r")].count("\n") + 4
        assert f"{path}:{line}" == raised.value.at
        assert text.index(at) == raised.value.offset


def test_a_slow_pattern_among_many_marks_is_one_error(tmp_path, monkeypatch):
    """Where marks are dense, all of them are read before the rest of the text is."""
    monkeypatch.setattr("normalize.engine.limits.SECONDS", 0.1)
    _, kind, body, *_ = CASES["pairs"]
    path = tmp_path / "slow.yaml"
    path.write_text(HEAD.format(kind=kind) + body, encoding="utf-8")
    n = normalize.load("plain", rules=[path])
    left, right = "\N{LEFT CEILING}", "\N{RIGHT CEILING}"
    text = f"{left}a{right} " * LONG + f"\n\nSo x\N{LEFT FLOOR}{A}"

    for run in (n, n.trace):
        with pytest.raises(PatternTimeout) as raised:
            run(text)
        assert raised.value.rule == "t.slow/r"
        assert raised.value.offset == text.index("\N{LEFT FLOOR}")


WEEKDAYS = """\
kind: quantities
id: t.slow
title: S
lexicon: {weekday: {1: [monday]}}
options:
  t: {title: t, takes: 'template year, month, day', default: '{day}.{month}.{year}'}
fields:
  year: {number: 1900..2100}
  month: {number: 1..12}
  day: {number: 1..31}
  weekday: {words: weekday}
values:
  date: {of: [year, month, day], check: calendar, template: t,
         weekday: '{weekday}(?:a|aa){1,100}'}
rules:
  - {id: r, patterns: '\N{DEGREE SIGN}{day}/{month}/{year}', output: '{date}',
     examples: {keep: a}}
"""


def test_a_slow_weekday_is_told_of_where_weekdays_are_looked_at(tmp_path, monkeypatch):
    """Only `trace` tells of wrong weekdays; the plain call does not ask for them."""
    monkeypatch.setattr("normalize.engine.limits.SECONDS", 0.1)
    path = tmp_path / "slow.yaml"
    path.write_text(WEEKDAYS, encoding="utf-8")
    n = normalize.load("plain", rules=[path])
    text = f"“One” monday x{A}\N{DEGREE SIGN}1/2/2023"

    assert n(text).endswith(f"x{A}1.2.2023")
    with pytest.raises(PatternTimeout) as raised:
        n.trace(text)
    assert ("t.slow/r", f"{path}:16") == (raised.value.rule, raised.value.at)
    assert text.index("\N{DEGREE SIGN}") == raised.value.offset


def test_of_several_rules_the_slow_one_is_named(tmp_path, monkeypatch):
    """Patterns of one file are matched together; the error still names one rule."""
    monkeypatch.setattr("normalize.engine.limits.SECONDS", 0.1)
    path = tmp_path / "slow.yaml"
    rules = "".join(
        f"  - {{id: {name}, patterns: '\N{DEGREE SIGN}{{{name}}}', output: x,"
        f" examples: '\N{DEGREE SIGN}1{letter}c -> x'}}\n"
        for name, letter in (("one", "b"), ("two", "a"))
    )
    path.write_text(
        HEAD.format(kind="quantities")
        + "fields:\n  one: {pattern: '[0-9](?:b|bb)+c'}\n"
        + "  two: {pattern: '[0-9](?:a|aa)+c'}\nrules:\n"
        + rules,
        encoding="utf-8",
    )
    n = normalize.load("plain", rules=[path])

    with pytest.raises(PatternTimeout) as raised:
        n(f"\N{DEGREE SIGN}1{A}")
    assert ("t.slow/two", f"{path}:9") == (raised.value.rule, raised.value.at)


def test_a_class_that_can_be_slow_is_refused(tmp_path):
    """Classes are parts of the patterns of all rules, so there is no rule to name."""
    path = tmp_path / "classes.yaml"
    path.write_text(
        "kind: classes\nid: t.c\ntitle: C\nclasses:\n  run: '(?:a|aa)+c'\n", "utf-8"
    )
    with pytest.raises(RuleErrors, match="'run' can match in too many ways") as raised:
        Library([path]).check()
    assert len(raised.value.errors) == 1


def test_patterns_of_shipped_rules_get_a_limit_with_classes_of_the_user(tmp_path):
    """What is not plainly fast in them is so by the classes that were tested."""
    path = tmp_path / "classes.yaml"
    path.write_text(
        "kind: classes\nid: t.c\ntitle: C\nclasses:\n  mine: '[ab]'\n", "utf-8"
    )
    own = normalize.load("plain", rules=[path]).plan.own

    assert "rewrite.ascii" in own
    assert normalize.load("plain").plan.own == ()


def test_the_shipped_profile_pays_for_no_limit():
    """No pattern of what it compiles to has one."""
    assert b"Timed" not in pickle.dumps(normalize.load("typography-en").compiled)


def test_in_a_file_the_others_are_still_done(tmp_path, monkeypatch):
    """The error is that of one input, at its place in the file."""
    monkeypatch.setattr("normalize.engine.limits.SECONDS", 0.1)
    path = tmp_path / "slow.yaml"
    _, kind, body, text, _, at = CASES["rewrite"]
    path.write_text(HEAD.format(kind=kind) + body, encoding="utf-8")
    work = Work(normalize.load("plain", rules=[path]))

    with pytest.raises(InputError, match=r"t\.slow/r") as raised:
        work.do(Part(text, start=1000, line=9))
    assert 1000 + text.index(at) == raised.value.offset
    assert work.do(Part("“so”", start=0, line=1)).text == '"so"'
