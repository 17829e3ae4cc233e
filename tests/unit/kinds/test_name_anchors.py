"""What the first words of names are scanned for."""

import pytest

from normalize.joined import joinable
from normalize.kinds.names.anchors import anchors_of
from normalize.loading import load
from normalize.profile import OWN_STAGE

MARKS = frozenset("'’")


def anchors(*words, alone=(), frequent=(), **names):
    """The anchors of these first words, with the names that begin with them."""
    return set(anchors_of([*names, *words], names, frozenset(alone), MARKS, frequent))


def test_a_short_word_is_scanned_for_with_what_follows():
    """Of "The Odessa File" not every "The", but every gap behind it."""
    found = anchors(The=["The Odessa File"])

    assert {"The Od", "The OD", "THE Od", "THE OD"} <= found
    assert {"The\n", "The\N{NO-BREAK SPACE}", "The  ", "The \n", "THE\t"} <= found
    assert not {"The", "The "} & found
    assert {"S.T"} == anchors(S=["S.T.A.L.K.E.R."])


@pytest.mark.parametrize(
    ("names", "alone"),
    [
        ({"Lviv": [""]}, ()),
        ({"Lviv": ["Lviv", "Lviv Oblast"]}, ()),
        ({"Lviv": ["Lviv Oblast"]}, ["Lviv"]),
    ],
)
def test_a_word_that_may_stand_alone_is_scanned_for_alone(names, alone):
    """Whatever else begins with it."""
    assert {"Lviv", "LVIV"} <= anchors(alone=alone, **names)


def test_an_apostrophe_behind_a_short_word_is_any_of_them():
    """Sol of Sol's'k, whose s is no possessive, is not that of soldiers."""
    assert {"Sol'", "Sol’", "SOL'", "SOL’"} == anchors(Sol=["Sol's'k"])


def test_a_longer_word_is_scanned_for_by_its_beginning():
    """With any apostrophe in it."""
    assert {"Khers", "KHERS", "Il'in", "Il’in", "IL'IN", "IL’IN"} == anchors(
        "Kherson", "Il'in", Kherson=["Kherson Oblast"]
    )


def test_a_word_is_told_from_frequent_ones_that_begin_alike():
    """By so much that none of them begins so; a beginning of one is all there is."""
    frequent = ["Ukraine", "Ukrainian", "Kherson"]

    assert {"Ukraink", "UKRAINK"} == anchors("Ukrainka", frequent=frequent)
    assert {"Ukrain", "UKRAIN"} == anchors("Ukrain", "Ukrainsk", frequent=frequent) - {
        "Ukrains",
        "UKRAINS",
    }
    assert {"Kherso", "KHERSO"} < anchors("Kherso", "Khersones", frequent=frequent)
    assert {"Khark", "KHARK"} == anchors("Kharkow", frequent=frequent)


def test_frequent_words_are_no_candidates():
    """Ukraine and Russian stand in each paragraph of news, and are no names here."""
    found = joinable(load("names-en").compiled, OWN_STAGE)
    assert found is not None
    known = set(found[1].anchors)

    for word in ("Ukraine", "Ukrainian", "Russia", "Russian", "Kharkiv", "Moscow"):
        assert not known.intersection(word[:end] for end in range(1, len(word) + 1))
    assert "the poems of Lesia Ukrainka" == load("names-en")(
        "the poems of Lesya Ukrainka"
    )


@pytest.mark.parametrize("gap", [" ", "  ", "\n", " \n ", "\N{NO-BREAK SPACE}", "\r\n"])
@pytest.mark.parametrize("first", ["The", "THE"])
def test_names_of_short_words_are_kept_over_any_gap(first, gap):
    """A title that keeps its old form keeps it wherever its line ends."""
    for text in ("Odessa File", "ODESSA FILE"):
        source = f"He read {first}{gap}{text} in Kiev."
        assert source.replace("Kiev", "Kyiv") == load("names-en")(source)


def test_every_spelling_is_scanned_for():
    """Of the whole lexicon, as written and in capitals, and all in Latin letters."""
    found = joinable(load("names-en").compiled, OWN_STAGE)
    assert found is not None
    known = set(found[1].anchors)
    longest = max(map(len, known))
    checked = 0
    for word, readings in found[1].index.readings().items():
        for own, *_ in (reading for part in readings for reading in part):
            for text in {own or word, (own or word).upper()}:
                assert any(text[:end] in known for end in range(1, longest + 1)), text
                assert not any("\u0400" <= char <= "\u04ff" for char in text), text
                checked += 1

    assert checked > 200_000
