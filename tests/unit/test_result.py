"""What `trace` tells: edits over all stages, steps, alignment, plain data."""

import itertools
import json

import pytest

from normalize.result import compose_steps, edits_of
from normalize.spans import Edit, RuleRef, Span, splice

LONGER = RuleRef("a/longer", "rewrite", "a.yaml:5", "one")
SHORTER = RuleRef("b/shorter", "names", "b.yaml:7", "two")

NAMES = """\
kind: names
id: places
title: places
rules:
  - {id: kyiv, canonical: Kyiv, also: [Kiev], examples: [Kiev -> Kyiv]}
  - {id: lviv, canonical: Lviv, also: [Lvov], examples: [Lvov -> Lviv]}
"""
SIGNS = """\
kind: rewrite
id: signs
title: signs
rules:
  - id: soft
    pattern: '\\N{SOFT HYPHEN}'
    output: ''
    boundary: none
    examples: ["a\\u00AD -> a"]
  - id: dots
    variants: ['...']
    output: "\\u2026"
    boundary: none
    examples: ["a... -> a\\u2026"]
"""
LATE = """\
kind: rewrite
id: late
title: on the output of the names
rules:
  - id: city
    pattern: '(?<name>Kyiv) city'
    output: 'the city of {name}'
    examples: [Kyiv city -> the city of Kyiv]
"""
FENCE = """\
kind: protect
id: fences
title: fences
rules:
  - {id: comment, opens: '<!--', closes: '-->', examples: [<!-- a --> -> <!-- a -->]}
"""
TEXT = "Ki\N{SOFT HYPHEN}ev city and Lvov..."


@pytest.fixture
def trace(build):
    """The result of three stages for a text."""
    stages = [["signs"], ["places"], ["late"]]
    return build(SIGNS, NAMES, LATE, FENCE, stages=stages).trace


# --- steps and edits


def test_edits_of_a_stage():
    """The edits of a stage tell what stood there and which rule acted."""
    assert (Edit(0, 2, "ab", "x", (LONGER,)), Edit(3, 3, "", "y", (SHORTER,))) == (
        edits_of("abcd", [(0, 2, "x", LONGER), (3, 3, "y", SHORTER)])
    )


def test_compose_apart():
    """Edits of two stages in two places are two edits, in offsets of the source."""
    # "abcd" -> "aXXcd" -> "aXXc"
    steps = [[(1, 2, "XX", LONGER)], [(4, 5, "", SHORTER)]]

    assert (
        Edit(1, 2, "b", "XX", (LONGER,)),
        Edit(3, 4, "d", "", (SHORTER,)),
    ) == compose_steps("abcd", "aXXc", steps)


def test_compose_over_each_other():
    """An edit of what another stage made is one edit with both rules."""
    # "abcd" -> "aXXcd" -> "aXyd"
    steps = [[(1, 2, "XX", LONGER)], [(2, 4, "y", SHORTER)]]

    assert (Edit(1, 3, "bc", "Xy", (LONGER, SHORTER)),) == (
        compose_steps("abcd", "aXyd", steps)
    )


def test_compose_undone():
    """Two stages that undo each other leave no edit."""
    steps = [[(1, 2, "XX", LONGER)], [(1, 3, "b", SHORTER)]]

    assert () == compose_steps("abcd", "abcd", steps)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_compose_with_stages_that_change_nothing(place):
    """A stage that changes nothing leaves no trace, wherever it stands."""
    steps = [[(1, 2, "XX", LONGER)], [(4, 5, "", SHORTER)]]
    steps.insert(place, [])

    assert 2 == len(compose_steps("abcd", "aXXc", steps))


def test_compose_three_stages():
    """What three stages did to one word is one edit from source to output."""
    steps = [[(0, 1, "b", LONGER)], [(0, 1, "c", SHORTER)], [(0, 1, "d", LONGER)]]

    assert (Edit(0, 1, "a", "d", (LONGER, SHORTER)),) == compose_steps("a", "d", steps)


