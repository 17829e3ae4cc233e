"""Unknown surnames behind a Ukrainian given name: endings, roots, letters."""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace

import pytest

from normalize.engine.strangers import Strangers
from normalize.library import Library

USES = {
    "endings": "surname-ending",
    "beginnings": "surname-beginning",
    "inner": "surname-inside",
}


@cache
def shipped():
    """The parts of surnames that the rules name, longest first; their writer."""
    rules = Library().rule_file("names.surnames").rules
    made = {}
    for name, use in USES.items():
        pairs = [
            (word.lower(), rule.becomes.lower())
            for rule in rules
            if rule.use == use
            for word in rule.words
        ]
        made[name] = sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0]))
    return made, Strangers(SimpleNamespace(**made))


def written(surname):
    """The surname as the shipped rules write it."""
    return shipped()[1].written(surname)


@pytest.mark.parametrize(
    ("surname", "expected"),
    [
        ("Vasilenko", "Vasylenko"),
        ("Golovko", "Holovko"),
        ("Yevtushenko", "Yevtushenko"),
        ("Evtushenko", "Yevtushenko"),
        ("GRITSENKO", "HRYTSENKO"),
        ("Ishchenko", "Ishchenko"),
        ("Mishchenko", "Mishchenko"),
        ("Polishchuk", "Polishchuk"),
        ("Onishchenko", "Onyshchenko"),
        ("Zinchenko", "Zinchenko"),
        ("Bilenko", "Bilenko"),
        ("Didenko", "Didenko"),
        ("Vitrenko", "Vitrenko"),
        ("Matvienko", "Matviienko"),
        ("Serhiienko", "Serhiienko"),
        ("Kornienko", "Korniienko"),
        ("Miroshnichenko", "Myroshnychenko"),
        ("Litvinenko", "Lytvynenko"),
        ("Samoylenko", "Samoilenko"),
        ("Derev'yanko", "Derevianko"),
        ("Pyatnitsky", "Piatnytskyi"),
        ("Smith", ""),
        ("McIvanov", ""),
        ("Bo", ""),
    ],
)
def test_unknown_surname(surname, expected):
    """As Ukraine writes it; '' for what no Ukrainian surname ends in."""
    assert expected == written(surname)


def test_what_is_written_stays():
    """Every root with every ending comes to rest at once, with a syllable between."""
    wrong = {}
    parts, _ = shipped()
    endings = {pair[0] for pair in parts["endings"]}
    for root in {part for pair in parts["beginnings"] for part in pair}:
        for ending in endings:
            once = written(f"{root}ar{ending}".capitalize())
            if once and written(once) not in {once, ""}:
                wrong[root, ending] = once, written(once)

    assert {} == wrong
