"""The shipped lexicon: how much of each sort it holds, and lists made without it."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest

from normalize.library import Library
from normalize.loading import load

CASES = Path(__file__).parents[1] / "cases" / "names"
FOLDER = Path(__file__).parents[2] / "rules" / "names"
REGIONS = 24 + 1  # oblasts of Ukraine, and Crimea
RAIONS = 136
CITIES = 461 + 2  # with city status, and the two cities with special status


def rows(name):
    """The rows of a case file, as dictionaries."""
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def rules(*ids):
    """The rules of these files of names, as they are loaded."""
    library = Library()
    return tuple(rule for id_ in ids for rule in library.rule_file(id_).rules)


def forms(*ids):
    """The Ukrainian and Russian forms of these files, each pair once."""
    return {(rule.name.uk, rule.name.ru) for rule in rules(*ids) if rule.name}


def people(*ids):
    """The people of these files, each by both names once."""
    return {
        (rule.given.uk, rule.surname.uk)
        for rule in rules(*ids)
        if rule.given is not None
    }


def ukrainian(text):
    """A Ukrainian form with one sort of apostrophe."""
    return text.replace("'", "\N{MODIFIER LETTER APOSTROPHE}")


@pytest.mark.parametrize(
    ("least", "ids"),
    [
        (REGIONS - 1, ["uk.oblasts"]),
        (RAIONS, ["uk.raions"]),
        (CITIES - 3, ["uk.cities", "uk.places"]),  # three names are borne by two
        (400, ["uk.settlements"]),
        (83, ["ru.regions"]),
        (250, ["ru.cities", "ru.places"]),
        (250, ["uk.given"]),
        (250, ["ru.given"]),
    ],
    ids=lambda value: value if isinstance(value, int) else "+".join(value),
)
def test_enough_of_each_sort(least, ids):
    """Of each sort there are at least as many names as the facts or the plan say."""
    assert least <= len(forms(*ids))


def test_enough_people():
    """At least 400 people of public life are known."""
    assert 400 <= len(people("uk.people", "uk.public", "ru.people", "ru.public"))


def test_every_city_of_ukraine_is_known():
    """Each of the 463 cities is in the lexicon under its name of today."""
    known = {ukrainian(uk) for uk, _ in forms("uk.cities", "uk.places", "uk.geography")}
    cities = rows("cities-of-ukraine.tsv")

    assert CITIES == len(cities)
    assert set() == {case["city"] for case in cities} - known


def test_given_names_have_counterparts():
    """A given name with a form in the other language is known there, at least 250."""
    uk, ru = forms("uk.given"), forms("ru.given")
    differ = {(here, there) for here, there in uk if there and here != there}

    assert set() == {there for _, there in differ} - {name[1] for name in ru}
    assert set() == {name[0] for name in ru if name[0] != name[1]} - {
        name[0] for name in uk
    }
    assert 250 <= len(uk & ru)


def test_every_file_names_its_source():
    """Each file of names says where its facts come from."""
    files = sorted(FOLDER.rglob("*.yaml"))

    assert files
    assert [] == [
        path.name
        for path in files
        if not any(
            line.startswith("source:")
            for line in path.read_text(encoding="utf-8").splitlines()
        )
    ]


@cache
def names():
    """The profile of names alone."""
    return load("names-en")


@pytest.mark.parametrize("case", rows("raion-centres.tsv"), ids=lambda c: c["written"])
def test_centre_of_raion(case):
    """The centre of each raion is found in a spelling of the press, and stays."""
    where = case["region"] + ("" if case["region"] == "Crimea" else " Oblast")
    text = f"Ukraine said that shells had fallen on {{}} in the centre of {where}."
    written = text.format(case["written"])

    assert written == names()(text.format(case["seen"]))
    assert written == names()(written)


@pytest.mark.parametrize("case", rows("front.tsv"), ids=lambda c: c["written"])
def test_place_of_the_front(case):
    """A settlement that reports of the front name is found by its Russian name."""
    text = f"Troops advanced near {{}} in {case['region']} Oblast, Ukraine."

    assert text.format(case["written"]) == names()(text.format(case["seen"]))


@pytest.mark.parametrize("case", rows("kyiv-districts.tsv"), ids=lambda c: c["written"])
def test_district_of_kyiv(case):
    """Each of the ten districts of Kyiv keeps its adjective."""
    text = "A drone fell in the {} district of Kyiv."

    assert text.format(case["written"]) == names()(text.format(case["seen"]))


@pytest.mark.parametrize("case", rows("federal-subjects.tsv"), ids=lambda c: c["seen"])
def test_federal_subject_of_russia(case):
    """Each federal subject of Russia is found by its Russian name."""
    text = "Officials in Russia told of a fire in {}."

    assert text.format(case["written"]) == names()(text.format(case["seen"]))


@pytest.mark.parametrize(
    "text",
    [
        "Ukraine hit Primorsky Krai near Vladivostok.",
        "A fire broke out in Kamensky District, Rostov Oblast.",
        "A fire broke out in the Pervomaysky district of Rostov-on-Don.",
        "A fire broke out in Podolsky District, Moscow Oblast.",
        "A fire broke out in Odessky District, Omsk Oblast.",
        "A fire broke out in the Primorsky District of St. Petersburg.",
    ],
)
def test_district_of_russia_stays(text):
    """A district of Russia with an adjective of Ukraine is no raion."""
    assert text == names()(text)


@pytest.mark.parametrize(
    ("father", "written"),
    [
        ("Yuryevich", "Yuriiovych"),
        ("Konstantinovich", "Kostiantynovych"),
        ("Lvovich", "Lvovych"),
        ("Vasilyevich", "Vasylovych"),
        ("Antonovich", "Antonovych"),
        ("Nikolaevich", "Mykolaiovych"),
    ],
)
def test_patronymic_is_of_the_full_name(father, written):
    """A patronymic is made of the full name, not of a short form of it."""
    text = f"On Monday Petro {father} Poroshenko spoke."

    assert f"On Monday Petro {written} Poroshenko spoke." == names()(text)
