"""Dates and sums, sentence by sentence: tests/cases/quantities/*.tsv.

`sentences` and `keep` are whole sentences, `forms` every form of a date or sum that we
want to read, in a carrier sentence. `options` are those of `load`.
"""

from __future__ import annotations

import csv
import random
import re
from functools import cache
from pathlib import Path

import pytest

import normalize

FOLDER = Path(__file__).parents[1] / "cases" / "quantities"
SHORT = {
    "default": "",
    "ref=2023-05-10;partial=nearest": "reference_date=2023-05-10;partial_dates=nearest",
}
# Known gaps, with what is in the way.
GAPS = {"c107": "the characters stage makes a plain space of the no-break one (T4)"}
HOUSES_AND_NEWS = (
    "news", "news-en", "news-uk", "news-ru", "house-en", "house-uk", "house-ru",
)  # fmt: skip
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|([nt]))")


def escaped(text):
    """The text with its escapes read."""
    short = {"n": "\n", "t": "\t"}
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else short[m[2]], text)


def rows(name):
    """The rows of a file, as parameters of tests."""
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            reason = GAPS.get(row["id"])
            mark = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
            yield pytest.param(row, id=row["id"], marks=mark)


@cache
def load(lang, options):
    """The news profile of a language with these options; English ones without names."""
    said = SHORT.get(options, options)
    settings = dict(option.split("=", 1) for option in said.split(";") if option)
    profile = f"news-{lang}"
    if settings and lang == "en":
        profile = str(FOLDER / "news-en-nameless.yaml")
    return normalize.load(profile, **settings)


@pytest.mark.parametrize("row", list(rows("sentences")))
def test_sentences(row):
    """A sentence of news comes out with its dates and sums in their one form."""
    n = load(row["lang"], row["options"])

    assert escaped(row["expected"]) == n(escaped(row["input"]))


@pytest.mark.parametrize("row", list(rows("keep")))
def test_what_is_no_date_or_sum_is_kept(row):
    """A sentence that only looks as if it had dates or sums comes out unchanged."""
    text = escaped(row["text"])

    assert text == load(row["lang"], "")(text)


@pytest.mark.parametrize("row", list(rows("forms")))
def test_forms(row):
    """Each form of a date or sum is read, or left where the policy says so."""
    n = load(row["lang"], row["options"])

    assert row["expected"] == n(row["input"])


def table(name):
    """The rows of a table that has no ids."""
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", table("twice"), ids=lambda row: row["text"])
def test_a_second_run_finds_no_more(row):
    """What stands near a change is left where it would be read anew afterwards."""
    n = normalize.load(row["profile"])

    assert row["expected"] == n(row["text"]) == n(n(row["text"]))


JOINTS = (" ", " ", "\n", ", ", "; ", ". ", ' "', '" ', " («", "») ", " - ", " (", ": ")
TOLD_BY_DATES = "д’Артаньян"  # test_apostrophes_that_only_a_date_tells


def joined(seed, count):
    """Texts of two to five sentences of the cases, with marks and line ends between."""
    drawn = random.Random(seed)
    known = [
        escaped(row["input"])
        for name in ("sentences", "forms")
        for row in table(name)
        if TOLD_BY_DATES not in row["input"]
    ]
    for _ in range(count):
        parts = drawn.choices(known, k=drawn.randrange(2, 6))
        yield "".join(part + drawn.choice(JOINTS) for part in parts)


@pytest.mark.parametrize("profile", HOUSES_AND_NEWS)
def test_sentences_joined_at_random_come_out_the_same_twice(profile):
    """Whatever stands beside a date or a sum, a second run changes nothing."""
    n = normalize.load(profile)
    once = [n(text) for text in joined(profile, 500)]

    assert once == [n(text) for text in once]


@pytest.mark.xfail(strict=True, reason="letters of a date in another language tell it")
def test_apostrophes_that_only_a_date_tells():
    """A Russian paragraph of two names and a date in Ukrainian, nothing else."""
    n = normalize.load("news-ru")
    text = "21 квітня 2023 д’Артаньян и О’Генри"

    assert n(text) == n(n(text))


TOLD = (
    ("en", "on 03/04/2023 in", "ambiguous_date", "03/04/2023"),
    ("en", "on 30 February 2023,", "invalid_date", "30 February 2023"),
    ("en", "on April 23-21, 2023,", "invalid_date", "April 23-21, 2023"),
    ("en", "paid ¥500 for", "ambiguous_currency", "¥500"),
    ("uk", "у 300 млн крон", "ambiguous_currency", "300 млн крон"),
    ("ru", "аванс 10 у.е. и", "ambiguous_currency", "10 у.е."),
    ("en", "5-10-15 euros", "unread_neighbour", "10-15 euros"),
    ("en", "a $5-a-day", "unread_neighbour", "$5"),
    ("en", "between $5 and $10 million", "scale_distributed", None),
    ("en", "on Monday, April 21, 2023", "weekday_mismatch", "Monday"),
    ("uk", "у четвер, 21 квітня 2023 року", "weekday_mismatch", "четвер"),
    ("uk", "1,234 грн", "ambiguous_amount", "1,234 грн"),
    ("en", "a loss of $(5) million", "unread_amount", "$(5) million"),
    ("en", "for half a billion dollars", "unread_amount", "half a billion dollars"),
    ("uk", "за пів мільйона гривень", "unread_amount", "пів мільйона гривень"),
    ("ru", "за полмиллиона рублей", "unread_amount", "полмиллиона рублей"),
)


