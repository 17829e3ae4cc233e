"""Tables of very many words, filled in while few are asked for."""

from __future__ import annotations

import pytest

from normalize.engine.known import FEW, HEAD, Known, Opening, grouped, joined

WORDS = {"place": ["Kyiv", "Kiev", "Lviv", "K"], "person": ["Kira", "Lev"]}
TABLE = {word: value for value, words in WORDS.items() for word in words}


def test_words_of_a_group_begin_alike():
    """Each word is in the group of its beginning, with its value."""
    made = grouped(WORDS)

    assert {"Ky", "Ki", "Lv", "K", "Le"} == set(made)
    assert (("Kiev", "place"), ("Kira", "person")) == made["Ki"]
    assert all(
        word[:HEAD] == head
        for head, groups in made.items()
        for words, _ in groups
        for word in words.split(" ")
    )


@pytest.mark.parametrize("word", [*TABLE, "Kiew", "", "k", "Z"])
def test_a_word_is_answered_as_the_whole_table_does(word):
    """Whichever way it is asked for, and only words that begin as it does come in."""
    assert TABLE.get(word) == Opening(grouped(WORDS)).get(word)
    assert (word in TABLE) == (word in Opening(grouped(WORDS)))
    opening = Opening(grouped(WORDS))
    if word in TABLE:
        assert TABLE[word] == opening[word]
    else:
        with pytest.raises(KeyError):
            opening[word]
    assert all(known[:HEAD] == word[:HEAD] for known in dict.keys(opening))


def test_who_looks_at_all_words_has_them():
    """The length, the words and the values are those of the whole table."""
    assert len(TABLE) == len(Opening(grouped(WORDS)))
    assert set(TABLE) == set(Opening(grouped(WORDS)))
    assert sorted(TABLE.items()) == sorted(Opening(grouped(WORDS)).items())
    assert sorted(TABLE.values()) == sorted(Opening(grouped(WORDS)).values())
    assert TABLE == Opening(grouped(WORDS))


def test_words_in_common_ask_for_these_only():
    """A paragraph's words are looked for without making the table."""
    opening = Opening(grouped(WORDS))

    assert {"Kiev", "Lev"} == {"Kiev", "Lev", "Odesa"} & opening.keys()
    assert type(opening) is Opening


def test_after_many_questions_it_is_a_plain_table():
    """Then nothing is counted any more."""
    opening = Opening(grouped(WORDS))
    for _ in range(FEW):
        assert opening.get("Kiev") == "place"
    assert type(opening) is Opening
    assert opening.get("Lviv") == "place"

    assert type(opening) is Known
    assert TABLE == opening


def test_words_that_are_gone_are_not_there():
    """Whether they are asked for or all are looked at."""
    opening = Opening(grouped(WORDS), ["Kiev", "Kiew"])

    assert opening.get("Kiev") is None
    assert opening.get("Kira") == "person"
    assert set(TABLE) - {"Kiev"} == set(opening)


def test_what_joins_says_the_last_word():
    """A word that has another value now has that one."""
    both = joined(grouped(WORDS), grouped({"river": ["Kiev", "Don"]}))

    assert TABLE | {"Kiev": "river", "Don": "river"} == Opening(both)
