"""Marks that come in pairs: roles, nesting, what is told, what is left."""

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.checking.lint import lint_own
from normalize.engine.matcher import Scene
from normalize.engine.nesting import DEEPEST, INSIDE, Reading, cheapest, straight
from normalize.engine.pair_families import Exceptions, Family
from normalize.engine.pair_marks import MANY, Reader
from normalize.engine.pairs import Pairs
from normalize.engine.protection import Protector, Shelter
from normalize.errors import RuleErrors
from normalize.library import Library
from normalize.loading import load
from normalize.spans import Span, splice

DOUBLE = Family(frozenset("«"), frozenset("»"), frozenset('"'), False)
SINGLE = Family(frozenset("<"), frozenset(">"), frozenset("'"), True)
LEVELS = [("«", "»"), ("<", ">")]


def pairs(known="", levels=LEVELS):
    """A matcher of two families; `known` are exceptions."""
    exceptions = Exceptions(regex.compile(known) if known else None)
    reader = Reader([DOUBLE, SINGLE], exceptions, "*")
    return Pairs(reader, levels, "alone", 1)


def written(text, matcher=None, notes=None):
    """The text with the edits of a matcher put in."""
    matcher = matcher or pairs()
    scene = Scene(text, notes)
    out = []
    last = 0
    for at, char in enumerate(text):
        if char in "\"'«»<>":
            for _, _, pieces in matcher.find(scene, at):
                for start, end, after, _ in pieces:
                    out += [text[last:start], after]
                    last = end
    return "".join([*out, text[last:]])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"a" "b"', "«a» «b»"),
        ('("a")', "(«a»)"),
        ("\"a 'b' c\"", "«a <b> c»"),
        ("'a \"b\" c'", "«a <b> c»"),
        ('"a "b" c"', "«a <b> c»"),
        ('"a "b""', "«a <b>»"),
        ("'a'", "«a»"),
        ('it\'s "a"', "it's «a»"),
        ('«a" and "b»', "«a» and «b»"),
        ("»a«", "«a»"),
        ('a "b c', 'a "b c'),
        ('a b" c', 'a b" c'),
        ('"a "b" c', '"a «b» c'),
        ('"a" b" c', '«a» b" c'),
        ('a " b " c', "a « b » c"),
        ('a "b', 'a "b'),
        ('5" of "x"', '5" of «x»'),
        ("", ""),
    ],
)
def test_marks_are_paired_by_what_stands_beside_them(text, expected):
    """Each pair is written by its level; a mark without a partner is left."""
    assert expected == written(text)


def test_nothing_is_paired_over_a_blank_line():
    """A mark before a blank line and one behind it are no pair."""
    assert '"a\n\nb"' == written('"a\n\nb"')
    assert "«a\nb»" == written('"a\nb"')


def test_what_stands_alone_is_told():
    """Each lost mark becomes a note, with its place; apostrophes don't."""
    notes = []
    written('a "b and the boys\' room\n\nc" d', notes=notes)

    assert [("alone", 2, 3), ("alone", 26, 27)] == [note[:3] for note in notes]


def test_a_pair_around_a_lost_mark_is_left():
    """Which of three marks is the lost one may be wrong, so none is touched."""
    notes = []

    assert "«a 'b c»" == written("«a 'b c»", notes=notes)
    assert '"a \'b c"' == written('"a \'b c"')
    assert [("alone", 3, 4)] == [note[:3] for note in notes]


def test_a_check_changes_nothing():
    """Without levels marks are only told of."""
    notes = []

    assert '"a" "b' == written('"a" "b', pairs(levels=[]), notes)
    assert [("alone", 4, 5)] == [note[:3] for note in notes]


@pytest.mark.parametrize(
    ("known", "text", "expected"),
    [
        ('(?P<never>"(?=x))', 'a1"x "b"', 'a1"x «b»'),
        ("(?P<elisions>'(?=tis))", "'tis 'a'", "*tis «a»"),
        ("(?P<possessives>(?<=s)')", "'the boys' a'", "«the boys* a»"),
        ("(?P<possessives>(?<=s)')", "'boys' a", "«boys» a"),
        ('(?P<doubtful>(?<=[0-9])")', '"a 5" b"', '«a 5" b»'),
        ('(?P<doubtful>(?<=[0-9])")', '"in 2022" a', "«in 2022» a"),
    ],
)
def test_exceptions(known, text, expected):
    """Marks that are something else are known by patterns."""
    assert expected == written(text, pairs(known))


