"""Short texts that are worked on together become what each becomes alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize import together
from tests.properties.test_promises import everywhere, relaxed
from tests.properties.texts import examples, normalizer, texts

# What stands at an edge of a text, where the next one begins behind a blank line.
EDGES = (
    "", "", " ", "\n", "\t", "\r", "\r\n", "\n\n", "\n \n", "\N{NO-BREAK SPACE}",
    "\N{ZERO WIDTH SPACE}", "\N{SOFT HYPHEN}", " \N{ZERO WIDTH SPACE}",
    "\n\N{ZERO WIDTH SPACE}", "\N{COMBINING ACUTE ACCENT}", "\N{LINE SEPARATOR}", '"',
    "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}", "'", "(", ")",
    "-", "\N{EN DASH}", ".", "....", "5", "5 ", "$", " $", "USD", "21 April", "2022",
    "Kiev", "\N{CYRILLIC SMALL LETTER A}", "c", "```", "<b>", "@", "https://", "#",
)  # fmt: skip


def many(profile: str) -> st.SearchStrategy[list[str | None]]:
    """Lists of texts, most of one line, of which enough are worked on together."""
    edge = st.sampled_from(EDGES)
    inner = texts(profile, 4) | st.sampled_from(examples(profile) or ("Kiev",))
    text = st.tuples(edge, inner, edge).map("".join)
    return st.lists(st.none() | text | inner | text, min_size=12, max_size=30)


def joined(texts_: list[str | None], profile: str) -> list[str | None]:
    """What they become together, where they can."""
    worker = together.Together()
    worker._alone = together.FIRST  # as if many had come
    return list(worker.each(normalizer(profile), texts_))


@everywhere
@settings(relaxed, max_examples=10)
@given(data=st.data())
def test_texts_become_what_each_becomes_alone(profile, data):
    """Whatever stands at their edges, and in whatever order they come."""
    some = data.draw(many(profile))

    assert list(map(normalizer(profile), some)) == joined(some, profile)


@everywhere
def test_all_examples_become_what_each_becomes_alone(profile):
    """Every example of every rule of the profile, with those beside it."""
    some = [*examples(profile), *examples(profile)[::-3]]

    assert list(map(normalizer(profile), some)) == joined(some, profile)


@pytest.mark.parametrize(
    ("text", "neighbour"),
    [
        ("said Sergey, a 35-year-old medic from Kharkiv", "arrested in Kiev"),
        ("Gen. Makarov met the skier Nikolaev in Kyiv", "he presented the draw"),
        ("It cost $5 and 12 apples", "In 2022"),
        ("on 21 April 2023", "5"),
        ("Kiev", " \N{ZERO WIDTH SPACE}"),
        ("Lvov \N{ZERO WIDTH SPACE}", "Kiev"),
        ("```", "Kiev"),
        ("a\n\nKiev", "Lvov\n"),
        ("", None),
    ],
)
def test_neighbours_say_nothing(text, neighbour):
    """A text becomes what it becomes alone before, behind and between others."""
    for some in ([text, neighbour] * 6, [neighbour, text] * 6, [text] * 12):
        assert list(map(normalizer("news-en"), some)) == joined(some, "news-en")


def test_an_error_comes_when_its_turn_comes():
    """What comes before it is given out, however many are read ahead."""
    given: list[str | None] = []
    n = normalizer("news-en")
    worker = together.Together()
    worker._alone = together.FIRST
    with pytest.raises(TypeError, match="not int"):
        given.extend(worker.each(n, [*["Kiev"] * 20, 7, "Lvov"]))  # type: ignore[list-item]

    assert ["Kyiv"] * 20 == given


def test_what_is_made_one_by_one_is_read_so():
    """A list is at hand, a generator may wait for the last result."""
    assert together.are_at_hand(["Kiev"] * 20)
    assert not together.are_at_hand(text for text in ["Kiev"] * 20)


@pytest.mark.parametrize("profile", ["news-en", "news-uk"])
def test_most_texts_are_worked_on_together(profile):
    """Of the examples of a profile nine of ten have no call of their own."""
    some = examples(profile)[: together.BATCH]
    made = together._joined(normalizer(profile).compiled, some)

    assert len(made) > 0.9 * len(some)
