"""A text in chunks: the same as the whole, given out as soon as it is settled."""

import pytest

import normalize

NAMES = """\
kind: names
id: places
title: places
rules:
  - id: kyiv
    canonical: Kyiv
    also: [Kiev]
    unless: [chicken Kiev]
    examples: [Kiev -> Kyiv]
  - id: tserkva
    canonical: Bila Tserkva
    also: [Belaya Tserkov]
    examples: [Belaya Tserkov -> Bila Tserkva]
"""
LINES = """\
kind: rewrite
id: lines
title: at the ends of lines
rules:
  - {id: first, pattern: '^- ', output: '* ', boundary: none, examples: [{keep: a}]}
  - {id: spaces, pattern: ' {2,9}', output: ' ', boundary: none, examples: [{keep: a}]}
"""
BLOCKS = """\
kind: protect
id: blocks
title: blocks
rules:
  - id: fence
    opens: '^`{3}[^`\\n]*$'
    closes: '^`{3,}[ \\t]*$'
    examples: [{keep: a}]
  - {id: comment, opens: '<!--', closes: '-->', examples: [{keep: a}]}
"""
TEXTS = [
    "",
    "Kiev",
    "\n\n",
    "Kiev\n\nKiev\n\nKiev",
    "\n\nKiev\n\n\n\nKiev\n\n",
    "chicken\n\nKiev, chicken\nKiev",
    "Belaya\nTserkov\n\nBelaya\n\nTserkov",
    "Kiev\r\n\r\nKiev\r\n \r\nchicken\r\nKiev",
    "Kiev\n \t\nchicken\n\n Kiev",
    "- Kiev  x\n- Kiev\n\n- Kiev\n",
    "Kiev\n```\nKiev\n\nKiev\n```\nKiev\n\nKiev",
    "Kiev\n\n```\nKiev\n\nKiev",
    "Kiev <!-- Kiev\n\nKiev --> Kiev\n\n<!--\n\n--> Kiev",
    "Kiev\n\N{NO-BREAK SPACE}\nKiev",
]
# Long enough for a stream to look whether what came before is settled.
NEXT = "x" * 1000


@pytest.fixture
def n(build):
    """A normalizer with names, line rules and blocks."""
    return build(NAMES, LINES, BLOCKS)


def streamed(normalizer, chunks):
    """All that a stream gives for the chunks."""
    stream = normalizer.stream()
    given = [stream.feed(chunk) for chunk in chunks]
    return "".join([*given, stream.close()])


def given(normalizer, chunks):
    """All that a stream gives for the chunks before it is closed."""
    stream = normalizer.stream()
    return "".join([stream.feed(chunk) for chunk in chunks])


# --- equal to the whole


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("size", [1, 2, 3, 5, 100])
def test_chunks_of_one_size(n, text, size):
    """Cut into chunks of any size, a text comes out as in one piece."""
    chunks = [text[i : i + size] for i in range(0, len(text), size)]

    assert n(text) == streamed(n, chunks)


@pytest.mark.parametrize("text", TEXTS)
def test_two_chunks(n, text):
    """Cut in two anywhere, a text comes out as in one piece."""
    cuts = range(len(text) + 1)

    assert [] == [i for i in cuts if n(text) != streamed(n, [text[:i], text[i:]])]


@pytest.mark.parametrize("text", TEXTS)
def test_empty_chunks(n, text):
    """A chunk with nothing in it changes nothing."""
    chunks = [part for char in text for part in (char, "")]

    assert n(text) == streamed(n, chunks)


def test_no_chunks(n):
    """A stream that was given nothing gives nothing."""
    assert "" == n.stream().close()


def test_opening_mark_over_a_blank_line():
    """A block that a shipped rule lets open over a blank line comes out the same."""
    news = normalize.load("news-en")
    text = "<pre a\n\nb>Kiev</pre>"

    assert news(text) == streamed(news, [text[:9], text[9:]])


# --- what is settled


def test_text_is_held_to_the_blank_line(n):
    """A paragraph that may go on is held back."""
    assert "" == n.stream().feed("Kiev. Kiev.\nKiev")


def test_text_is_given_behind_the_blank_line(n):
    """A paragraph is given out, with the blank line, when the next one begins."""
    assert "Kyiv\n\n" == n.stream().feed("Kiev\n\nKi")


def test_blank_line_that_may_go_on_is_held(n):
    """A blank line at the very end may go on in the next chunk."""
    assert "" == n.stream().feed("Kiev\n\n")


def test_blank_line_that_went_on_is_given_whole(n):
    """Blank lines that come in pieces are one break."""
    assert "Kyiv\n\n\n" == given(n, ["Kiev\n", "\n", "\n", NEXT])


@pytest.mark.parametrize("line", ["\n\n", "\r\n\r\n", "\n  \n", "\n\t\r\n"])
def test_every_kind_of_blank_line(n, line):
    """Whatever a blank line is made of, the text before it is settled."""
    assert f"Kyiv{line}" == n.stream().feed(f"Kiev{line}x")


@pytest.mark.parametrize(
    "line",
    [
        "\n\n",
        "\r\n\r\n",
        "\n  \n",
        "\n\t\r\n",
        "\r\r",
        "\n\N{NO-BREAK SPACE}\n",
        "\n\N{EM SPACE}\n",
    ],
)
def test_blank_line_character_by_character(n, line):
    """A blank line is seen wherever chunks cut it."""
    assert f"Kyiv{line}" == given(n, [*f"Kiev{line}", NEXT])


def test_all_settled_paragraphs_are_given(n):
    """One chunk with many paragraphs gives all but the last."""
    assert "Kyiv\n\nKyiv\n\n" == n.stream().feed("Kiev\n\nKiev\n\nKiev")


def test_rest_is_given_at_the_end(n):
    """What was held is given when the stream is closed."""
    stream = n.stream()
    stream.feed("Kiev\n\nKiev")

    assert "Kyiv" == stream.close()


def test_open_block_is_held(n):
    """Blank lines inside a block settle nothing."""
    assert "" == n.stream().feed("<!-- Kiev\n\nKiev\n\nKiev")


def test_text_before_an_open_block_is_given(n):
    """What stands before an open block is settled by a blank line before it."""
    assert "Kyiv\n\n" == n.stream().feed("Kiev\n\nKiev <!-- Kiev\n\nKiev")


def test_block_is_given_when_it_is_closed(n):
    """Once a block is closed the next blank line settles it."""
    chunks = ["<!-- Kiev\n\n", "Kiev --> Kiev\n\n", NEXT]

    assert "<!-- Kiev\n\nKiev --> Kyiv\n\n" == given(n, chunks)


@pytest.mark.parametrize("size", [1, 7, 100])
def test_little_is_held(n, size):
    """Of short paragraphs no more is held than two lines of text, however they come."""
    text = "Kiev said so.\n\n" * 200
    chunks = [text[i : i + size] for i in range(0, len(text), size)]

    assert len(text) - len(given(n, chunks)) < 160


# --- use


def test_feed_behind_the_end(n):
    """A closed stream takes no more."""
    stream = n.stream()
    stream.close()

    with pytest.raises(ValueError, match="closed"):
        stream.feed("Kiev")


def test_streams_are_apart(n):
    """Two streams of one normalizer know nothing of each other."""
    one, two = n.stream(), n.stream()
    one.feed("chicken ")

    assert "Kyiv\n\n" == two.feed("Kiev\n\nx")
