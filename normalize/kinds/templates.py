"""Output templates of quantities: `{year:04}-{month:02}`, `{code} {amount}{ scale}`.

`{name}` is a part, `{ name}` the same with a space before it when it is there,
`{name!}` one without which this alternative is not taken.
Behind a colon stands how it is written: `02` (so many digits), the name of a table
(the word that it has for the value), or decimal mark, or group mark and decimal mark
(`,` or ` ,`). ` | ` separates alternatives: the first is taken for which no table
lacks a word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

_REFERENCE = re.compile(
    r"\{\{|\}\}|\{(?P<space> ?)(?P<name>[a-z][a-z0-9_]*)(?P<must>!?)"
    r"(?::(?P<how>[^{}]+))?\}|[{}]"
)
_WIDTH = re.compile("0[1-9]")
_MARKS = re.compile(r"[ ,.']?[,.]")
OR = " | "

Table = Mapping[str, str]


class WritingError(ValueError):
    """A template can't be read, or names what there is not, at `offset`."""

    def __init__(self, message: str, offset: int, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Part:
    """Literal text (`name` is empty), or a part by name."""

    text: str = ""
    name: str = ""
    how: str = ""
    spaced: bool = False
    must: bool = False  # without it another alternative is taken


# Alternatives; each is a run of parts.
Template = tuple[tuple[Part, ...], ...]


def read_template(
    text: str, names: Collection[str], tables: Collection[str]
) -> Template:
    """The template that a text writes.

    Raises:
        WritingError: a lone brace, an unknown name or way of writing.
    """
    made = []
    offset = 0
    for choice in text.split(OR):
        made.append(_read_parts(choice, names, tables, offset))
        offset += len(choice) + len(OR)
    return tuple(made)


def _read_parts(
    text: str, names: Collection[str], tables: Collection[str], offset: int
) -> tuple[Part, ...]:
    parts: list[Part] = []
    last = 0
    for found in _REFERENCE.finditer(text):
        parts.append(Part(text[last : found.start()]))
        last = found.end()
        at = offset + found.start()
        if found[0] in ("{{", "}}"):
            parts.append(Part(found[0][0]))
            continue
        name, how = found["name"], found["how"] or ""
        if name is None:
            hint = "write {{ and }} for braces"
            raise WritingError(f"a lone {found[0]!r} or no name in it", at, hint)
        if name not in names:
            known = ", ".join(sorted(names))
            raise WritingError(f"unknown part {{{name}}}", at, f"known: {known}")
        number = _WIDTH.fullmatch(how) or _MARKS.fullmatch(how)
        if how and not number and how not in tables:
            some = ", ".join(sorted(tables)) or "none"
            hint = f"a width such as 02, a mark such as ',', or a table: {some}"
            raise WritingError(f"unknown way of writing {how!r}", at, hint)
        parts.append(Part("", name, how, found["space"] == " ", bool(found["must"])))
    parts.append(Part(text[last:]))
    return tuple(part for part in parts if part.text or part.name)


def names_of(template: Template) -> set[str]:
    """The names that a template has parts for."""
    return {part.name for choice in template for part in choice if part.name}


def render(
    template: Template,
    value_of: Callable[[str], str | None],
    tables: Mapping[str, Table],
) -> str | None:
    """The text of the first alternative that can be written; None when none can."""
    for choice in template:
        text = _render(choice, value_of, tables)
        if text is not None:
            return text
    return None


def _render(
    choice: tuple[Part, ...],
    value_of: Callable[[str], str | None],
    tables: Mapping[str, Table],
) -> str | None:
    text = ""
    was_part = False
    for part in choice:
        if not part.name:
            text += part.text
            was_part = False
            continue
        value = value_of(part.name)
        if not value and part.must:
            return None
        if not value:
            continue
        if part.how in tables:
            word = tables[part.how].get(value)
            if word is None:
                return None
            value = word
        elif part.how:
            value = _written(value, part.how)
        if part.spaced or (was_part and _runs_together(text, value)):
            text += " "
        text += value
        was_part = True
    return text


def _runs_together(before: str, after: str) -> bool:
    """Whether a number and a word, two parts side by side, would become one."""
    return (before[-1:].isdigit() and after[:1].isalpha()) or (
        before[-1:].isalpha() and after[:1].isdigit()
    )


def _written(value: str, how: str) -> str:
    """A number with so many digits, or with these marks."""
    if how.startswith("0"):
        return value.zfill(int(how))
    return re.sub(r"[0-9]+(?:\.[0-9]+)?", lambda m: _marked(m[0], how), value)


def _marked(number: str, how: str) -> str:
    whole, _, rest = number.partition(".")
    if len(how) == 2:
        whole = re.sub(r"(?<=[0-9])(?=(?:[0-9]{3})+$)", how[0], whole)
    return whole + (how[-1] + rest if rest else "")
