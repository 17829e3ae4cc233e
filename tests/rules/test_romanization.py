"""The romanization systems: official and hand-made examples, engine-wide facts, back.

The cases are `tests/cases/romanization/*.tsv`: system, source, expected, why. Each
expected text comes from the standard or from its table applied by hand.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from normalize import OptionError, Romanizer, systems, transliterate
from normalize.kinds.romanization.model import RomanizationFile
from normalize.kinds.romanization.reversing import _avoided, lost
from normalize.library import Library
from normalize.options import active

ROOT = Path(__file__).resolve().parents[2]
CASES = sorted((ROOT / "tests" / "cases" / "romanization").glob("*.tsv"))
SYSTEMS = {system.id: system for system in systems()}
WORDS = {
    "uk": "щастя їжак знам'янка юрій об'єднання згурський ґедзь подвір'я єва хор цирк",
    "ru": "щука ёж объезд юрий эхо цирк хлеб йод ясный борьба шифр съёмка чай",
}
APOSTROPHES = ("'", "\N{RIGHT SINGLE QUOTATION MARK}", "\N{MODIFIER LETTER APOSTROPHE}")
ACUTE = "\N{COMBINING ACUTE ACCENT}"
each_system = pytest.mark.parametrize("system", SYSTEMS)


def rows(path):
    """The cases of a file as (system, source, expected, why)."""
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "system\tsource\texpected\twhy"
    return [line.split("\t") for line in lines[1:]]


@cache
def romanizer(system):
    """The romanizer of a system, made once."""
    return Romanizer(system)


@cache
def file_of(system):
    """The rule file of a system with its default options, and the classes."""
    library = Library()
    file = library.rule_file(system, "romanization")
    library.check()
    assert isinstance(file, RomanizationFile)
    return active(file, {o.name: o.default for o in file.options}), library.classes


def test_all_systems_are_there():
    """28 Ukrainian and 36 Russian systems, each with its provenance."""
    assert 28 == sum(s.language == "uk" for s in SYSTEMS.values())
    assert 36 == sum(s.language == "ru" for s in SYSTEMS.values())
    for system in SYSTEMS.values():
        assert system.authority and system.status and system.source, system.id
        assert re.fullmatch(r"[0-9]{4}|none", system.year), system.id


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_cases(path):
    """Each case gives what its standard says, in the plain and the traced call."""
    wrong = []
    for system, source, expected, why in rows(path):
        made = romanizer(system)
        if made(source) != expected:
            wrong.append((system, source, expected, made(source), why))
        assert made(source) == made.trace(source).text

    assert [] == wrong


@each_system
def test_every_system_has_examples(system):
    """Every file has five examples of its own at least, and the cases five more."""
    file, _ = file_of(system)
    cases = [row for path in CASES for row in rows(path) if row[0] == system]

    assert 5 <= sum(len(rule.examples) for rule in file.rules)
    assert 5 <= len(cases)


def titled(text):
    """A text as a Title word has it: the first letter capital, ties whole."""
    tied = re.match(r"(\W*)(\w(?:\N{COMBINING DOUBLE INVERTED BREVE}\w)*)", text)
    if tied is None:
        return text
    return tied[1] + tied[2].upper() + text[tied.end() :]


def stressed(word):
    """The word with an acute on its first vowel."""
    return re.sub("([аеєиіїоуюяёыэ])", rf"\1{ACUTE}", word, count=1)


@each_system
@pytest.mark.parametrize("mark", APOSTROPHES, ids=["typed", "quote", "letter"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("stress", [str, stressed], ids=["plain", "stressed"])
def test_case_apostrophes_forms_and_stress(system, mark, form, stress):
    """Lower, Title, CAPS and initials, whatever apostrophe, form and stress marks.

    Small letters are the measure: CAPS is their capital form, Title their title
    form, and no apostrophe, decomposition or stress makes a difference.
    """
    made, file = romanizer(system), file_of(system)[0]
    language = SYSTEMS[system].language
    for word in WORDS[language].split():
        plain = made(word)
        if file.apostrophe == "keep" and "'" in word:
            plain = plain.replace("'", mark)
        typed = unicodedata.normalize(form, stress(word).replace("'", mark))
        if file.case == "upper":
            assert plain == plain.upper()
        assert plain == made(typed), word
        assert plain.upper() == made(typed.upper()), word
        title = typed[0].upper() + typed[1:]
        expected = plain if file.case == "upper" else titled(plain)
        assert expected == made(title), word
        initial = unicodedata.normalize(form, word[0].upper())
        single = made(word[0])
        expected = single if file.case == "upper" else titled(single)
        assert f"{expected}. {expected}." == made(f"{initial}. {initial}."), word


@each_system
def test_stress_can_be_kept(system):
    """With stress=keep one mark more is there, and nothing else is changed."""
    kept = Romanizer(system, stress="keep")
    for word in WORDS[SYSTEMS[system].language].split():
        got = unicodedata.normalize("NFD", kept(stressed(word)))
        plain = unicodedata.normalize("NFD", romanizer(system)(word))
        marks = [i for i, char in enumerate(got) if char == ACUTE]

        assert len(marks) == plain.count(ACUTE) + 1, word
        assert plain in [got[:i] + got[i + 1 :] for i in marks], word


@each_system
def test_foreign_letters(system):
    """Letters of the other language are borrowed, kept, dropped or refused."""
    other = "ыёъэ" if SYSTEMS[system].language == "uk" else "іїєґ"
    own = {letter for letter, _ in file_of(system)[0].rules[0].letters}
    kept, dropped = (Romanizer(system, foreign=way) for way in ("keep", "drop"))
    for letter in set(other) - own:
        text = f"ко{letter}ка"
        assert not re.search("[а-яёіїєґ]", romanizer(system)(text)), letter
        assert letter in kept(text)
        assert romanizer(system)("кока") == dropped(text)


@each_system
def test_other_scripts_are_not_touched(system):
    """Text without a Cyrillic letter passes as it is."""
    text = (
        "Kyiv, café 'so' “it’s” 10 km — Ελλάδα שלום 東京 ʹ ’ \N{COMBINING ACUTE ACCENT}"
    )

    assert text == romanizer(system)(text)


REVERSIBLE = [s.id for s in SYSTEMS.values() if s.reversible != "no"]


def test_what_must_be_reversible():
    """The systems that are made for it have a way back."""
    assert {
        "uk-iso-9-1995", "ru-gost-7.79-a", "uk-gost-7.79-b", "ru-gost-7.79-b",
        "uk-dstu-9112-a", "uk-dstu-9112-b", "uk-ala-lc", "ru-ala-lc", "uk-scholarly",
        "ru-scholarly", "uk-bgn-pcgn-1965", "ru-ungegn-1987",
    } <= set(REVERSIBLE)  # fmt: skip


@pytest.mark.parametrize("system", REVERSIBLE)
def test_all_trigrams_come_back(system):
    """Every sequence of three letters comes back, but for what the file lists."""
    assert [] == list(lost(*file_of(system)))


@pytest.mark.parametrize("system", REVERSIBLE)
def test_words_of_the_seeds_come_back(system):
    """Every word of our samples comes back in its case, but for what is listed."""
    file, classes = file_of(system)
    listed = re.compile(_avoided(file, classes) or "(?!)")
    made = romanizer(system)
    language = SYSTEMS[system].language
    letters = {letter for letter, _ in file.rules[0].letters}
    seen = 0
    for path in (ROOT / "seeds").glob(f"{language}-*.txt"):
        text = path.read_text(encoding="utf-8")
        for word in set(re.findall("[А-Яа-яЁёІіЇїЄєҐґ’]+", text)):
            low = word.lower()
            if not set(low) <= letters or listed.search(f"^{low}$") or len(word) < 2:
                continue
            seen += 1
            assert word == made.reverse(made(word)), word
            assert word.upper() == made.reverse(made(word.upper())), word

    assert seen > 150


@pytest.mark.parametrize(
    "system", [s.id for s in SYSTEMS.values() if s.reversible == "no"]
)
def test_what_is_not_reversible_shows_why(system):
    """A system without a way back names two words that it writes alike."""
    (first, second), *_ = SYSTEMS[system].collisions

    assert first != second
    assert romanizer(system)(first) == romanizer(system)(second)
    with pytest.raises(OptionError, match=f"{first}.*{second}.*written"):
        transliterate("x", system, reverse=True)


def test_half_ties_of_old_catalogues():
    """A tie may be typed as two half marks (MARC 21); it reads the same."""
    half = (
        "I\N{COMBINING LIGATURE LEFT HALF}U\N{COMBINING LIGATURE RIGHT HALF}rii\u0306"
    )

    assert "Юрий" == transliterate(half, "ru-ala-lc", reverse=True)


@pytest.mark.parametrize("system", ["uk-dstu-9112-a", "uk-dstu-9112-b"])
@pytest.mark.parametrize("word", ["п\N{RIGHT SINGLE QUOTATION MARK}ятий", "підйом"])
def test_apostrophe_before_a_iotated_letter(system, word):
    """п'я and підйом come back, though both have 'j (DSTU 9112:2021)."""
    assert word == transliterate(transliterate(word, system), system, reverse=True)
