"""What a file of quantities says in vain is refused, with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

import normalize

# English news, quickly compiled.
CASES = Path(__file__).parents[2] / "cases"
NAMELESS = CASES / "quantities" / "news-en-nameless.yaml"
PROFILE = """\
kind: profile
id: own
title: Own
stages: [{id: words, rules: [dates.en]}]
examples: [on 21.04.2023 -> on 2023-04-21]
"""
FILE = """\
kind: quantities
id: own.dates-pl
title: Polish dates
uses: [dates.shared]
lexicon:
  month: {'1': [stycznia], '4': [kwietnia]}
  yearword: {year: [roku]}
fields:
  name: {words: month, as: month}
  yearword: {words: yearword}
  and: {pattern: '(?:i|oraz)'}
values:
  pair: {of: [joint], joins: date}
rules:
  - id: days
    patterns: '{day} {and} {day2} {name} {year}(?: {yearword})?'
    set: {joint: ' {and} '}
    output: '{pair}'
    examples: 21 i 22 kwietnia 2023 -> 2023-04-21 i 2023-04-22
"""
AMOUNT = "fields:\n  amount: {{digits: [{{pattern: '[0-9]', {}}}]}}\n"

# What stands in the file, what instead of it, where it is told, how.
MISTAKES = (
    ("'(?:i|oraz)'", "'(?:i|roku)'", "roku)", "'roku' is a word of lexicon 'yearword'"),
    ("    set: {joint: ' {and} '}\n", "", "'{pair}'", "needs a part 'joint'"),
    ("joins: date}", "joins: dat}", "dat}", "no single value 'dat' to join"),
    ("joins: date}", "joins: dates}", "dates}", "no single value 'dates' to join"),
    (
        "joins: date}",
        "joins: date, same: {day: same_month_template}}",
        "day: same",
        "no part 'day' to share",
    ),
    (
        "joins: date}",
        "joins: date, check: calendar}",
        "date, check",
        "by 'order' only",
    ),
    (
        "fields:\n",
        AMOUNT.format("when: {date_ordr: dmy}"),
        "date_ordr",
        "unknown option 'date_ordr'",
    ),
    (
        "fields:\n",
        AMOUNT.format("when: {date_order: dym}"),
        "dym",
        "option 'date_order' can't be 'dym'",
    ),
    ("fields:\n", AMOUNT.format("beside: scal"), "scal}", "there is no field 'scal'"),
    ("'{pair}'\n", "'{pair}'\n    same: [mnth]\n", "mnth", "has a part 'mnth'"),
    ("'{pair}'\n", "'{pair}'\n    without: yer\n", "yer\n", "has a part 'yer'"),
)


def load(tmp_path, text, **options):
    """A small profile with this file of rules."""
    (tmp_path / "own.yaml").write_text(PROFILE, encoding="utf-8")
    (tmp_path / "pl.yaml").write_text(text, encoding="utf-8")
    rules = [tmp_path / "pl.yaml"]
    return normalize.load(tmp_path / "own.yaml", rules=rules, **options)


def test_the_file_is_good_as_it_stands(tmp_path):
    """Without a mistake the file does what its example says."""
    n = load(tmp_path, FILE)

    assert "2023-04-21 i 2023-04-22" == n("21 i 22 kwietnia 2023 roku")


@pytest.mark.parametrize(("good", "bad", "where", "message"), MISTAKES)
def test_mistakes(tmp_path, good, bad, where, message):
    """A part, option or word that can do nothing is told at its place."""
    text = FILE.replace(good, bad, 1)
    with pytest.raises(normalize.NormalizeError, match=message) as caught:
        load(tmp_path, text)

    before = text[: text.index(where)].split("\n")
    place = (len(before), len(before[-1]) + 1)
    assert place in [(error.at.line, error.at.column) for error in caught.value.errors]


def test_a_template_without_a_part_would_delete(tmp_path):
    """An empty template is refused: dates would vanish from the text."""
    with pytest.raises(normalize.NormalizeError, match="a template without a part"):
        load(tmp_path, FILE, date_template="")


def test_a_template_that_loses_a_part_is_refused(tmp_path):
    """All parts of a value have a place in its template, or they would be lost."""
    with pytest.raises(normalize.NormalizeError, match=r"it loses \{year\}"):
        load(tmp_path, FILE, date_template="{day}.{month}")
    with pytest.raises(normalize.NormalizeError, match=r"it loses \{scale\}"):
        normalize.load("news-en", money_template="{code} {amount}")


def test_a_choice_that_loses_a_part_is_not_taken():
    """A sum with a scale is left and told where its template has no place for it."""
    n = normalize.load(
        NAMELESS, money_template="{amount} {scale!:short_uk} | {code} {amount}"
    )
    text = "It cost $5 crore"

    assert "It cost USD 5" == n("It cost $5")
    assert text == n(text)
    assert [("no_word", 8)] == [(d.code, d.start) for d in n.trace(text).diagnostics]