def scanned(text, matcher, protector=None, notes=None, *, foretold=False):
    """The same where a scan told of all marks, as a stage does."""
    scene = Scene(text, notes)
    if protector is not None:
        scene.shelter = Shelter(protector, scene, many=True)
    scene.hits = [(0, at, at + 1) for at, c in enumerate(text) if c in "\"'«»<>"]
    if foretold and scene.hits:
        matcher.foretell(scene)
    edits = [
        piece
        for _, at, _ in scene.hits
        for _, _, pieces in matcher.find(scene, at)
        for piece in pieces
    ]
    return splice(text, edits)


TEXTS = st.text("\"'«» a.\n", max_size=12)


@settings(max_examples=300, deadline=None)
@given(st.lists(TEXTS, max_size=8))
def test_what_is_remembered_is_what_would_be_found(texts):
    """Marks with neighbours seen in other texts, at the ends of these too."""
    matcher = pairs()
    for text in texts * 3:
        assert scanned(text, matcher) == written(text)


class Between:
    """A shield over what stands between two of `a`."""

    anchors = ("a",)

    def cover(self, scene, start):
        end = scene.text.find("a", start + 1)
        inside = scene.text[start : end + 1]
        return (
            Span(start, end + 1)
            if end > start and not set(inside) & {*"\r\n"}
            else None
        )


@pytest.mark.parametrize("shields", [[], [Between()]])
@settings(max_examples=100, deadline=None)
@given(st.lists(st.text("\"'«» a.\n\r", max_size=40), max_size=6))
def test_what_is_told_ahead_is_what_would_be_found(shields, texts):
    """Paragraphs of known marks, beside some that must be read, with spans in both."""
    protector = Protector(shields)
    ahead, one_by_one = pairs(), pairs()
    for text in [*texts, "\n\n".join(texts)] * 2:
        scene = Scene(text)
        scene.shelter = Shelter(protector, scene, many=False)
        wanted = [
            piece
            for at, char in enumerate(text)
            if char in "\"'«»<>"
            for _, _, pieces in one_by_one.find(scene, at)
            for piece in pieces
        ]
        assert scanned(text, ahead, protector) == splice(text, wanted)


@settings(max_examples=200, deadline=None)
@given(st.lists(TEXTS, max_size=8))
def test_marks_alone_are_told_of_each_time(texts):
    """Where their readings are remembered, with notes and without."""
    matcher, protector = pairs(), Protector([])
    for text in [*texts, "\n\n".join(texts)] * 2:
        wanted: list[object] = []
        noted: list[object] = []
        assert scanned(text, matcher, protector) == written(text, notes=wanted)
        assert scanned(text, matcher, protector, noted) == written(text)
        assert noted == wanted


@settings(max_examples=200, deadline=None)
@given(st.lists(TEXTS, max_size=8))
def test_what_is_foretold_is_what_would_be_found(texts):
    """All edits of a text at once, whatever is known of its paragraphs."""
    matcher, protector = pairs(), Protector([])
    for text in [*texts, "\n\n".join(texts)] * 2:
        assert scanned(text, matcher, protector, foretold=True) == written(text)


def test_a_text_that_begins_and_ends_with_a_mark_is_remembered():
    """Once its marks are known, and then what becomes of them, none is read."""
    matcher = pairs()
    for _ in range(2):
        scanned('"a" and "b"', matcher)
    matcher._reader.marks_of = None
    assert scanned('"a" and "b"', matcher) == "«a» and «b»"


@given(st.lists(st.sampled_from(['"', "'", "«", "'" * 4, "a", " "])), st.data())
def test_marks_in_many_protected_spans_are_left_out_alike(parts, data):
    """Where spans are many, marks in them go first; a run over an end counts."""
    body = "".join(parts) + "a" * MANY * 2
    bounds = data.draw(st.sets(st.integers(0, len(body) - MANY * 2), max_size=30))
    ends = sorted(bounds)[: len(bounds) // 2 * 2]
    few = [Span(a, b) for a, b in zip(ends[::2], ends[1::2], strict=True)]
    many = [*few, *(Span(at, at + 1) for at in range(len(body) - MANY, len(body)))]
    reader = pairs()._reader
    starts = reader.starts(body, None)

    assert reader.marks_of(body, starts, many) == reader.marks_of(body, starts, few)


def token(opens, closes, alone=40, family=0, loose=False):
    """A mark with these costs."""
    return Reading.of(family, (opens, closes, alone), loose=loose, told=True)


def test_straight_is_cheapest_where_it_answers():
    """Marks with one clear role each give the same nesting both ways."""
    marks = [token(0, 90), token(0, 90), token(90, 0), token(90, 20)]

    assert [(3, 0), (2, 1), (1, 1), (0, 0)] == straight(marks) == cheapest(marks)


def test_straight_leaves_doubts_to_cheapest():
    """A mark that may be both, or has no partner, is not settled at a glance."""
    assert straight([token(0, 90), token(20, 20)]) is None
    assert straight([token(0, 90)]) is None
    assert straight([token(90, 0)]) is None
    assert [(1, 0), (0, 0)] == cheapest([token(0, 90), token(20, 20)])
    assert [(-1, 0), (-1, 0)] == cheapest([token(0, 90), token(0, 90)])


def price(tokens, nesting):
    """What a nesting costs in all."""
    total = depth = 0
    for number, (mark, (partner, _)) in enumerate(zip(tokens, nesting, strict=True)):
        if partner < 0:
            total += mark.alone + INSIDE * depth
        else:
            total += mark.opens if partner > number else mark.closes
            depth += 1 if partner > number else -1
    return total


def least(tokens, stack=()):
    """The least cost of all readings of the marks, each of them tried."""
    if not tokens:
        return 10_000 if stack else 0
    mark, rest = tokens[0], tokens[1:]
    ways = [mark.alone + INSIDE * len(stack) + least(rest, stack)]
    if stack and stack[-1] == mark.family:
        ways.append(mark.closes + least(rest, stack[:-1]))
    if len(stack) < DEEPEST:
        ways.append(mark.opens + least(rest, (*stack, mark.family)))
    return min(ways)


COSTS = st.integers(0, 110)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.builds(
            token, COSTS, COSTS, st.sampled_from([0, 4, 10, 16, 40]), st.integers(0, 1)
        ),
        max_size=8,
    )
)
def test_cheapest_is_the_least_of_all(marks):
    """No reading of the marks is cheaper than the one taken."""
    assert least(tuple(marks)) == price(marks, cheapest(marks))


