"""What a rule file for characters may not say, and what its lints find."""

from __future__ import annotations

import pytest

from normalize.errors import RuleErrors
from normalize.kinds.registry import KINDS
from normalize.library import Library

HOMOGLYPHS = """\
kind: homoglyphs
id: mine
title: look-alikes
pairs: {LATIN SMALL LETTER A: CYRILLIC SMALL LETTER A}
cyrillic: '[абв]'
latin: '[a-z]'
rules:
  - id: one
    make: cyrillic
    examples: [{keep: x}]
"""
APOSTROPHES = """\
kind: apostrophes
id: mine
title: apostrophes
options: {mark: {title: which, values: [one, two], default: one}}
by: mark
rules:
  - id: one
    after: '[абв]'
    mark: "'(?=я)"
    outputs: {one: "'", two: "`"}
    examples: [{keep: x}]
"""
MOJIBAKE = """\
kind: mojibake
id: mine
title: misread
common: ст но
known: йж
rules:
  - id: one
    was: utf-8
    read_as: cp1251
    plausible: '[а-я]+'
    evidence: {characters: '[т]'}
    examples: [{keep: x}]
"""
NORMALIZATION = """\
kind: normalization
id: mine
title: composed
rules:
  - id: one
    form: nfc
    marks: '[\\N{COMBINING ACUTE ACCENT}]'
    leave: [é]
    examples: [{keep: x}]
"""

WRONG = [
    (HOMOGLYPHS, "CYRILLIC SMALL LETTER A}", "LATIN SMALL LETTER B}", "of one script"),
    (HOMOGLYPHS, "LATIN SMALL LETTER A:", "LATIN LETTER A:", "no character has"),
    (HOMOGLYPHS, "'[абв]'", r"'\p{L}'", "must be a set that lists its letters"),
    (HOMOGLYPHS, "make: cyrillic", "make: greek", "expected one of cyrillic, latin"),
    (HOMOGLYPHS, "make: cyrillic", "make: cyrillic\n    report: x", "stand together"),
    (HOMOGLYPHS, "make: cyrillic", "make: cyrillic\n    lone: behind", "needs 'typed'"),
    (
        HOMOGLYPHS,
        "make: cyrillic",
        "make: cyrillic\n    lone: before\n    typed: i\n    counted: [року]",
        "'numbers' and 'counted' go together",
    ),
    (
        HOMOGLYPHS,
        "make: cyrillic",
        "make: cyrillic\n    lone: before\n    typed: i\n    counted: [x]\n    numbers: 5..1",  # noqa: E501
        "'numbers' rise",
    ),
    (HOMOGLYPHS, "make: cyrillic", "make: cyrillic\n    typed: '.*'", "begin"),
    (
        HOMOGLYPHS,
        "make: cyrillic",
        "make: cyrillic\n    lone: behind\n    typed: 'a+'",
        "a lone letter is one of a set",
    ),
    (
        HOMOGLYPHS,
        "make: cyrillic",
        "make: cyrillic\n    lone: beside\n    typed: a",
        "'lone: beside' and 'report' don't go together",
    ),
    (
        HOMOGLYPHS,
        "make: cyrillic",
        "report: x\n    lone: behind\n    typed: a",
        "'lone: behind' and 'report' don't go together",
    ),
    (
        HOMOGLYPHS,
        "make: cyrillic",
        "make: cyrillic\n    places: {pattern: 'ab', write: a}",
        "the pattern of a place is one letter",
    ),
    (APOSTROPHES, "by: mark", "by: other", "unknown option 'other' in 'by'"),
    (APOSTROPHES, "by: mark\n", "", "needs the values of the option"),
    (APOSTROPHES, ', two: "`"', "", "needs the values of the option"),
    (APOSTROPHES, "'[абв]'", "'а+'", "must be a set that lists its letters"),
    (APOSTROPHES, "\"'(?=я)\"", "'(?=я)'", "can match nothing"),
    (APOSTROPHES, "    examples", "    own: '[і]'\n    examples", "go together"),
    (MOJIBAKE, "read_as: cp1251", "read_as: cp1259", "unknown encoding 'cp1259'"),
    (MOJIBAKE, "read_as: cp1251", "read_as: utf-8", "unknown encoding 'utf-8'"),
    (MOJIBAKE, "was: utf-8", "was: koi8-r", "needs 'least'"),
    (MOJIBAKE, "    evidence: {characters: '[т]'}\n", "", "needs 'evidence'"),
    (MOJIBAKE, "    examples", "    share: 50\n    examples", "has no 'share'"),
    (MOJIBAKE, "common: ст но", "common: ст но при", "'при' is not a pair"),
    (MOJIBAKE, "'[т]'", "'т+'", "must be a set that lists its characters"),
    (NORMALIZATION, "form: nfc", "form: nfkc", "expected one of nfc"),
    (NORMALIZATION, "'[\\N{COMBINING ACUTE ACCENT}]'", r"'\p{M}'", "must be a set"),
    (NORMALIZATION, "[é]", "[éa]", "expected one character"),
]  # fmt: skip


def library_of(tmp_path, text):
    """A library with one file of our own."""
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return Library([path])


@pytest.mark.parametrize(("text", "old", "new", "message"), WRONG)
def test_mistakes_are_told(tmp_path, text, old, new, message):
    """A mistake is an error with its place and what is wrong."""
    assert old in text
    with pytest.raises(RuleErrors) as caught:
        library_of(tmp_path, text.replace(old, new)).check()

    assert message in str(caught.value)
    assert "mine.yaml:" in str(caught.value)


@pytest.mark.parametrize("text", [HOMOGLYPHS, APOSTROPHES, MOJIBAKE, NORMALIZATION])
def test_right_files_are_read(tmp_path, text):
    """The files that the mistakes are made in are right themselves."""
    library_of(tmp_path, text).check()


@pytest.mark.parametrize(
    ("text", "old", "new", "code"),
    [
        (HOMOGLYPHS, "make: cyrillic", "make: cyrillic\n    known: [слово]", "N040"),
        (NORMALIZATION, "[é]", "[ї]", "N041"),
        (APOSTROPHES, "", "", "N042"),
        (MOJIBAKE, "'[т]'", "'[тQ]'", "N043"),
    ],
)
def test_lints(tmp_path, text, old, new, code):
    """A file that is right and does not mean what it says is found."""
    library = library_of(tmp_path, text.replace(old, new))
    file = library.rule_file("mine")
    found = KINDS[file.kind].lint(file, library.classes)

    assert [code] == [finding.code for finding in found][:1]
