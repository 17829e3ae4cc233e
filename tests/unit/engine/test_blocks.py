"""Blocks that may hold blank lines: found before any stage runs."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from normalize.engine import blocks as blocks_module
from normalize.engine.analysis import beginnings, emit
from normalize.engine.beside import char_before
from normalize.engine.blocks import Blocks
from normalize.engine.matcher import BlockRule
from normalize.engine.patterns import parse
from normalize.spans import RuleRef, Span


def block(name, opens, closes):
    """A rule for blocks out of two patterns."""
    tree = parse(opens, {})
    flags = regex.VERSION0 | regex.MULTILINE
    return BlockRule(
        rule=RuleRef(name, "protect", "a.yaml:1", "protect"),
        opens=regex.compile(emit(tree), flags),
        closes=regex.compile(emit(parse(closes, {})), flags),
        anchors=tuple(sorted(beginnings(tree))),
        beside=char_before(tree),
    )


FENCE = block("fence", "^`{3}[^`\\n]*$", "^`{3,}[ \\t]*$")
COMMENT = block("comment", "<!--", "-->")
RAW = block("raw", "<pre>|<code>", "</pre>|</code>")
BLOCKS = Blocks([FENCE, COMMENT, RAW])


def parts(text):
    """The texts of the blocks, each with whether it is closed."""
    return [(text[a:b], closed) for (a, b), closed in BLOCKS.spans(text)]


def outside(text):
    """The texts between the blocks."""
    return [text[a:b] for a, b in blocks_module.outside(BLOCKS.spans(text), text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("no block --> </pre>", []),
        ("a <!-- b --> c", [("<!-- b -->", True)]),
        ("<!-- a\n\n\nb -->", [("<!-- a\n\n\nb -->", True)]),
        ("<!-- a --><!-- b -->", [("<!-- a -->", True), ("<!-- b -->", True)]),
        ("<!-- a --> b --> c", [("<!-- a -->", True)]),
        ("<!-- <!-- a --> b -->", [("<!-- <!-- a -->", True)]),
        ("<!---->", [("<!---->", True)]),
        ("a <!-- b\n\nc", [("<!-- b\n\nc", False)]),
        ("<!-- a --> <!-- b", [("<!-- a -->", True), ("<!-- b", False)]),
        ("```\na\n\nb\n```\nc", [("```\na\n\nb\n```", True)]),
        ("```sh\na\n````\n", [("```sh\na\n````", True)]),
        ("a ``` b\n```\n", [("```\n", False)]),
        ("```\na ```\nb", [("```\na ```\nb", False)]),
        (
            "<!-- ``` -->\n```\n<!--\n```",
            [("<!-- ``` -->", True), ("```\n<!--\n```", True)],
        ),
        ("<pre>a</code>b</pre>", [("<pre>a</code>", True)]),
    ],
)
def test_spans(text, expected):
    """A block runs from where it opens to the first mark that closes it, or the end."""
    assert expected == parts(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("all of it", ["all of it"]),
        ("a <!-- b --> c", ["a ", " c"]),
        ("<!-- b --> c", [" c"]),
        ("a <!-- b -->", ["a "]),
        ("<!-- a --><!-- b -->", []),
        ("a <!-- b", ["a "]),
    ],
)
def test_outside(text, expected):
    """What lies between blocks is told in order, and nothing that is empty."""
    assert expected == outside(text)


def test_closing_mark_is_looked_for_behind_the_opening_one():
    """What closes a block does not overlap what opens it."""
    blocks = Blocks([block("dashes", "<!--", "--")])

    assert [((0, 7), True)] == blocks.spans("<!-- --x")


def test_first_rule_wins():
    """Where two rules open a block at one place the first of them decides."""
    blocks = Blocks([block("one", "<<", ">"), block("two", "<<<", ">>>")])

    assert [((0, 5), True)] == blocks.spans("<<<a>>>")


def test_rule_that_does_not_open_leaves_the_next():
    """Where the first rule does not open a block the second is asked."""
    blocks = Blocks([block("one", "<<!", ">"), block("two", "<<", ">>")])

    assert [((0, 5), True)] == blocks.spans("<<a>>")


def test_offsets_count_code_points():
    """A character beyond U+FFFF counts as one."""
    assert [((1, 8), True)] == BLOCKS.spans("\N{GRINNING FACE}<!---->")


def test_no_rules():
    """Without rules no text has blocks."""
    assert [] == Blocks([]).spans("<!-- a -->")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("(?<=^ {0,3})`{3}", {"", "\n", "\r", " "}),
        ("(?<=^)`", {"", "\n", "\r"}),
        ("(?<=a)`", {"a"}),
        ("(?<=ab?)`", {"a", "b"}),
        ("(?<=b?)`", None),
        ("(?<![a])`", None),
        ("`", None),
    ],
)
def test_what_stands_right_before(source, expected):
    """A line begins, or one of the last characters looked for stands there."""
    assert expected == char_before(parse(source, {}))


@given(
    st.lists(
        st.sampled_from(["```", "`", " ", "\n", "<!--", "-->", "<<", "a", "(((", ")"])
    )
)
def test_dense_marks_begin_the_same_blocks(parts):
    """Where marks are many, places are looked for instead of marks."""
    text = "".join(parts)
    brace = block("brace", "(?<=^ ?)\\(\\(", "\\)")
    found = Blocks([FENCE, COMMENT, brace, block("two", "<<", "a")])
    sparse = text + "b" * blocks_module.DENSE * len(text)

    assert found.spans(text) == [
        (Span(a, min(b, len(text))), closed) for (a, b), closed in found.spans(sparse)
    ]
