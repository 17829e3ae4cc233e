"""Rule files from strangers: only errors of ours, within bounds that they name."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import normalize
from normalize.checking.answers import alone
from normalize.errors import NormalizeError, PatternTimeout
from normalize.library import Library
from normalize.normalizer import Normalizer
from normalize.source.places import shipped_rules

HEAD = "kind: rewrite\nid: t.h\ntitle: H\nrules:\n"
BOMB = HEAD + "  - {id: bomb, pattern: 'q(?:a|aa)+c', output: x, examples: qac -> x}\n"
SMALL = sorted(p for p in shipped_rules().rglob("*.yaml") if p.stat().st_size < 6000)
SNIPPETS = [
    "&a", "*a", "!!python/object/apply:os.system [ls]", "<<: *a", "\t", "{", "}", "[",
    "]",
    ": ", " #", "- ", "'", '"', "|", ">", "---", "...", "%YAML 9", "? ", "~", "\\N{X}",
    "(?:a|aa)+", "{0,99999}", "(a{9}){9}", "[^", "(?<", "{space}", "(?P<n>x)", "(?i)",
    "\\p{Nope}", "\u200b", "\u2028", "\ufeff", "\x85", "extends: t.h", "remove: [x]",
    "variants: []", "pattern: ''", "id: ''", "../../etc", "{name}", "{{", " -> ",
]  # fmt: skip


@st.composite
def mutated(draw):
    """A shipped file with some lines or characters changed, and its id its own."""
    text = draw(st.sampled_from(SMALL)).read_text(encoding="utf-8")
    lines = text.splitlines()
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        other = draw(st.integers(0, len(lines) - 1))
        how = draw(
            st.sampled_from(["cut", "twice", "swap", "indent", "put", "put", "eat"])
        )
        line = lines[at]
        column = draw(st.integers(0, len(line)))
        if how == "cut" and len(lines) > 1:
            del lines[at]
        elif how == "twice":
            lines.insert(other, line)
        elif how == "swap":
            lines[at], lines[other] = lines[other], line
        elif how == "indent":
            lines[at] = "  " + line
        elif how == "put":
            lines[at] = line[:column] + draw(st.sampled_from(SNIPPETS)) + line[column:]
        else:
            lines[at] = line[:column] + line[column + 1 :]
    return "\n".join(lines)


@given(text=mutated())
@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_damaged_files_give_errors_of_ours(text, tmp_path):
    """Whatever is done to a shipped file, it loads and runs, or says what is wrong."""
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    try:
        library = Library([path])
        library.check()
        for id_ in library.own:
            kind = library.kind(id_)
            file = (
                library.rule_file(id_) if kind not in ("profile", "classes") else None
            )
            library.check()
            if file is not None and kind in ("rewrite", "protect", "pairs"):
                Normalizer(alone(library, file))(
                    "Kiev.... -- 'a' qaaac http://x.example"
                )
    except NormalizeError as error:
        said = str(error)
    else:
        said = "it loads and runs"
    assert said


def load(tmp_path, text):
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    library = Library([path])
    library.check()
    for id_ in library.own:
        library.rule_file(id_)
    library.check()


# Ten times the one before, ten times over.
CLASSES = "kind: classes\nid: t.classes\ntitle: T\nclasses:\n  c0: '[ab]'\n" + "".join(
    f"  c{i}: '{f'{{c{i - 1}}}' * 10}'\n" for i in range(1, 10)
)
QUANTITIES = """
kind: quantities
id: t.quantities
title: Q
options: {{t: {{title: t, takes: 'template n, unit', default: '{{n}}'}}}}
lexicon: {{unit: {{a: [w{more}]}}}}
fields: {{n: {{digits: ['[0-9]{{1,9}}']}}, unit: {{words: unit}}}}
values: {{v: {{of: [n, unit], required: [n, unit], template: t}}}}
rules:
  - {{id: a, patterns: [{patterns}], output: '{{v}}', examples: 1 w -> 1}}
