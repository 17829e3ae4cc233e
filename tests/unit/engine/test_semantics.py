r"""The meaning of rules, as cases: tests/cases/engine/*.yaml.

A case is the text of one or more rule files, a text and what must come out. In
`text`, `expected` and `edits` the escapes \n, \r, \t and \N{NAME} are read as
Python reads them; all else is as it stands.
"""

import json
import re
import unicodedata
from pathlib import Path

import pytest
import yaml

from normalize.errors import RuleErrors
from normalize.spans import splice

FOLDER = Path(__file__).parents[2] / "cases" / "engine"
FIELDS = {
    "name", "rules", "stages", "text", "expected", "edits", "why", "xfail",
}  # fmt: skip
_ESCAPE = re.compile(r"\\(?:N\{([A-Z0-9 -]+)\}|([nrt]))")


def escaped(text):
    """The text with its escapes read."""
    short = {"n": "\n", "r": "\r", "t": "\t"}
    return _ESCAPE.sub(
        lambda m: unicodedata.lookup(m[1]) if m[1] else short[m[2]], text
    )


def read_case(raw):
    """One case with its escapes read; a field that is not known is an error."""
    if strange := set(raw) - FIELDS:
        raise ValueError(f"{raw.get('name')}: unknown fields {sorted(strange)}")
    rules = raw["rules"] if isinstance(raw["rules"], list) else [raw["rules"]]
    case = {
        "name": raw["name"],
        "rules": rules,
        "stages": raw.get("stages"),
        "text": escaped(raw["text"]),
        "expected": escaped(raw["expected"]),
    }
    if "edits" in raw:
        case["edits"] = [
            (int(start), int(end), escaped(before), escaped(after), rule)
            for start, end, before, after, rule in raw["edits"]
        ]
    return case


def read_cases():
    """All cases as parameters of tests, named file/case."""
    for path in sorted(FOLDER.glob("*.yaml")):
        # BaseLoader: every scalar is text, as in rule files.
        for raw in yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader):
            case = read_case(raw)
            reason = raw.get("xfail")
            marks = (
                [pytest.mark.xfail(strict=True, raises=AssertionError, reason=reason)]
                if reason
                else []
            )
            yield pytest.param(case, id=f"{path.stem}/{case['name']}", marks=marks)


CASES = list(read_cases())
# What is promised for every text holds for a known gap too.
EVERY_CASE = {case.id: case.values[0] for case in CASES}


def run(build, case):
    """The trace of a case."""
    return build(*case["rules"], stages=case["stages"]).trace(case["text"])


@pytest.mark.parametrize("case", CASES)
def test_text(build, case):
    """The rules of a case make of its text what the case says."""
    normalizer = build(*case["rules"], stages=case["stages"])

    assert case["expected"] == normalizer(case["text"])


@pytest.mark.parametrize("case", [c for c in CASES if "edits" in c.values[0]])
def test_edits(build, case):
    """The edits of a case are those that it lists, with the rules that made them."""
    found = run(build, case).edits

    assert case["edits"] == [(*edit[:4], edit.rules[0].id) for edit in found]


def test_trace_agrees_with_the_call(build):
    """`trace` gives the same text as the call, in every case."""
    broken = []
    for name, case in EVERY_CASE.items():
        normalizer = build(*case["rules"], stages=case["stages"])
        if normalizer(case["text"]) != normalizer.trace(case["text"]).text:
            broken.append(name)

    assert [] == broken


def test_edits_make_the_text(build):
    """Putting the edits into the source gives the text, in every case."""
    broken = []
    for name, case in EVERY_CASE.items():
        found = run(build, case)
        edits = [(e.start, e.end, e.after) for e in found.edits]
        if found.text != splice(found.source, edits):
            broken.append(name)

    assert [] == broken


