"""The rules for characters: cases as data, facts against Unicode, no harm done."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import normalize
from normalize.kinds.homoglyphs.model import HomoglyphRule
from normalize.library import Library

FOLDER = Path(__file__).parents[1] / "cases"
CASES = [*FOLDER.glob("characters/*.tsv"), *FOLDER.glob("typography/*.tsv")]
SEEDS = Path(__file__).parents[2] / "seeds"
_ESCAPE = re.compile(r"\\(?:u([0-9A-F]{4})|U([0-9A-F]{8})|([nr]))")


def escaped(text):
    """The text with its escapes read."""
    return _ESCAPE.sub(
        lambda m: {"n": "\n", "r": "\r"}[m[3]] if m[3] else chr(int(m[1] or m[2], 16)),
        text,
    )


def read_cases():
    """All cases as parameters of tests, named file/line."""
    for path in sorted(CASES):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            if line.startswith(("#", "profile\t")):
                continue
            profile, text, expected, why = line.split("\t")
            text = escaped(text)
            wanted = text if expected == "same" else escaped(expected)
            yield pytest.param(profile, text, wanted, why, id=f"{path.stem}/{number}")


@cache
def loaded(profile):
    """A shipped profile, with options behind its name, loaded once."""
    name, *settings = profile.split()
    return normalize.load(name, **dict(setting.split("=") for setting in settings))


@pytest.mark.parametrize(("profile", "text", "expected", "why"), list(read_cases()))
def test_case(profile, text, expected, why):
    """The profile makes of the text what the case says, and nothing more of that."""
    n = loaded(profile)
    got = n(text)

    assert expected == got, why
    assert got == n(got)
    assert got == n.trace(text).text


@pytest.mark.parametrize(
    ("profile", "text"),
    [
        ("characters", "\u00d1\u0081\u00d1\u201a\u00e9\u0418"),
        ("plain", "\u2019\u043f\u256c\u043f\u2562a"),
        ("romanize-ru", "\u00d0\u00b4\u00d0\u00b0\u040a"),
    ],
)
@pytest.mark.xfail(strict=True, reason="a letter joined to misread ones changes later")
def test_letters_joined_to_misread_ones(profile, text):
    """Texts that only chance makes, good letters inside misread words, stay as well."""
    n = loaded(profile)
    once = n(text)

    assert once == n(once)


def homoglyph_rules():
    """All homoglyph rules that are shipped."""
    library = Library()
    for id_ in library.ids("homoglyphs"):
        yield from (r for r in library.rule_file(id_).rules if type(r) is HomoglyphRule)


def test_pairs_are_confusable_by_unicode():
    """Unicode's table of confusables knows each pair, or that of its base letters."""
    confusables = pytest.importorskip("confusable_homoglyphs.confusables")
    pairs = {pair for rule in homoglyph_rules() for pair in rule.pairs}

    def alike(char):
        entries = confusables.is_confusable(char, greedy=True) or []
        return {char, *(h["c"] for entry in entries for h in entry["homoglyphs"])}

    unknown = []
    for pair in pairs:
        bases = [unicodedata.normalize("NFD", letter) for letter in pair]
        (cyrillic, *marks), (latin, *others) = bases
        if marks != others or alike(cyrillic).isdisjoint(alike(latin)):
            unknown.append(pair)

    assert len(pairs) >= 23
    assert [] == unknown


def test_pairs_keep_case_and_script():
    """A pair is a Cyrillic and a Latin letter, both small or both capital."""
    for rule in homoglyph_rules():
        for cyrillic, latin in rule.pairs:
            assert unicodedata.name(cyrillic).startswith("CYRILLIC")
            assert unicodedata.name(latin).startswith("LATIN")
            assert cyrillic.islower() == latin.islower()


def test_undecided_words_are_told():
    """A word that could be of either script is left, with a diagnostic."""
    result = loaded("characters").trace("це \N{CYRILLIC CAPITAL LETTER ES}OM")

    assert [("mixed_script", 3, 6)] == [tuple(d)[:3] for d in result.diagnostics]


def test_known_mixed_words_are_not_told():
    """A word that is listed as mixed on purpose makes no diagnostic."""
    assert () == loaded("characters").trace("ТаблоID").diagnostics


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Сервіси Netflix i Spotify подорожчали.", 16),
        ("чекали y Bolt увечері", 7),
        ("3 a вони пішли", 2),
        ("Київ i Lviv", 5),
        ("iPhone i навушники", 7),
        ("A кінь стоїть.", 0),
        ("they have a plan \N{CYRILLIC CAPITAL LETTER VE}, and so on", 17),
        ("a school of grade \N{CYRILLIC CAPITAL LETTER A}", 18),
    ],
)
def test_undecided_lone_letters_are_told(text, place):
    """A letter alone that could be of either script is left, with a diagnostic."""
    result = loaded("characters").trace(text)

    assert text == result.text
    assert [("lone_letter", place, place + 1)] == [
        tuple(d)[:3] for d in result.diagnostics
    ]


