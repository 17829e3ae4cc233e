"""The language of a paragraph, and rule files that act in one language only."""

from pathlib import Path

import pytest

from normalize.engine.languages import Detector, Facts
from normalize.engine.matcher import Scene
from normalize.errors import RuleErrors
from normalize.kinds.languages import detector
from normalize.library import Library
from normalize.loading import load

PARAGRAPHS = Path(__file__).parents[2] / "cases" / "languages" / "paragraphs.tsv"
RULES = """
kind: rewrite
id: {lang}.dash
title: a dash in one language
lang: {lang}
rules:
  - {{id: plus, variants: ['++'], output: {lang}, boundary: none, examples: [keep: x]}}
  - {{id: word, variants: [{word}], output: {lang}, examples: [keep: x]}}
  - {{id: pattern, pattern: '=+>', output: {lang}, boundary: none, examples: [keep: x]}}
"""


@pytest.fixture(scope="module")
def shipped():
    """The detector of the shipped languages."""
    return detector([Library().rule_file("languages.europe")])


@pytest.fixture
def mixed(tmp_path):
    """A profile that tells languages, with a file for each of two."""
    for lang, word in (("en", "colour"), ("uk", "колір")):
        path = tmp_path / f"{lang}.yaml"
        path.write_text(RULES.format(lang=lang, word=word), encoding="utf-8")
    profile = tmp_path / "mixed.yaml"
    profile.write_text(
        "kind: profile\nid: mixed\ntitle: Mixed\nlanguages: auto\n"
        "stages: [{id: words, rules: [en.dash, uk.dash]}]\nexamples: [keep: x]\n",
        encoding="utf-8",
    )
    return load(profile, rules=[tmp_path])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Президент України підписав закон про бюджет.", "uk"),
        ("Об'єкт у Львові було відкрито ще торік", "uk"),
        ("Президент подписал закон о бюджете на будущий год.", "ru"),
        ("Объявление: сегодня концерт отменен", "ru"),
        ("The president signed the budget law.", "en"),
        ("Zelensky says no deal is possible", "en"),
        ("Le président a signé la loi sur le budget.", "fr"),
        ("Der Präsident hat das Gesetz unterzeichnet.", "de"),
        ("Prezydent podpisał ustawę o budżecie na przyszły rok.", "pl"),
        ("Президентът подписа закона за бюджета, каза той.", "bg"),
        ("Прэзідэнт падпісаў закон аб бюджэце на будучы год.", "be"),
        ("Қазақстан Республикасының Президенті бюджет туралы заңға қол қойды", ""),
        ("", ""),
        ("2023-04-21 15:30", ""),
        ("Одеса", ""),
        ("東京で会議が開かれた", ""),
    ],
)
def test_what_a_paragraph_is_told(shipped, text, code):
    """Plain news sentences are told their language; what is in doubt is told none."""
    assert code == shipped(text)


def test_the_script_of_most_letters_decides(shipped):
    """A quotation in another script does not change the language around it."""
    assert "uk" == shipped('Він додав: "It is the end of the war", і вийшов із зали.')
    assert "en" == shipped('The headline read "Це кінець війни" and it was wrong.')


def test_a_language_must_lead():
    """Two languages with equally many words leave a text untold."""
    a = Facts("a", frozenset("xyz"), frozenset({"xx", "yy"}), 1)
    b = Facts("b", frozenset("xyz"), frozenset({"xx", "zz"}), 2)
    tell = Detector([a, b])

    assert "" == tell("xx")
    assert "a" == tell("xx yy")
    assert "" == tell("xx zz")
    assert "" == tell("yy zz")


def test_a_scene_tells_each_paragraph_once():
    """The language is asked for when a rule asks, and once for a paragraph."""
    asked = []
    scene = Scene("one\ntwo\n\nthree", None, lambda t: asked.append(t) or "en")

    assert [] == asked
    assert ["en", "en", "", "en"] == [scene.language(i) for i in (0, 5, 8, 10)]
    assert ["one\ntwo", "three"] == asked


def test_rules_act_in_paragraphs_of_their_language(mixed):
    """Words, marks and patterns of a file with a language stay in its paragraphs."""
    text = "He said it ++ colour =>\n\nВін сказав це ++ колір =>\n\n++ =>"

    assert "He said it en en en\n\nВін сказав це uk uk uk\n\n++ =>" == mixed(text)
    assert mixed(text) == mixed.trace(text).text


def test_a_profile_of_one_language_asks_nothing(tmp_path):
    """Without `languages: auto` a file acts everywhere, whatever its language."""
    path = tmp_path / "uk.yaml"
    path.write_text(RULES.format(lang="uk", word="колір"), encoding="utf-8")

    assert "He said uk" == load("typography-en", rules=[path])("He said ++")


def test_no_paragraph_is_told_another_language(shipped):
    """Of paragraphs of known languages none is told a wrong one, few are told none."""
    lines = PARAGRAPHS.read_text(encoding="utf-8").splitlines()
    cases = [line.split("\t") for line in lines if not line.startswith("#")]
    told = [(code, shipped(text) or "-", text) for code, text in cases]

    assert len(cases) >= 60
    assert [] == [case for case in told if case[1] not in (case[0], "-")]
    assert sum(code == "-" != expected for expected, code, _ in told) <= 3


@pytest.mark.parametrize(
    ("rule", "place", "message"),
    [
        ("letters: abC, words: [ab]", "5:23", "an alphabet is small letters"),
        ("letters: abя, words: [ab]", "5:23", "of one script"),
        ("letters: abca, words: [ab]", "5:26", "the letter 'a' is there twice"),
        ("letters: abcca, words: [ab]", "5:26", "hint: take out the second one"),
        ("letters: abc, words: []", "5:35", "at least one entry"),
        ("letters: abc, words: [ab, Ba]", "5:40", "a word in small letters"),
        ("letters: abc, words: [ab, ab]", "5:40", "the word 'ab' is there twice"),
        ("letters: abc, words: [ad]", "5:36", "outside the alphabet: d"),
        ("letters: abc, words: [ab], lead: 0", "5:47", "a number from 1 to 9"),
    ],
)
def test_mistakes_are_told_with_their_place(tmp_path, rule, place, message):
    """A language that can't be meant so is refused, there where it is wrong."""
    path = tmp_path / "mine.yaml"
    path.write_text(
        "kind: languages\nid: mine\ntitle: Mine\nrules:\n"
        f"  - {{id: aa, {rule}, "
        "examples: [keep: x]}\n",
        encoding="utf-8",
    )
    with pytest.raises(RuleErrors) as caught:
        load("plain", rules=[path])

    assert f"mine.yaml:{place}: " in str(caught.value)
    assert message in str(caught.value)
