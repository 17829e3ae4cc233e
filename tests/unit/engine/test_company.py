"""Known people tell of their country."""

from __future__ import annotations

import pytest

from normalize.engine.company import Company
from normalize.engine.readings import Terms

# Given names 0 and 1; people: a Ukrainian, a Russian of the same given name, one of
# whom a rule asks for more.
READINGS = {
    "Vladyslav": ((), (("", 0),), ()),
    "Vladislav": ((), (("", 0),), ()),
    "Petro": ((), (("", 1),), ()),
    "Voloshyn": ((), (), (("", 0),)),
    "Surkov": ((), (), (("", 1),)),
    "Melnyk": ((), (), (("", 2),)),
    "Bilyk": ((), (), (("", 3), ("", 4))),
}
PEOPLE = (
    (0, "Voloshyn", 10, "uk", True),
    (0, "Surkov", 11, "ru", False),
    (1, "Melnyk", 12, "uk", True),
    (1, "Bilyk", 13, "uk", True),
    (1, "Bilyk", 14, "ru", False),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Vladislav Voloshyn spoke", {("uk", "Voloshyn")}),
        ("VLADYSLAV VOLOSHYN SPOKE", {("uk", "VOLOSHYN")}),
        (
            "Vladislav Surkov, Vladyslav Voloshyn",
            {("ru", "Surkov"), ("uk", "Voloshyn")},
        ),
        ("Petro Voloshyn spoke", set()),
        ("Vladyslav, Voloshyn", set()),
        ("Petro Melnyk spoke", set()),
        ("Petro Bilyk spoke", set()),
        ("Jean-Vladyslav Voloshyn", set()),
        ("Vladyslav voloshyn", set()),
    ],
)
def test_countries_of_known_people(text, found):
    """Given name and surname of one person, and of one country only."""
    company = Company(READINGS, PEOPLE, {12: Terms(near=("Kyiv",))})

    assert found == company.of(text)


def test_countries_that_people_can_tell():
    """Other kinds of evidence need not be asked."""
    assert {"uk", "ru"} == Company(READINGS, PEOPLE, {}).nations