@pytest.mark.parametrize(
    "text",
    [
        "вітамін C, група A, план B, гепатит C поширюється",
        "точка a лежить, сторони a та b, x = a + b, клас A або B",
        "Він i вона. A ми? B Україні тихо.",
        "iPhone \N{CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I} iPad від нас",
        "Prawo i Sprawiedliwość, meni a la carte",
        "I have a plan B and vitamin C.",
    ],
)
def test_lone_letters_that_are_clear_are_not_told(text):
    """Designations, letters that were mended, and words of one script make none."""
    assert () == loaded("characters").trace(text).diagnostics


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*-*.txt")), ids=lambda p: p.stem)
def test_real_text_has_no_undecided_letters(path):
    """In our samples no letter alone is in doubt."""
    result = loaded("characters").trace(path.read_text(encoding="utf-8"))

    assert [] == [d for d in result.diagnostics if d.code == "lone_letter"]


@pytest.mark.parametrize(
    ("value", "mark"),
    [
        ("letter", "\N{MODIFIER LETTER APOSTROPHE}"),
        ("quote", "\N{RIGHT SINGLE QUOTATION MARK}"),
        ("ascii", "'"),
    ],
)
def test_the_apostrophe_is_an_option(value, mark):
    """Ukrainian words get the apostrophe that the option names."""
    n = normalize.load("characters", apostrophe=value)

    assert f"м{mark}ята" == n("м`ята") == n(n("м`ята"))


LETTERS = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяёъыэ"
WORDS = st.text(LETTERS, min_size=2, max_size=12)
CASED = st.one_of(WORDS, WORDS.map(str.title), WORDS.map(str.upper))
LATIN = st.from_regex(r"[A-Za-z]?[a-z]{2,9}", fullmatch=True)
MARKS = st.sampled_from(
    ["", "", "", ",", ".", "!", ":", " \N{EM DASH}", "\N{HORIZONTAL ELLIPSIS}"]
)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.one_of(CASED, CASED, LATIN), MARKS), max_size=12))
def test_words_of_one_script_stay(words):
    """A text of words that are each of one script comes out as it went in."""
    text = " ".join(word + mark for word, mark in words)
    if re.search("[ІХ]{2}", text):
        return  # may be a numeral

    assert text == loaded("characters")(text)


MISREAD = (
    ("utf-8", "cp1252"), ("utf-8", "latin-1"), ("utf-8", "cp1251"), ("utf-8", "koi8-r"),
    ("utf-8", "koi8-u"), ("utf-8", "cp866"), ("cp1251", "cp1252"), ("koi8-u", "cp1252"),
    ("koi8-u", "cp1251"), ("cp1251", "koi8-r"), ("cp866", "cp1251"),
)  # fmt: skip


def misread(text, was, read_as):
    """The text as a program shows it that takes it for another encoding."""
    shown = []
    for byte in text.encode(was):
        try:
            shown.append(bytes([byte]).decode(read_as))
        except UnicodeDecodeError:
            shown.append(chr(byte))
    return "".join(shown)


def sample_lines():
    """Longer lines of the Ukrainian and Russian samples, as the profile leaves them."""
    n = loaded("characters")
    for path in sorted(SEEDS.glob("[ur][ku]-*.txt")):
        for line in n(path.read_text(encoding="utf-8")).splitlines():
            if len(re.findall("[а-яіїєґ]", line)) > 60 and "http" not in line:
                yield line


@pytest.mark.parametrize(("was", "read_as"), MISREAD)
def test_misread_lines_come_back(was, read_as):
    """Lines of real text that were misread come back, all but one or a tenth."""
    good = total = 0
    for line in sample_lines():
        try:
            shown = misread(line, was, read_as)
        except UnicodeEncodeError:
            continue  # holds what the encoding does not have
        total += 1
        good += loaded("characters")(shown) == line

    assert total - good <= max(1, total // 10)


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*-*.txt")), ids=lambda p: p.stem)
def test_nothing_of_real_text_is_taken_for_misread(path):
    """In our samples no stage finds another encoding."""
    result = loaded("characters").trace(path.read_text(encoding="utf-8"))
    found = [e for e in result.edits for r in e.rules if r.kind == "mojibake"]

    assert [] == found


def test_an_ascii_text_is_not_scanned():
    """No stage looks for anything in ASCII, so such a text passes by a check."""
    stages = loaded("characters").compiled.stages
    anchors = [anchor for stage in stages for anchor in stage.scanner.anchors]

    assert len(anchors) > 10_000
    assert [] == [anchor for anchor in anchors if anchor.isascii()]
