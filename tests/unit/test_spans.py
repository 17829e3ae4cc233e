"""Spans, splicing, alignment and the composition of changes."""

import itertools

import pytest

from normalize.spans import (
    Alignment,
    Block,
    Change,
    RuleRef,
    Span,
    blocks_of,
    compose,
    splice,
)

# "the Kiev, well" -> "the Kyjiv": one change longer, one deletion, an insertion.
SOURCE = "ab12cd34ef"
EDITS = [(2, 4, "one"), (6, 8, ""), (9, 9, "++")]
OUTPUT = "abonecde++f"


def rule(name):
    """A rule that stands for itself."""
    return RuleRef(name, "rewrite", "a.yaml:1", "words")


def changes(edits, name):
    """The changes of a stage with one rule."""
    return [Change(block, (rule(name),)) for block in blocks_of(edits)]


def edits_to(output, found):
    """Changes as edits of the source, with their text taken from the output."""
    return [
        (b.source_start, b.source_end, output[b.output_start : b.output_end])
        for b, _ in found
    ]


# --- splice


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([], "Kiev and Lvov"),
        ([(0, 4, "Kyiv")], "Kyiv and Lvov"),
        ([(0, 4, "Kyiv"), (9, 13, "Lviv")], "Kyiv and Lviv"),
        ([(4, 9, "")], "KievLvov"),
        ([(0, 0, ">")], ">Kiev and Lvov"),
        ([(13, 13, "<")], "Kiev and Lvov<"),
        ([(0, 13, "x")], "x"),
        ([(0, 4, "a"), (4, 9, "b"), (9, 13, "c")], "abc"),
        ([(4, 4, "1"), (4, 9, "2")], "Kiev12Lvov"),
    ],
)
def test_splice(edits, expected):
    """Each edit takes the place of its span, the rest stays."""
    assert expected == splice("Kiev and Lvov", edits)


def test_splice_counts_code_points():
    """A character beyond U+FFFF counts as one."""
    assert "\N{GRINNING FACE}Kyiv" == splice("\N{GRINNING FACE}Kiev", [(1, 5, "Kyiv")])


# --- blocks


def test_blocks_shift_by_what_came_before():
    """On the output side a block is moved by the growth of those before it."""
    assert (Block(2, 4, 2, 5), Block(6, 8, 7, 7), Block(9, 9, 8, 10)) == (
        blocks_of(EDITS)
    )


def test_blocks_of_nothing():
    """A text without edits has no blocks."""
    assert () == blocks_of([])


# --- alignment


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ((0, 2), (0, 2)),
        ((4, 6), (5, 7)),
        ((8, 9), (7, 8)),
        ((9, 10), (10, 11)),
        ((2, 4), (2, 5)),
        ((3, 4), (2, 5)),
        ((2, 3), (2, 5)),
        ((3, 3), (2, 5)),
        ((1, 3), (1, 5)),
        ((3, 5), (2, 6)),
        ((6, 8), (7, 7)),
        ((7, 9), (7, 8)),
        ((0, 10), (0, 11)),
        ((8, 10), (7, 11)),
    ],
    ids=[
        "before-all",
        "between",
        "behind-a-deletion",
        "behind-an-insertion",
        "a-change",
        "end-of-a-change",
        "start-of-a-change",
        "a-point-in-a-change",
        "into-a-change",
        "out-of-a-change",
        "a-deletion",
        "out-of-a-deletion",
        "all",
        "over-an-insertion",
    ],
)
def test_to_output(span, expected):
    """A span is widened to the changes that it cuts and moved by those before."""
    assert expected == Alignment(blocks_of(EDITS)).to_output(*span)


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ((0, 2), (0, 2)),
        ((5, 7), (4, 6)),
        ((7, 8), (8, 9)),
        ((10, 11), (9, 10)),
        ((2, 5), (2, 4)),
        ((3, 4), (2, 4)),
        ((4, 6), (2, 5)),
        ((6, 8), (5, 9)),
        ((8, 10), (9, 9)),
        ((9, 11), (9, 10)),
        ((7, 7), (6, 8)),
        ((0, 11), (0, 10)),
    ],
    ids=[
        "before-all",
        "between",
        "behind-a-deletion",
        "behind-an-insertion",
        "a-change",
        "inside-a-change",
        "out-of-a-change",
        "over-a-deletion",
        "an-insertion",
        "out-of-an-insertion",
        "the-point-of-a-deletion",
        "all",
    ],
)
def test_to_source(span, expected):
    """The same back: an inserted stretch is an empty span of the source."""
    assert expected == Alignment(blocks_of(EDITS)).to_source(*span)


def test_alignment_gives_spans():
    """What comes back has a start and an end by name."""
    found = Alignment(blocks_of(EDITS)).to_output(4, 6)

    assert (5, 7) == (found.start, found.end)


def test_alignment_without_changes():
    """With no changes every span is itself."""
    assert Span(3, 8) == Alignment().to_output(3, 8)


@pytest.mark.parametrize("span", [(-1, 2), (3, 2)])
@pytest.mark.parametrize("way", ["to_output", "to_source"])
def test_alignment_refuses_what_is_no_span(way, span):
    """A negative or backward span is an error, not a guess."""
    with pytest.raises(ValueError, match="not a span"):
        getattr(Alignment(), way)(*span)