# --- a trace


def test_source_is_kept(trace):
    """The text that was given is in the result."""
    assert TEXT == trace(TEXT).source


def test_text(trace):
    """The text is the output of the last stage."""
    assert "the city of Kyiv and Lviv\N{HORIZONTAL ELLIPSIS}" == trace(TEXT).text


def test_edits(trace):
    """The edits lead from source to text, ordered, each with all its rules."""
    found = [(*e[:4], [rule.id for rule in e.rules]) for e in trace(TEXT).edits]

    assert [
        (
            0,
            10,
            "Ki\N{SOFT HYPHEN}ev city",
            "the city of Kyiv",
            ["signs/soft", "places/kyiv", "late/city"],
        ),
        (15, 19, "Lvov", "Lviv", ["places/lviv"]),
        (19, 22, "...", "\N{HORIZONTAL ELLIPSIS}", ["signs/dots"]),
    ] == found


def test_rule_of_an_edit(trace):
    """A rule is told with its kind, its place in its file and its stage."""
    rule = trace("Lvov").edits[0].rules[0]

    assert ("places/lviv", "names", "01.yaml:6", "stage-1") == (
        rule.id,
        rule.kind,
        rule.at.rpartition("/")[2],
        rule.stage,
    )


def test_steps_have_offsets_of_their_own_input(trace):
    """The edits of a stage are those of the text that it was given."""
    found = [
        (step.stage, [(e.start, e.end, e.before, e.after) for e in step.edits])
        for step in trace(TEXT).steps
    ]

    assert [
        (
            "stage-0",
            [(2, 3, "\N{SOFT HYPHEN}", ""), (19, 22, "...", "\N{HORIZONTAL ELLIPSIS}")],
        ),
        ("stage-1", [(0, 4, "Kiev", "Kyiv"), (14, 18, "Lvov", "Lviv")]),
        ("stage-2", [(0, 9, "Kyiv city", "the city of Kyiv")]),
    ] == found


def test_steps_lead_from_source_to_text(trace):
    """Putting in the edits of one stage after the other gives the text."""
    result = trace(TEXT)
    text = result.source
    for step in result.steps:
        text = splice(text, [(e.start, e.end, e.after) for e in step.edits])

    assert result.text == text


def test_steps_of_stages_that_change_nothing(trace):
    """Every stage is a step, also when it found nothing."""
    assert [("stage-0", 0), ("stage-1", 1), ("stage-2", 0)] == [
        (step.stage, len(step.edits)) for step in trace("Lvov").steps
    ]


def test_nothing_to_change(trace):
    """A text with nothing to change has no edits and is its own output."""
    result = trace("Kyiv and Lviv")

    assert ("Kyiv and Lviv", ()) == (result.text, result.edits)


def test_alignment_to_output(trace):
    """A span of the source is found in the text."""
    result = trace(TEXT)
    start, end = result.alignment.to_output(11, 14)

    assert "and" == result.text[start:end] == result.source[11:14]


def test_alignment_to_source(trace):
    """A changed word of the text is traced to the word of the source."""
    result = trace(TEXT)
    start = result.text.index("Lviv")

    assert Span(15, 19) == result.alignment.to_source(start, start + 4)


def test_alignment_inside_an_edit(trace):
    """A part of what was replaced maps to all that replaced it."""
    assert Span(0, 16) == trace(TEXT).alignment.to_output(1, 2)


@pytest.mark.parametrize("way", ["to_source", "to_output"])
def test_alignment_of_a_result_ends_with_its_texts(trace, way):
    """A span behind the end of the text is an error and no guess."""
    result = trace(TEXT)
    length = len(result.text if way == "to_source" else result.source)
    convert = getattr(result.alignment, way)

    assert convert(length, length).end in {len(result.text), len(result.source)}
    with pytest.raises(ValueError, match=f"no span of a text of {length} code points"):
        convert(length, length + 1)