@pytest.mark.parametrize("mark", ['"', "«", "»"])
def test_a_line_of_marks_is_left(mark):
    """Four and more of one mark in a row are no quotation; three may be."""
    line = mark * 4

    assert f"{line} «a» {line}" == written(f'{line} "a" {line}')


def test_nesting_has_an_end():
    """Marks deeper than the deepest level stand alone, and nothing breaks."""
    deep = [token(0, 90)] * 50 + [token(90, 0)] * 50
    paired = [partner for partner, _ in cheapest(deep) if partner >= 0]

    assert 2 <= len(paired) <= 8


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("levels: ['« »'], marks: [{either: ['\"']}]", "written but not listed"),
        (
            "levels: ['» «'], marks: [{opening: ['«'], closing: ['»']}]",
            "listed as closing, but written otherwise",
        ),
        ("levels: ['«'], marks: [{opening: ['«']}]", "an opening and a closing mark"),
        ("marks: [{apostrophes: yes}]", "needs 'opening', 'closing' or 'either'"),
        ("marks: [{either: ['a', 'b']}, {opening: ['a']}]", "is there twice"),
        ("marks: [{opening: ['a'], closing: ['b', 'a']}]", "mark 'a' is there twice"),
        ("marks: [{either: ['a']}], elisions: ['a(?=b)']", "'apostrophe' goes with"),
        (
            "levels: ['« >'], marks: [{opening: ['«']}, {closing: ['>']}]",
            "of one family",
        ),
    ],
)
def test_mistakes_are_told(tmp_path, rule, message):
    """A rule that can't be meant so is refused where it is wrong."""
    path = tmp_path / "mine.yaml"
    path.write_text(
        "kind: pairs\nid: mine\ntitle: Mine\nrules:\n"
        f"  - {{id: a, code: alone, examples: [keep: x], {rule}}}\n",
        encoding="utf-8",
    )
    with pytest.raises(RuleErrors) as caught:
        load("names-en", rules=[path])

    assert message in str(caught.value)
    assert "mine.yaml:5:" in str(caught.value)


def test_lints_find_what_would_be_read_otherwise(tmp_path):
    """Marks that are apostrophes when read again, and words that tell nothing."""
    (tmp_path / "pairs.yaml").write_text(
        "kind: pairs\nid: mine.pairs\ntitle: Mine\nrules:\n"
        "  - id: a\n    code: alone\n    levels: [\"' '\"]\n"
        '    marks: [{either: ["\'"], apostrophes: yes}]\n'
        "    elisions: [\"'(?=a)\"]\n    apostrophe: '*'\n    examples: [keep: x]\n",
        encoding="utf-8",
    )
    (tmp_path / "languages.yaml").write_text(
        "kind: languages\nid: mine.languages\ntitle: Mine\nrules:\n"
        "  - {id: aa, letters: abc, words: [ab, ba], examples: [ba -> aa]}\n"
        "  - {id: bb, letters: abc, words: [ab, ca], examples: [ca -> bb]}\n",
        encoding="utf-8",
    )
    found = lint_own(Library([tmp_path]))

    assert {("N017", 5), ("N018", 6)} == {
        (finding.code, int(finding.at.rpartition(":")[2]))
        for finding in found
        if finding.code in ("N017", "N018")
    }
