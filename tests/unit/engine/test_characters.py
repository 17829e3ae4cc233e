"""The matchers for characters: composing, look-alikes, apostrophes, misread text."""

from __future__ import annotations

from dataclasses import replace

import pytest
import regex

from normalize.engine.apostrophes import Apostrophes, MarkRule, Telling
from normalize.engine.composing import MOST_MARKS, Composer
from normalize.engine.lone_letters import LettersBehind, LoneLetters
from normalize.engine.lookalikes import (
    Decision,
    MixedWords,
    make_scripts,
    word_at,
)
from normalize.engine.matcher import Scattered, Scene
from normalize.engine.misreadings import LetterPairs, Reading
from normalize.engine.mojibake import Mojibake
from normalize.spans import splice

ACUTE, BREVE = "\N{COMBINING ACUTE ACCENT}", "\N{COMBINING BREVE}"
CYRILLIC = frozenset("абвгдеиіїкмнпрстухАВ")
LATIN = frozenset("abcdeghiklmnopstvxyzAB")
ALIKE = {"a": "а", "i": "і", "e": "е", "c": "с", "o": "о", "A": "А", "B": "В"}


def change(matcher, text):
    """The text after all that a matcher finds in it, from left to right."""
    scene, edits, position = Scene(text), [], 0
    for start in range(len(text)):
        sizes = {len(anchor) for anchor in matcher.anchors}
        near = [text[start : start + size] for size in sizes]
        if start < position or not set(near) & set(matcher.anchors):
            continue
        found = matcher.find(scene, start)
        if found:
            edits += found[0][2]
            position = found[0][0]
    return splice(text, [edit[:3] for edit in edits])


def composer(leave=()):
    """A composer of acute and breve."""
    return Composer("NFC", [ACUTE, BREVE], ["\N{KELVIN SIGN}"], leave, 1)


def test_a_letter_and_its_mark_become_one():
    """The match begins at the letter, before the anchor, and ends behind the marks."""
    found = composer().find(Scene(f"cafe{ACUTE}s"), 4)

    assert (Scattered(5, 1, ((3, 5, "é", 1),)),) == found


def test_only_the_first_mark_is_asked():
    """The second mark of a letter finds nothing: it was settled with the first."""
    assert () == composer().find(Scene(f"и{BREVE}{ACUTE}"), 2)


def test_what_must_not_come_is_left():
    """A cluster that would hold a character of `leave` stays in its parts."""
    assert f"г{ACUTE}" == change(composer(["ѓ"]), f"г{ACUTE}")
    assert "ѓ" == change(composer(), f"г{ACUTE}")


def test_too_many_marks_are_left():
    """A run of marks that no language has is left, so that time stays linear."""
    assert () == composer().find(Scene("a" + ACUTE * (MOST_MARKS + 2)), 1)


def test_a_mark_without_a_letter_is_left():
    """At the beginning of a text a mark has no letter."""
    assert () == composer().find(Scene(ACUTE), 0)


def test_a_character_with_another_form_stands_alone():
    """A sign that is a letter by another name becomes the letter."""
    assert "5 K" == change(composer(), "5 \N{KELVIN SIGN}")


@pytest.fixture
def scripts():
    """Cyrillic as the script that is written."""
    return make_scripts(
        ("cyrillic", "latin"), (CYRILLIC, LATIN), ALIKE, frozenset(ALIKE.values())
    )


def test_a_certain_letter_decides(scripts):
    """A word with a letter that one script alone has gets all letters of it."""
    mixed = MixedWords(Decision(scripts, 1))

    assert "вітер" == change(mixed, "вiтер")
    assert "Вітер" == change(mixed, "Bіtер".replace("t", "т"))


def test_a_foreign_letter_stops(scripts):
    """A word with a letter that only the other script has is left."""
    assert "вitер" == change(MixedWords(Decision(scripts, 1)), "вitер")


def test_a_word_of_look_alikes_is_left(scripts):
    """Nothing decides where every letter has a look-alike."""
    assert "саc" == change(MixedWords(Decision(scripts, 1)), "саc")