@pytest.mark.parametrize("span", [3, (0,), {"start": 0, "end": 1}, None])
def test_spans_of_annotations_are_pairs(trace, span):
    """What is no pair of start and end is shown, and said what was expected."""
    with pytest.raises(TypeError, match="expected pairs of start and end, not"):
        trace(TEXT).project_spans([span])


# --- diagnostics and blocks


def test_unclosed_block(trace):
    """A block that is never closed is told, with its span of the source."""
    text = "Kiev <!-- Kiev"
    found = trace(text).diagnostics

    assert [("unclosed_block", 5, 14)] == [d[:3] for d in found]


def test_closed_block(trace):
    """A block that is closed is nothing to tell."""
    assert () == trace("Kiev <!-- Kiev --> Kiev").diagnostics


def test_edits_behind_a_block(trace):
    """Offsets behind a block are those of the whole text."""
    found = trace("<!-- Kiev -->Kiev city<!-- x -->Lvov").edits

    assert [(13, 22, "the city of Kyiv"), (32, 36, "Lviv")] == [
        (e.start, e.end, e.after) for e in found
    ]


def test_steps_around_blocks(trace):
    """The steps of a text with blocks lead from source to text as well."""
    result = trace("Kiev city<!-- Kiev -->Kiev city<!-- x -->Lvov")
    text = result.source
    for step in result.steps:
        text = splice(text, [(e.start, e.end, e.after) for e in step.edits])

    assert result.text == text


PARTS = [
    "Kiev",
    " city",
    "Lvov",
    "...",
    "\N{SOFT HYPHEN}",
    " ",
    "<!-- Kiev -->",
    "\n\n",
]


def test_promises_for_all_small_texts(build):
    """For every small text the call, the trace and the spliced edits agree."""
    normalizer = build(
        SIGNS, NAMES, LATE, FENCE, stages=[["signs"], ["places"], ["late"]]
    )
    broken = []
    for text in map("".join, itertools.product(PARTS, repeat=4)):
        result = normalizer.trace(text)
        edits = [(e.start, e.end, e.after) for e in result.edits]
        if not normalizer(text) == result.text == splice(text, edits):
            broken.append(text)

    assert [] == broken


# --- plain data


def test_plain_data(build):
    """A result as plain data says all that it knows, with the version of its form."""
    result = build(NAMES, FENCE).trace("Kiev <!--")
    rule = result.edits[0].rules[0]._asdict()
    edit = {"start": 0, "end": 4, "before": "Kiev", "after": "Kyiv", "rules": [rule]}
    left = result.diagnostics[0]._asdict()

    assert {
        "schema": 1,
        "source": "Kiev <!--",
        "text": "Kyiv <!--",
        "edits": [edit],
        "steps": [{"stage": "stage-0", "edits": [edit]}],
        "diagnostics": [left],
    } == result.to_dict()


def test_plain_data_of_a_rule(build):
    """A rule as plain data has its id, kind, place and stage by name."""
    made = build(NAMES).trace("Kiev").to_dict()["edits"][0]["rules"][0]
    made["at"] = made["at"].rpartition("/")[2]

    assert {
        "id": "places/kyiv",
        "kind": "names",
        "at": "00.yaml:5",
        "stage": "stage-0",
    } == made


def test_plain_data_of_a_diagnostic(trace):
    """A diagnostic as plain data has its code, span, message and rule by name."""
    left = trace("Kiev <!--").to_dict()["diagnostics"][0]

    assert {"code", "start", "end", "message", "rule"} == set(left)


def test_plain_data_is_json(trace):
    """The plain data of a result comes back from JSON as it went in."""
    data = trace(TEXT).to_dict()

    assert data == json.loads(json.dumps(data))


def test_result_is_frozen(trace):
    """A result can't be changed."""
    result = trace(TEXT)

    with pytest.raises(AttributeError):
        result.text = "x"


def test_traces_of_one_text_tell_the_same(trace):
    """The same text gives the same result every time."""
    assert trace(TEXT).to_dict() == trace(TEXT).to_dict()
