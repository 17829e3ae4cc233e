"""What no rule knows in texts and looks as if one should: names and characters."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

import regex

from normalize.normalizer import Normalizer

# A word with a capital inside a sentence: behind a small letter or comma and a space.
_NAME = regex.compile(r"(?<=[\p{Ll},;] )\p{Lu}\p{Ll}[\p{L}\p{M}’']{2,30}")
# What ordinary text is made of.
_USUAL = regex.compile(r"[\p{L}\p{M}\p{Nd}\s!-/:-@\[-`{-~«»“”„‘’…–—№€£₴₽°§©ʼ]+")
NEAR = 0.78  # least similarity of a word to an entry
LEAST_LETTERS = 5


class Unknown(NamedTuple):
    """A word or character that no rule knows."""

    what: str  # name or character
    text: str
    times: int
    near: str  # the nearest spelling that a rule has, with what it becomes
    rule: str
    example: str  # what stands around it


class Entry(NamedTuple):
    """A spelling that a rule has: what it becomes, and the rule."""

    spelling: str
    output: str
    rule: str


def entries(normalizer: Normalizer) -> list[Entry]:
    """The listed spellings and outputs of a profile."""
    found = []
    for stage in normalizer.plan.stages:
        for file in stage.files:
            for rule in file.rules:
                owner = f"{file.id}/{rule.id}"
                outputs = dict(rule.alone())
                outputs |= {spelling: name for name, all_ in rule.parts()
                            for spelling in all_}  # fmt: skip
                for name, _ in rule.parts():
                    if name:
                        outputs.setdefault(name, name)
                for spelling in rule.claims():
                    outputs.setdefault(spelling, "")
                found += [Entry(s, o, owner) for s, o in outputs.items()]
    return found


def scan(
    normalizer: Normalizer, texts: Iterable[str], least: int = 2
) -> Iterator[Unknown]:
    """Names and characters that come up at least so often and that no rule knows.

    Names that are near to an entry come first: they are most likely what to add.
    """
    names: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    around: dict[str, str] = {}
    for text in texts:
        out = normalizer(text)
        for found in _NAME.finditer(out):
            names[found[0]] += 1
            around.setdefault(found[0], _around(out, *found.span()))
        for at, char in _odd(out):
            characters[char] += 1
            around.setdefault(char, _around(out, at, at + 1))
    known = entries(normalizer)
    outputs = {entry.output or entry.spelling for entry in known}
    outputs |= {word for output in outputs for word in output.split()}
    shelves = _shelves(known)
    rows = []
    for word, count in names.items():
        if count >= least and _stem(word) not in outputs and word not in outputs:
            near = _nearest(_stem(word), shelves)
            said = f"{near.spelling} -> {near.output}" if near and near.output else ""
            said = said or (near.spelling if near else "")
            rule = near.rule if near else ""
            rows.append(Unknown("name", word, count, said, rule, around[word]))
    rows.sort(key=lambda row: (not row.near, -row.times, row.text))
    yield from rows
    for char, count in characters.most_common():
        if count >= least:
            named = f"U+{ord(char):04X} {unicodedata.name(char, '')}".strip()
            yield Unknown("character", char, count, named, "", around[char])


def suggest(
    normalizer: Normalizer, texts: Iterable[str], least: int = 1
) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    """Spellings to add to a rule: those near to its own, with their counts."""
    found: dict[str, list[tuple[str, int]]] = {}
    for row in scan(normalizer, texts, least):
        if row.what == "name" and row.rule:
            found.setdefault(row.rule, []).append((_stem(row.text), row.times))
    yield from sorted(found.items(), key=lambda item: -sum(n for _, n in item[1]))


def _odd(text: str) -> Iterator[tuple[int, str]]:
    last = 0
    for usual in _USUAL.finditer(text):
        yield from ((at, text[at]) for at in range(last, usual.start()))
        last = usual.end()
    yield from ((at, text[at]) for at in range(last, len(text)))


def _around(text: str, start: int, end: int) -> str:
    return " ".join(text[max(0, start - 25) : end + 25].split())


def _stem(word: str) -> str:
    """The word without a possessive."""
    return str(regex.sub("[’']s?$", "", word))


def _shelves(known: Iterable[Entry]) -> dict[tuple[str, int], list[Entry]]:
    """The one-word entries by first letter and length."""
    shelves: dict[tuple[str, int], list[Entry]] = {}
    for entry in known:
        if len(entry.spelling) >= LEAST_LETTERS and " " not in entry.spelling:
            key = entry.spelling[0], len(entry.spelling)
            shelves.setdefault(key, []).append(entry)
    return shelves


def nearest(word: str, known: Iterable[Entry]) -> Entry | None:
    """The one-word entry that is spelled most like a word, if any is near."""
    return _nearest(_stem(word), _shelves(known))


def _nearest(word: str, shelves: dict[tuple[str, int], list[Entry]]) -> Entry | None:
    """The entry that is spelled most like a word."""
    if len(word) < LEAST_LETTERS:
        return None
    best, most = None, NEAR
    matcher = SequenceMatcher(b=word, autojunk=False)
    for length in range(len(word) - 2, len(word) + 3):
        for entry in shelves.get((word[0], length), ()):
            matcher.set_seq1(entry.spelling)
            if matcher.real_quick_ratio() > most and matcher.quick_ratio() > most:
                alike = matcher.ratio()
                if alike > most:
                    best, most = entry, alike
    return best