"""
PARTS = QUANTITIES.format(patterns="'{n} {pj} {unit}'", more="").replace(
    "rules:",
    "parts:\n  pa: '[ab]'\n"
    + "".join(f"  p{b}: '{f'{{p{a}}}' * 10}'\n" for a, b in pairwise("abcdefghij"))
    + "rules:",
)
NINE = "\n".join(
    f"x{i}: &x{i} [" + ", ".join([f"*x{i - 1}" if i else "a"] * 9) + "]"
    for i in range(9)
)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        (NINE + "\n" + HEAD, "over 1000000 values, aliases counted as written out"),
        ("a: " + "[" * 40 + "]" * 40, "nested deeper than 32 levels"),
        (
            HEAD + "  - {id: a, output: x, examples: a -> x, variants: ["
            + ", ".join(f"v{i}" for i in range(100_001)) + "]}\n",
            "at most 100000",
        ),
        (
            HEAD + "  - {id: a, output: x, examples: a -> x, pattern: 'a{1001}'}\n",
            "1000",
        ),
        (
            HEAD
            + "  - {id: a, output: x, examples: a -> x, pattern: '((a{9}){99}){99}'}\n",
            "multiply to over 50000",
        ),
        (HEAD + "  - {id: a, output: x, examples: a -> x, pattern: '"
         + "(" * 400 + "a" + ")" * 400 + "'}\n", "nested"),
        (
            HEAD + "  - {id: a, output: x, examples: a -> x, pattern: '"
            + "|".join("a" * i for i in range(1, 1000)) + "'}\n",
            "a pattern of over 100000 characters",
        ),
        (CLASSES, "over 50000 parts, classes counted as written out"),
        (PARTS, "over 50000 parts, classes counted as written out"),
        (
            HEAD + "".join(
                f"  - {{id: a{i}, output: x, examples: a -> x, pattern: q{i}}}\n"
                for i in range(5001)
            ),
            "over 5000 patterns, with their contexts, in a file",
        ),
        (
            HEAD + "  - {id: a, output: x, examples: a -> x, variants: [a], unless: ["
            + ", ".join(f"a v{i}" for i in range(1001)) + "]}\n",
            "at most 1000",
        ),
        (QUANTITIES.format(patterns=", ".join(["'{n} {unit}'"] * 5001), more=""),
         "over 5000 patterns, with their contexts, in a file"),
        (QUANTITIES.format(patterns="'{n} {unit}'", more="".join(
            f", w{i}" for i in range(100_000))), "at most 100000"),
        (HEAD.replace("title", "extends: ../x\ntitle"), "expected an id"),
        ("a: !!python/object/apply:os.getcwd []", "a tag"),
    ],
    ids=["aliases", "nesting", "variants", "repeat", "repeats", "groups", "length",
         "classes", "parts", "patterns", "contexts", "quantities", "forms", "path",
         "tag"],
)  # fmt: skip
def test_limits_are_named(tmp_path, text, limit):
    """What is too much for a rule file is refused with the limit, and soon."""
    start = time.perf_counter()
    with pytest.raises(NormalizeError) as raised:
        load(tmp_path, text)

    assert limit in str(raised.value)
    assert time.perf_counter() - start < 30  # a hang, not a measure


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    """Size is looked at before anything else."""
    path = tmp_path / "a.yaml"
    with path.open("wb") as file:
        file.truncate(17 * 1024 * 1024)

    with pytest.raises(NormalizeError, match="has over 16777216 bytes"):
        Library([path])


def test_a_slow_pattern_ends_in_one_error(tmp_path, monkeypatch):
    """It names rule, place and offset; the same normalizer goes on with other texts."""
    monkeypatch.setattr("normalize.engine.limits.SECONDS", 0.2)
    path = tmp_path / "bomb.yaml"
    path.write_text(BOMB, encoding="utf-8")
    n = normalize.load("plain", rules=[path])
    text = "One.\n\nAnd “q" + "a" * 60 + "”"

    for run in (n, n.trace):
        with pytest.raises(PatternTimeout) as raised:
            run(text)
        assert ("t.h/bomb", 11) == (raised.value.rule, raised.value.offset)
        assert f"{path}:5" == raised.value.at
        assert "offset 11" in str(raised.value)
    assert 'x and "so"' == n("qaac and “so”")


def test_a_slow_veto_and_a_slow_shield_end_so_too(tmp_path, monkeypatch):
    """Contexts, vetoes and protected patterns of strangers have the limit too."""
    monkeypatch.setattr("normalize.engine.limits.SECONDS", 0.2)
    slow = "'q(?:a|aa){0,150}c'"
    rule = f"  - {{id: v, variants: [zz], output: x, followed_by: {{pattern: {slow}}}, "
    files = {
        "veto": HEAD + rule + "examples: zzqac -> xqac}\n",
        "shield": HEAD.replace("rewrite", "protect")
        + "  - {id: s, pattern: 'q(?:a|aa)+c', examples: qac -> qac}\n",
    }
    for name, text in files.items():
        path = tmp_path / f"{name}.yaml"
        path.write_text(text.replace("variants", "boundary: none, variants"), "utf-8")
        n = normalize.load("plain", rules=[path])
        with pytest.raises(PatternTimeout, match=r"t\.h/"):
            n("zzq" + "a" * 70 + " “so” zzq" + "a" * 70)


def test_patterns_of_the_shipped_rules_have_no_limit():
    """They are tested to be linear, and telling `regex` a limit costs time."""
    from normalize.engine.limits import Timed

    n = normalize.load("typography-en")
    seen = [
        value
        for stage in n.compiled.stages
        for owners in (stage._owners, stage._checks._owners)
        for mine in owners
        for matcher in mine
        for value in vars(matcher).values()
    ]

    assert seen
    assert not any(isinstance(value, Timed) for value in seen)