@pytest.mark.parametrize("way", ["to_output", "to_source"])
def test_alignment_is_monotone(way):
    """Of two spans the one that lies in the other does so after mapping too."""
    convert = getattr(Alignment(blocks_of(EDITS)), way)
    spans = [(a, b) for a in range(10) for b in range(a + 1, 11)]
    inside = [
        (inner, outer)
        for inner, outer in itertools.product(spans, spans)
        if outer[0] <= inner[0] and inner[1] <= outer[1]
    ]

    broken = [
        (inner, outer)
        for inner, outer in inside
        if convert(*inner)[0] < convert(*outer)[0]
        or convert(*inner)[1] > convert(*outer)[1]
    ]

    assert [] == broken


@pytest.mark.parametrize("span", [(0, 2), (0, 1), (4, 6), (5, 6), (8, 9), (9, 10)])
def test_alignment_is_inverse_where_nothing_changed(span):
    """A span of text that stayed maps to the output and back to itself."""
    alignment = Alignment(blocks_of(EDITS))

    assert span == alignment.to_source(*alignment.to_output(*span))


@pytest.mark.parametrize("span", [(0, 2), (4, 6), (5, 6), (8, 9), (9, 10)])
def test_alignment_points_at_equal_text(span):
    """A span of text that stayed maps to the same text."""
    mapped = Alignment(blocks_of(EDITS)).to_output(*span)

    assert SOURCE[slice(*span)] == OUTPUT[slice(*mapped)]


# --- composition


def test_compose_keeps_apart_what_is_apart():
    """Changes in different places stay two changes, in order of place."""
    found = compose(changes([(6, 8, "xyz")], "a"), changes([(0, 2, "")], "b"))

    assert [
        Change(Block(0, 2, 0, 0), (rule("b"),)),
        Change(Block(6, 8, 4, 7), (rule("a"),)),
    ] == found


def test_compose_joins_what_overlaps():
    """A change of what another one made becomes one change with both rules."""
    found = compose(changes([(2, 4, "one")], "a"), changes([(3, 6, "-")], "b"))

    # "ab12cd" -> "abonecd" -> "abo-d": the joined change covers 2:5 of the source.
    assert [Change(Block(2, 5, 2, 4), (rule("a"), rule("b")))] == found


def test_compose_keeps_apart_what_touches():
    """Changes that only touch stay two."""
    found = compose(changes([(2, 4, "one")], "a"), changes([(5, 7, "-")], "b"))

    assert [
        Change(Block(2, 4, 2, 5), (rule("a"),)),
        Change(Block(4, 6, 5, 6), (rule("b"),)),
    ] == found


def test_compose_joins_two_by_a_third():
    """One late change over two early ones makes one of all three."""
    first = changes([(0, 1, "xx"), (3, 4, "yy")], "a")
    found = compose(first, changes([(1, 5, "z")], "b"))

    # "abcd" -> "xxbcyy" -> "xzy"
    assert [Change(Block(0, 4, 0, 3), (rule("a"), rule("b")))] == found


def test_compose_names_a_rule_once():
    """A rule that took part twice in one change is told once."""
    first = changes([(0, 1, "xx"), (3, 4, "yy")], "a")
    found = compose(first, changes([(1, 5, "z")], "a"))

    assert [(rule("a"),)] == [change.rules for change in found]


def test_compose_tells_rules_in_the_order_in_which_they_acted():
    """The rule of the earlier stage comes first though its place is later."""
    found = compose(changes([(2, 4, "one")], "a"), changes([(0, 3, "")], "b"))

    assert [(rule("a"), rule("b"))] == [change.rules for change in found]


def test_compose_of_a_deletion_and_an_insertion_at_its_place():
    """A deletion, then an insertion at the same place: the text was replaced."""
    found = compose(changes([(2, 4, "")], "a"), changes([(2, 2, "new")], "b"))

    assert [Change(Block(2, 4, 2, 5), (rule("a"), rule("b")))] == found


def test_compose_of_an_insertion_taken_out_again():
    """What one stage puts in and the next takes out leaves an empty change."""
    found = compose(changes([(2, 2, "new")], "a"), changes([(2, 5, "")], "b"))

    assert [Block(2, 2, 2, 2)] == [change.block for change in found]


@pytest.mark.parametrize("first", [[], [(1, 3, "xyz")]])
def test_compose_with_nothing(first):
    """A stage that changes nothing adds nothing, before or behind."""
    made = changes(first, "a")

    assert made == compose(made, []) == compose([], made)


def small_edits():
    """All lists of at most two edits of a text of four code points."""
    single = [
        (start, end, after)
        for start in range(5)
        for end in range(start, 5)
        for after in ("", "x", "yz")
        if end > start or after
    ]
    yield from ([edit] for edit in single)
    for first, second in itertools.product(single, single):
        apart = first[1] < second[0]
        touching = first[1] == second[0] and first[0] < first[1]
        if apart or (touching and second[0] < second[1]):
            yield [first, second]


def test_compose_of_all_small_changes():
    """Splicing a composition into the source gives the output, whatever it was."""
    source = "abcd"
    lists = list(small_edits())
    # Every list once, each with two others: enough of them, and fast.
    pairs = [
        (one, lists[(i * 7 + k) % len(lists)])
        for i, one in enumerate(lists)
        for k in (0, 101)
    ]
    broken = []
    for one, other in pairs:
        middle = splice(source, one)
        two = [edit for edit in other if edit[1] <= len(middle)]
        output = splice(middle, two)
        found = compose(changes(one, "a"), changes(two, "b"))
        if output != splice(source, edits_to(output, found)):
            broken.append((one, two))

    assert [] == broken