def test_edits_tell_what_stood_there(build):
    """`before` of an edit is the text at its span of the source, in every case."""
    broken = []
    for name, case in EVERY_CASE.items():
        edits = run(build, case).edits
        if any(case["text"][e.start : e.end] != e.before for e in edits):
            broken.append(name)

    assert [] == broken


def test_steps_hold_real_edits(build):
    """An edit that changes nothing is none, in every stage of every case."""
    broken = []
    for name, case in EVERY_CASE.items():
        steps = run(build, case).steps
        if any(e.before == e.after for step in steps for e in step.edits):
            broken.append(name)

    assert [] == broken


def test_names_of_cases_differ():
    """No two cases have one name, so that a failure names its case."""
    names = [case.id for case in CASES]

    assert sorted(set(names)) == sorted(names)


ONE_RULE = """\
kind: {kind}
id: a
title: one rule
rules:
  - id: a
    {rule}
    examples: [{{keep: nothing}}]
"""


def one_rule(kind, rule):
    """The text of a rule file with one rule, its fields in flow style."""
    lines = [f"{key}: {value}" for key, value in rule.items()]
    return ONE_RULE.format(kind=kind, rule="\n    ".join(lines))


@pytest.mark.parametrize("space", ['" "', '"  "', r'"\t"', r'"\u00A0"'])
def test_variant_of_spaces(build, space):
    """A variant may be white space alone: it is never inside a word."""
    rules = one_rule("rewrite", {"variants": f"[{space}]", "output": "'-'"})
    text = yaml.load(space, yaml.BaseLoader)

    assert "a-b" == build(rules)(f"a{text}b")


def test_name_that_begins_with_an_apostrophe(build):
    """A name begins with a letter, since it is found by its first word."""
    rules = one_rule(
        "names",
        {
            "given": '{canonical: Abd, also: ["\'Abd"]}',
            "surname": "{canonical: Karim, also: [Kerim]}",
        },
    )

    with pytest.raises(RuleErrors, match="begins with a letter"):
        build(rules)


def by_pattern(text):
    """A file of variants with each of them as a pattern; None for other files.

    Phrases stay: their gaps are no part of what changes, those of a pattern are. So
    do variants that begin or end with a mark, and cases, which patterns fold otherwise.
    """
    file = yaml.load(text, yaml.BaseLoader)
    if file["kind"] != "rewrite":
        return None
    rules = []
    for rule in file["rules"]:
        variants = rule.pop("variants", [])
        variants = [variants] if isinstance(variants, str) else variants
        if rule.get("case") == "keep" or not all(v.isalnum() for v in variants):
            return None
        output = rule["output"].replace("{", "{{").replace("}", "}}")
        rules += [
            {**rule, "id": f"{rule['id']}-{n}", "pattern": variant, "output": output}
            for n, variant in enumerate(variants)
        ]
        rules += [rule] * ("pattern" in rule)
    head = [f"{key}: {value}" for key, value in file.items() if key != "rules"]
    return "\n".join([*head, f"rules: {json.dumps(rules)}"])


def patterned():
    """The cases that variants and patterns must both pass."""
    for name, case in EVERY_CASE.items():
        made = [by_pattern(text) for text in case["rules"]]
        others = [t for t, new in zip(case["rules"], made, strict=True) if new is None]
        kinds = {yaml.load(text, yaml.BaseLoader)["kind"] for text in others}
        some = any("variants:" in t for t in case["rules"] if t not in others)
        if kinds <= {"protect"} and some:
            whole = zip(case["rules"], made, strict=True)
            yield pytest.param(
                {**case, "rules": [new or t for t, new in whole]}, id=name
            )


@pytest.mark.parametrize("case", list(patterned()))
def test_a_pattern_finds_what_a_variant_does(build, case):
    """Words told as patterns, which another matcher finds, give the same edits."""
    found = run(build, case)

    assert case["expected"] == found.text
    if "edits" in case:
        assert [edit[:4] for edit in case["edits"]] == [e[:4] for e in found.edits]
