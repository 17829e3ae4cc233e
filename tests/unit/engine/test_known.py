"""Tables of very many words, looked up in the bytes in which they are kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.engine.known import LONG, MOST, Known, packed

WORDS = {"place": ["Kyiv", "Kiev", "Lviv", "K"], "person": ["Kira", "Žid", "Lev"]}
TABLE = {word: value for value, words in WORDS.items() for word in words}
# Beginnings, ends and wholes of what is kept, and halves of a pair.
STRANGE = ["", "k", "Ki", "iev", "Kiev0", "0", "Kiev\nKyiv", "\udcff", "\ud800Kiev"]


def known(*words, gone=()):
    return Known([packed(some) for some in words], gone, read=str)


@pytest.mark.parametrize("word", [*TABLE, *STRANGE])
def test_a_word_is_answered_as_a_dict_does(word):
    """Whichever way it is asked for, the first time and again."""
    made = known(WORDS)
    for _ in range(2):
        assert TABLE.get(word) == made.get(word)
        assert TABLE.get(word, "nothing") == made.get(word, "nothing")
        assert (word in TABLE) == (word in made)
        if word in TABLE:
            assert TABLE[word] == made[word]
        else:
            with pytest.raises(KeyError):
                made[word]


@given(st.dictionaries(st.text(), st.integers(0, 3)), st.lists(st.text()))
def test_any_words_are_known(words, others):
    """Texts of any characters, whatever bucket they come into."""
    turned = {value: [w for w in words if words[w] == value] for value in range(4)}
    made = Known([packed(turned)], read=int)

    assert words == {word: made[word] for word in words}
    assert [words.get(word) for word in others] == [made.get(word) for word in others]
    assert set(words) == set(made)
    assert words == dict(made.items())
    assert len(words) == len(made)


def test_many_words_are_in_many_buckets():
    """None of them is looked for in all of the table."""
    numbers = {str(number): [f"word{number}"] for number in range(1000)}
    made = packed(numbers)

    assert len(made.starts) > 10 * 4
    assert known(numbers) == {w: n for n, words in numbers.items() for w in words}


def test_the_table_of_nothing():
    """It has no words, and says so."""
    assert known({}) == {}
    assert known() == {}
    assert known({}).get("Kiev") is None


def test_words_in_common_with_a_paragraph():
    """The words of a set that are there."""
    assert {"Kiev", "Lev"} == {"Kiev", "Lev", "Odesa"} & known(WORDS).keys()


def test_what_is_remembered_is_bounded():
    """However many words are asked for, answers stay right."""
    made = known(WORDS)
    for number in range(2 * MOST + 3):
        assert made.get(f"w{number}") is None

    assert made.get("w" * 10_000) is None
    assert len(made.asked) <= MOST
    assert max(map(len, made.asked)) <= LONG
    assert TABLE == made


def test_words_that_are_gone_are_not_there():
    """Whether they are asked for or all are looked at."""
    made = known(WORDS, gone=["Kiev", "Kiew"])

    assert made.get("Kiev") is None
    assert made.get("Kira") == "person"
    assert set(TABLE) - {"Kiev"} == set(made)


def test_what_joins_says_the_last_word():
    """A word that has another value now has that one."""
    assert TABLE | {"Kiev": "river", "Don": "river"} == known(
        WORDS, {"river": ["Kiev", "Don"]}
    )


def test_all_words_are_told_with_their_values():
    """Of two tables the last one holds; what is gone is not there."""
    made = known(WORDS, {"river": ["Lev", "Dnipro"]}, gone=["K"])
    items = dict(made.items())

    assert items == {word: made[word] for word in made}
    assert ("river", "river") == (items["Lev"], items["Dnipro"])
    assert "K" not in items
    assert items["Kyiv"] is items["Kiev"]
