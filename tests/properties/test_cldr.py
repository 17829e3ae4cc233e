"""Dates and sums as CLDR formats them (by Babel) are read right, or left and told.

The whole grid takes minutes; by default a part of it runs that is the same every time.
`pytest -m grid` runs all of it.
"""

from __future__ import annotations

import random
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from babel import Locale
from babel.dates import format_date
from babel.numbers import (
    format_compact_decimal,
    format_currency,
    get_currency_precision,
)

from tests.properties.texts import normalizer

YEARS = (2022, 2024, 2031)
STYLES = ("short", "medium", "long", "full")
CASES = Path(__file__).parents[1] / "cases"
# English news without names, which take long to compile.
NAMELESS = CASES / "quantities" / "news-en-nameless.yaml"
# Locale, profile, options of the profile.
DATES = (
    ("en_US", f"{NAMELESS} date_order=mdy"),
    ("en_GB", f"{NAMELESS} date_order=dmy"),
    ("uk", "news-uk"),
    ("ru", "news-ru"),
)
AMOUNTS = (("en", "news-en"), ("uk", "news-uk"), ("ru", "news-ru"))
UNITS = {"en": "It cost {} in all.", "uk": "Ціна {} разом.", "ru": "Цена {} всего."}
SLICES = 10  # of the whole grid of sums, so that one can be run by itself
SCALES = ("thousand", "million", "billion", "trillion")
# No money, and what CLDR keeps for tests; old currencies that CLDR gives the name or
# sign of their successors in Russian (zloty, Turkmen manat, ruble).
NO_CURRENCIES = {"XXX", "XTS"}
SAME_NAMES = {"en": set(), "uk": set(), "ru": {"PLZ", "TMM", "RUR"}}


def days():
    """Each day of three years, one of them a leap year."""
    for year in YEARS:
        day = date(year, 1, 1)
        while day.year == year:
            yield day
            day += timedelta(days=1)


def numbers():
    """Two hundred amounts of all sizes, with and without decimals; always the same."""
    drawn = random.Random(4217)
    whole = [drawn.randrange(10**size) for size in range(1, 11) for _ in range(12)]
    parts = [
        drawn.randrange(10**size) / 100 for size in range(3, 11) for _ in range(10)
    ]
    return [*whole, *parts]


def check_dates(locale, profile, chosen):
    """What became wrong of these days, in all styles."""
    n = normalizer(profile)
    wrong = []
    for day in chosen:
        for style in STYLES:
            text = format_date(day, style, locale)
            got = n(f"X {text} x")
            weekday = {"full": r"[\w'ʼ’]+, "}.get(style, "")
            if not re.fullmatch(rf"X {weekday}{day.isoformat()} x", got):
                wrong.append((text, got))
    return wrong


@pytest.mark.parametrize(("locale", "profile"), DATES, ids=[d[0] for d in DATES])
def test_dates_become_iso(locale, profile):
    """A day that CLDR formats in any style becomes its ISO date."""
    assert [] == check_dates(locale, profile, list(days())[::9])


@pytest.mark.grid
@pytest.mark.parametrize(("locale", "profile"), DATES, ids=[d[0] for d in DATES])
def test_all_dates_become_iso(locale, profile):
    """The same for every day of three years."""
    assert [] == check_dates(locale, profile, days())


def sums(locale, code, number):
    """A sum as CLDR formats it, each with what it may become."""
    digits = get_currency_precision(code)
    exact = f"{number:.{digits}f}"
    yield format_currency(number, code, locale=locale), f"{code} {exact}"
    yield (
        format_currency(number, code, locale=locale, format_type="name"),
        (f"{code} {exact}"),
    )
    if number >= 1000:
        compact = format_compact_decimal(
            number, format_type="long", locale=locale, fraction_digits=2
        )
        name = format_currency(2_000_000, code, locale=locale, format_type="name")
        unit = re.sub(r"^[\d.,\s]+", "", name)
        found = re.match(r"[\d.,]+", compact)
        assert found
        shown = found[0].replace(",", ".")
        size = (len(str(int(number))) - 1) // 3
        # 999,999 is rounded up to a million.
        for scale in SCALES[size - 1 : size + 1]:
            yield f"{compact} {unit}", f"{code} {shown} {scale}"


def check_sums(locale, profile, pairs):
    """What became wrong of these sums: neither canonical nor left and told."""
    return [
        (text, got)
        for verdict, text, got in verdicts(locale, profile, pairs)
        if verdict == "wrong"
    ]


def verdicts(locale, profile, pairs):
    """What became of each sum: canonical, left (unchanged, and told why) or wrong."""
    n = normalizer(profile)
    for code, number in pairs:
        if code in SAME_NAMES[locale]:
            continue
        wanted: dict[str, set[str]] = {}
        for text, canonical in sums(locale, code, number):
            wanted.setdefault(text, set()).add(canonical)
        for text, canonical in wanted.items():
            source = UNITS[locale].format(text)
            result = n.trace(source)
            good = {UNITS[locale].format(form) for form in canonical}
            left = any(d.code != "unclosed_block" for d in result.diagnostics)
            plain = re.sub(r"\s+", " ", source)
            if result.text in good:
                yield "canonical", text, result.text
            elif left and result.text == plain:
                yield "left", text, result.text
            else:
                yield "wrong", text, result.text


def currencies():
    """All currencies that CLDR names."""
    return sorted(set(Locale.parse("en").currencies) - NO_CURRENCIES)


@pytest.mark.parametrize(("locale", "profile"), AMOUNTS, ids=[a[0] for a in AMOUNTS])
def test_sums_are_canonical_or_told(locale, profile):
    """A sum that CLDR formats becomes canonical, or is left with a diagnostic."""
    known = currencies()
    drawn = random.Random(locale)
    pairs = [(code, drawn.choice(numbers())) for code in known for _ in range(2)]
    pairs += [("USD", number) for number in numbers()[::2]]

    assert [] == check_sums(locale, profile, pairs)


@pytest.mark.grid
@pytest.mark.parametrize("part", range(SLICES))
@pytest.mark.parametrize(("locale", "profile"), AMOUNTS, ids=[a[0] for a in AMOUNTS])
def test_all_sums_are_canonical_or_told(locale, profile, part):
    """The same for all currencies with all amounts, some of the currencies a test."""
    mine = currencies()[part::SLICES]
    pairs = ((code, number) for code in mine for number in numbers())

    assert [] == check_sums(locale, profile, pairs)