@pytest.mark.parametrize(("lang", "text", "code", "part"), TOLD)
def test_what_is_left_is_told(lang, text, code, part):
    """What is ambiguous, impossible or unread is a diagnostic at its place."""
    found = load(lang, "").trace(text).diagnostics

    assert (code, part or text) in {(d.code, text[d.start : d.end]) for d in found}


@pytest.mark.parametrize("text", ["on 31.04.2023", "10 у.е."])
def test_what_several_files_leave_is_told_once(text):
    """Rules of three languages that leave one thing for one reason say it once."""
    assert 1 == len(load("en", "").trace(text).diagnostics)


BY_PARAGRAPH = (
    ("Договір підписали 03/04/2023 у місті Києві.", "2023-04-03"),
    ("Его подписали 03/04/2023, и он был опубликован.", "2023-04-03"),
    ("The contract was signed on 03/04/2023 in Boston.", "03/04/2023"),
    ("Тариф для населення становить 2,640 грн за кіловат.", "2,640 грн"),
    ("Тариф для населення становить $2,640 за кіловат.", "$2,640"),
    ("Бюджет міста становить 2,640 млн грн на рік.", "UAH 2.640 million"),
    ("The price is $2,640 there and it is too much.", "USD 2640"),
)


@pytest.mark.parametrize(("text", "part"), BY_PARAGRAPH)
def test_order_and_comma_go_by_the_language_of_the_paragraph(text, part):
    """In a mixed text 03/04/2023 and 2,640 are read as its language does."""
    mixed = "It was said so.\n\n" + text + "\n\nТак це було."

    assert part in normalize.load("news")(mixed)


def test_a_file_of_one_language_acts_in_its_paragraphs(tmp_path):
    """`lang` of a file of quantities holds in texts of several languages."""
    (tmp_path / "lengths.yaml").write_text(
        """kind: quantities
id: own.lengths
title: Lengths
lang: uk
options:
  length_template: {title: how, takes: template amount, default: '{amount} m'}
fields: {amount: {number: 1..99}}
values: {length: {of: [amount], template: length_template}}
rules:
  - {id: metre, patterns: '{amount} мтр', output: '{length}', examples: [5 мтр -> 5 m]}
""",
        encoding="utf-8",
    )
    mixed = normalize.load("news", rules=[tmp_path / "lengths.yaml"])
    told = normalize.load("news-ru", rules=[tmp_path / "lengths.yaml"])

    assert "Це була його ділянка, 5 m." == mixed("Це була його ділянка, 5 мтр.")
    assert "Это был его участок, 5 мтр." == mixed("Это был его участок, 5 мтр.")
    assert "Это был его участок, 5 m." == told("Это был его участок, 5 мтр.")


def test_a_date_with_its_own_weekday_is_not_told():
    """A weekday that fits its date is no news."""
    assert () == load("en", "").trace("on Friday, April 21, 2023").diagnostics


def test_amounts_are_never_numbers():
    """Digits come out as they were, however many there are."""
    n = load("en", "")

    assert "USD 123456789012345.10" == n("$123,456,789,012,345.10")
    assert "costs EUR 0.10 each" == n("costs €0.10 each")


@pytest.mark.parametrize("sign", ["JPY", "CNY"])
def test_ranges_with_the_sign_of_yen_and_yuan(sign):
    """Where ¥ is settled, its ranges are read as those of other signs."""
    n = load("en", f"yen_sign={sign}")

    assert f"for {sign} 5–10 million in" == n("for ¥5-10 million in")
    assert f"for {sign} 5–10 million in" == n("for ¥5 million-¥10 million in")
    assert "for ¥5-10-15 in" == n("for ¥5-10-15 in")


def test_a_reference_date_may_be_given_and_not_used():
    """`partial_dates=keep` is an answer, though it is what nobody must say."""
    n = load("en", "reference_date=2023-05-10;partial_dates=keep")

    assert "on June 1" == n("on June 1")


def test_partial_dates_are_counted_from_the_first_date_of_the_text():
    """reference_date=document takes the first full date, wherever it stands."""
    n = load("en", "reference_date=document;partial_dates=nearest")
    text = "The vote is on April 21.\n\nKYIV, May 10, 2022"

    assert "The vote is on 2022-04-21.\n\nKYIV, 2022-05-10" == n(text)
    assert n(text) == n(n(text))


def test_what_needs_the_whole_text_is_no_stream():
    """A stream can't know the first date of a text that has not come yet."""
    from normalize.errors import NotStreamable

    with pytest.raises(NotStreamable, match="whole text"):
        load("en", "reference_date=document;partial_dates=nearest").stream()


@pytest.mark.parametrize(
    ("policy", "day"),
    [("nearest", "2023-06-01"), ("past", "2022-06-01"), ("future", "2023-06-01")],
)
def test_partial_dates(policy, day):
    """A day without a year is taken for the nearest, last or next one."""
    n = load("en", f"reference_date=2023-05-10;partial_dates={policy}")

    assert f"from {day} on" == n("from June 1 on")
