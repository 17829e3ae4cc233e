"""Forms: how one spelling is found in a text in its cases, and what it becomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from normalize.engine.words import Words

# How much of a first word is scanned for: more gives fewer candidates that are
# none, and a larger automaton.
STEM_LENGTH = 12

Recase = Callable[[str], str]
# Start, end, replacement.
Change = tuple[int, int, str]


class Case(Enum):
    """Which cases of a variant are found, and so what the output looks like.

    EXACT: as written. TITLE: as written or ALL CAPS (names). KEEP: lower, Title
    or ALL CAPS, and the output in the same.
    """

    EXACT = "exact"
    TITLE = "title"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Form:
    """A spelling and what it becomes, the spelling as the words between gaps."""

    chunks: tuple[str, ...]
    output: str

    @property
    def first(self) -> str:
        return self.chunks[0]


def make_form(words: Words, spelling: str, output: str) -> Form:
    """The form of a spelling: runs of spaces are gaps, all apostrophes one."""
    return Form(tuple(spelling.translate(words.folding).split()), output)


def match_form(
    words: Words, text: str, start: int, form: Form, case: Case
) -> tuple[int, list[Change]] | None:
    """The end of a form at `start` and what it changes; None when it is not there.

    Words are replaced one by one where the output has as many, so that the gaps
    between them stay as they are.
    """
    places: list[tuple[int, int]] = []
    styles: list[Recase] = []
    end = start
    for number, chunk in enumerate(form.chunks):
        if number:
            gap = words.gap.match(text, end)
            if gap is None or gap.end() == end:
                return None
            end = gap.end()
        stop = end + len(chunk)
        style = _style(words, text, end, stop, chunk, case)
        if style is None:
            return None
        styles.append(style)
        places.append((end, stop))
        end = stop
    outputs = form.output.split(" ")
    if len(outputs) != len(places):
        # All capitals only where every word is.
        caps = all(style is str.upper for style in styles)
        style = styles[0] if caps or styles[0] is not str.upper else title
        outputs, places, styles = [form.output], [(start, end)], [style]
    changes = []
    for (first, last), recase, output in zip(places, styles, outputs, strict=True):
        after = recase(output)
        if text[first:last] != after:
            changes.append((first, last, after))
    return end, changes


def _style(
    words: Words, text: str, start: int, stop: int, chunk: str, case: Case
) -> Recase | None:
    """How the output is to be cased, or None when the chunk is not there."""
    seen = text[start:stop]
    if seen != chunk:
        seen = seen.translate(words.folding)
    if seen == chunk:
        exact = case is not Case.KEEP
        return as_is if exact or chunk == chunk.lower() else _recaser(chunk)
    if case is Case.EXACT:
        return None
    if seen == chunk.upper():
        lone = case is Case.KEEP and sum(map(str.isupper, seen)) == 1
        return title if lone and not caps_around(text, start, stop) else str.upper
    if case is Case.KEEP:
        if seen == chunk.lower():
            return str.lower
        if seen == title(chunk.lower()):
            return title
    return None


def caps_around(text: str, start: int, end: int) -> bool:
    """Whether the words beside `start:end` in its line are ALL CAPS.

    Decides how a lone capital letter is to be read; with no neighbours it is
    the capital of a title.
    """
    # The empty text behind the last line end has no lines.
    before = (text[max(0, start - 80) : start] + "|").splitlines()[-1][:-1].split()[-1:]
    after = ("|" + text[end : end + 80]).splitlines()[0][1:].split()[:1]
    near = [word for word in before + after if sum(map(str.isalpha, word)) > 1]
    return bool(near) and all(word.isupper() for word in near)


def as_is(text: str) -> str:
    """The text itself."""
    return text


def title(text: str) -> str:
    """The text with its first letter as a capital."""
    return text[:1].title() + text[1:]


def _recaser(chunk: str) -> Recase:
    """How the output of a KEEP rule is cased where the text has its very form."""
    if chunk == chunk.upper() and len(chunk) > 1:
        return str.upper
    return title if chunk[:1].isupper() else as_is


def like(model: str, text: str) -> str:
    """The text in the case of a model: small, Title or ALL CAPS."""
    letters = [c for c in model if c.isalpha()]
    if len(letters) > 1 and model == model.upper():
        return text.upper()
    return title(text) if letters and letters[0].isupper() else text


def in_cases(word: str, case: Case) -> set[str]:
    """The forms of a first word in which its rule finds it."""
    if case is Case.EXACT:
        return {word}
    if case is Case.TITLE:
        return {word, word.upper()}
    return {word, word.lower(), word.upper(), title(word.lower())}


def stems_of(word: str, apostrophes: frozenset[str]) -> set[str]:
    """The beginnings under which a first word is scanned for, with any apostrophe."""
    stem = word[:STEM_LENGTH]
    if not apostrophes & set(stem):
        return {stem}
    first, _, rest = stem.partition("'")
    # A second apostrophe is too rare to be worth more anchors.
    rest = rest.partition("'")[0]
    return {first + mark + rest for mark in apostrophes}