def test_only_wrong_letters_are_replaced(scripts):
    """The pieces of a match are its wrong letters, each for itself."""
    (found,) = MixedWords(Decision(scripts, 1)).find(
        Scene("вiтep".replace("p", "р")), 0
    )

    assert ((1, 2, "і", 1), (3, 4, "е", 1)) == found.pieces


@pytest.mark.parametrize(
    "text",
    [
        "вi1",
        "1вi",
        "_вi",
        "вi\N{DEGREE SIGN}",
        "вi\N{LATIN SMALL LETTER O WITH STROKE}",
    ],
)
def test_parts_of_something_else_are_left(scripts, text):
    """Codes, identifiers and words of other alphabets are left."""
    assert text == change(MixedWords(Decision(scripts, 1)), text)


def test_what_is_meant_is_left(scripts):
    """Words with a pattern of `meant`, and known ones, are mixed on purpose."""
    meant = Decision(scripts, 1, meant=(regex.compile("[a-z][А-Я]"),))

    assert "iВітер" == change(MixedWords(meant), "iВітер")
    assert "вiн" == change(
        MixedWords(Decision(scripts, 1, known=frozenset(["вiн"]))), "вiн"
    )


def test_places_have_their_own_letter(scripts):
    """A look-alike stands for another letter where a place says so."""
    places = ((regex.compile("(?<=и)i"), "ї"),)

    assert "киї і кі" == change(
        MixedWords(Decision(scripts, 1, places=places)), "киi і кi"
    )


def test_the_first_decision_that_fits_wins(scripts):
    """Decisions are asked in their order; one that only reports changes nothing."""
    mixed = MixedWords(Decision(scripts, 1, written=regex.compile("nothing")))
    mixed.add(Decision(scripts, 2))
    mixed.add(Decision(scripts, 3, report="mixed"))
    notes = []
    mixed.find(Scene("саc", notes), 1)

    assert "вітер" == change(mixed, "вiтер")
    assert [("mixed", 0, 3)] == [note[:3] for note in notes]


def test_words_have_bounds():
    """A word is a run of letters and marks; one that is too long is no word."""
    assert (2, 5) == word_at("1 саc,", 3)
    assert word_at("а" * 100, 50) is None


def test_a_lone_letter_needs_its_neighbour(scripts):
    """A letter alone changes behind a word of the script, after any spaces."""
    lone = LettersBehind(scripts, "i", None, 1)

    assert "він і вона" == change(lone, "він i вона")
    assert "він  і вона" == change(lone, "він  i вона")
    assert "he i вона" == change(lone, "he i вона")
    assert "він iв" == change(lone, "він iв")
    assert "він i5" == change(lone, "він i5")


def test_a_lone_letter_before_a_word(scripts):
    """A letter changes before a word of the script, whatever stands before it."""
    lone = LoneLetters(scripts, "i", None, 1)

    assert "«і вона» – і ви" == change(lone, "«i вона» – i ви")
    for text in ("i she", "xi вона", "3i вона", "i", "i 3 року"):
        assert text == change(lone, text)


def test_a_lone_letter_before_a_number(scripts):
    """With numbers, it changes before one of them and a word that counts."""
    lone = LoneLetters(scripts, "i", None, 1, (["1", "2"], ["року"]))

    assert "і 2 року, і 1 рік" == change(lone, "i 2 року, i 1 рік")
    for text in ("i 3 року", "i вона", "i 2 she", "i 2", "i 22 року"):
        assert text == change(lone, text)


def marks(otherwise=True, never=""):
    """The Ukrainian apostrophe, written as a plus sign."""
    own, other = frozenset("іїє"), frozenset("ыэъ")
    against = frozenset({"ru"})
    telling = Telling(own, other, frozenset(never), "uk", against, otherwise)
    made = Apostrophes("'`")
    mark = regex.compile("['`](?=я)")
    made.add(MarkRule(frozenset("мб"), mark, frozenset("'`"), "+", telling, None, 1))
    return made


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("м'ята", "м+ята"),
        ("м'ята їде", "м+ята їде"),
        ("ым'я їде", "ым'я їде"),
        ("м'я ыыы", "м'я ыыы"),
        ("м'я ыыы\n\nм'я", "м'я ыыы\n\nм+я"),
        ("м'я\r\rыыы", "м+я\r\rыыы"),
        ("м'я\tыыы їїїї", "м+я\tыыы їїїї"),
        ("м' я, м'о", "м' я, м'о"),
    ],
)
def test_the_word_tells_then_its_paragraph(text, expected):
    """The letters of the word decide, then those of its paragraph."""
    assert expected == change(marks(), text)


def test_otherwise_and_never():
    """Where nothing tells, `otherwise`; a letter of `never` shuts its paragraph out."""
    assert "м'я" == change(marks(otherwise=False), "м'я")
    assert "м'я ўї" == change(marks(never="ў"), "м'я ўї")


def test_the_language_of_the_paragraph_is_asked_last():
    """Where no letter tells, the language of the paragraph does."""
    scene = Scene("м'я", None, lambda _: "ru")

    assert () == marks().find(scene, 0)
    assert marks().find(Scene("м'я", None, lambda _: "uk"), 0)


PAIRS = LetterPairs(
    {"ст": 0, "ек": 1, "кс": 2, "те": 3, "пр": 4, "ри": 5, "ив": 6, "ве": 7, "ет": 8},
    frozenset("стекприв"),
)
TEXT = regex.compile(r"[\p{Cyrillic}\N{RIGHT SINGLE QUOTATION MARK}é]+")


def utf8(read_as="cp1251", traces=(), least=2, lost="", plausible=TEXT):
    """A reading of UTF-8."""
    bare = Reading("utf-8", read_as, plausible, PAIRS, 1, lost=frozenset(lost))
    seen = [bare.misread(char) for char in traces]
    pattern = regex.compile("|".join(map(regex.escape, seen)))
    return replace(bare, evidence=((pattern, least),)), seen


def mended(text, *made):
    """The text after mending; `made` are readings with their anchors."""
    matcher = Mojibake()
    for reading, anchors in made:
        matcher.add(reading, anchors)
    return change(matcher, text)


def shown(text, was="utf-8", read_as="cp1251"):
    """What a text looks like that is misread."""
    return text.encode(was).decode(read_as)


def test_a_segment_is_mended_as_a_whole():
    """Evidence in one word mends its neighbours, up to what can't be misread."""
    reading = utf8(traces="текс")

    assert "текст і слово" == mended(shown("текст і слово"), reading)
    assert f"текст слово {shown('і')}" == mended(
        f"{shown('текст')} слово {shown('і')}", reading
    )


def test_too_little_evidence_is_none():
    """One trace is not enough where two are asked for, nor half a word."""
    reading = utf8(traces="т")

    assert shown("т") == mended(shown("т"), reading)
    assert f"я{shown('тт')}" == mended(f"я{shown('тт')}", reading)


def test_text_misread_twice_is_mended_twice():
    """A text that was misread again comes back to its beginning."""
    anything = regex.compile(r"[^\x00-\x7F]+")
    reading = utf8(traces="текстРС", plausible=anything)

    assert "текст" == mended(shown(shown("текст")), reading)


def test_lines_are_apart():
    """Evidence reaches over no line end."""
    text = f"{shown('текст')}\n{shown('і')}"

    assert f"текст\n{shown('і')}" == mended(text, utf8(traces="текс"))


def test_a_lost_byte_is_filled_by_usual_pairs():
    """Where a byte was lost the letter is taken that makes usual pairs."""
    reading = utf8("cp1252", "текст", lost="сэя")
    text = shown("те", read_as="cp1252") + "ÐºÑ" + "Ñ‚"

    assert "текст" == mended(text, reading)


def test_pairs_of_letters_decide_between_single_bytes():
    """Common pairs once mended, uncommon ones before: then it was misread."""
    reading = Reading("cp1251", "cp1252", TEXT, PAIRS, 1, least=4, share=60, gain=35)

    assert "Привет" == mended("Ïðèâåò", (reading, ["ðè"]))
    assert "xÏðèâåò" == mended("xÏðèâåò", (reading, ["ðè"]))
    assert "ïÏðÏðè" == mended("ïÏðÏðè", (reading, ["ðè"]))


def test_pairs_are_counted_in_longer_words():
    """Short words tell nothing; a capital behind a small letter is not usual."""
    assert (5, 5) == PAIRS.count(["Привет", "то"])
    assert (5, 4) == PAIRS.count(["пРивет"])
