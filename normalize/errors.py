"""The error tree, the place an error points at, and how a place is drawn.

::

    NormalizeError                   base; .hint
    ├── RuleError                    something in a rule file; .at, draws a caret
    │   ├── RuleSyntaxError          not YAML, duplicate key, a limit passed
    │   ├── RuleSchemaError          unknown or missing field, wrong type or value
    │   ├── RulePatternError         pattern that does not compile or can't be used
    │   ├── RuleReferenceError       unknown class, file, rule id; a cycle
    │   └── RuleConflictError        one variant, two owners in one file
    ├── RuleErrors                   all RuleErrors of one load, in file order
    ├── RulePathError                a rule file or folder that can't be read
    ├── UnknownNameError             no such profile, rule file or rule
    ├── NotStreamable                options make a result depend on the whole text
    ├── OptionError                  an option that is not there, or a wrong value
    ├── PatternTimeout               a pattern of an own rule takes too long on a text
    ├── MissingExtraError            an optional library is not installed
    └── InputError                   a text or file could not be processed
        ├── DecodeError              bytes are not in the stated encoding
        └── EncodeError              an encoding has no place for a character
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

SHOWN = 200  # how much of a line is drawn


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a rule file: display path, line and column, both from 1."""

    path: str
    line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class NormalizeError(Exception):
    """Base of every error that the package raises on purpose."""

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\nhint: {self.hint}" if self.hint else self.message

    def __reduce__(self) -> tuple[Any, ...]:
        # Errors come back from other processes as they were raised there, whatever
        # their constructors take.
        return _again, (type(self), self.args, self.__dict__)


def _again(
    kind: type[NormalizeError], args: tuple[Any, ...], state: dict[str, Any]
) -> NormalizeError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class RuleError(NormalizeError, ValueError):
    """Something is wrong in a rule file; `at` says where.

    `line_text` is the line of the file and `width` the number of code points
    to underline, so that the error can be drawn when the file is gone. `code` is what
    `normalize rules explain` knows it by.
    """

    code = "N001"

    def __init__(
        self,
        message: str,
        *,
        at: Location,
        line_text: str = "",
        width: int = 1,
        hint: str | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.at = at
        self.line_text = line_text
        self.width = width

    def __str__(self) -> str:
        lines = [f"{self.at}: {self.message}"]
        if self.line_text.strip():
            lines += draw_caret(self.line_text, self.at, self.width)
        if self.hint:
            lines.append(f"hint: {self.hint}")
        return "\n".join(lines)


class RuleSyntaxError(RuleError):
    """The file is not YAML, repeats a key, or passes a limit of the reader."""


class RuleSchemaError(RuleError):
    """A field is unknown or missing, or its value is not one that it takes."""


class RulePatternError(RuleError):
    """A pattern does not compile, can match nothing, or can't be found fast."""


class RuleReferenceError(RuleError):
    """A class, file or rule id is named that is not there, or a cycle is made."""


class RuleConflictError(RuleError):
    """One spelling is claimed by two rules of one file."""

    code = "N003"


class RuleErrors(NormalizeError, ValueError):  # noqa: N818 - a group, named as such
    """Every problem of one load, ordered by place; `.errors` holds them."""

    def __init__(self, errors: Iterable[RuleError]) -> None:
        self.errors: tuple[RuleError, ...] = tuple(sorted(errors, key=lambda e: e.at))
        count = len(self.errors)
        super().__init__(f"{count} problem{'s' if count != 1 else ''} in rule files")

    def __str__(self) -> str:
        return "\n\n".join([*map(str, self.errors), self.message])


class RulePathError(NormalizeError, OSError):
    """A rule file or a folder of them is not there or can't be read."""


# Where names are told that are too many for a hint, by what they name.
_LISTED = {
    "rule file": "'normalize rules list' shows all there are",
    "romanization system": "'normalize transliterate --list' shows all there are",
}


class UnknownNameError(NormalizeError, LookupError):
    """A profile, rule file or rule was named that does not exist."""

    def __init__(self, what: str, name: str, known: Sequence[str]) -> None:
        self.name = name
        self.known = tuple(known)
        self.close_matches = closest(name, known)
        listed = next((hint for of, hint in _LISTED.items() if of in what), None)
        hint = suggestion(name, known) or listed
        super().__init__(f"unknown {what} {name!r}", hint=hint)


class OptionError(NormalizeError, ValueError):
    """An option of `load` does not exist or can't take the value given."""


class NotStreamable(NormalizeError):  # noqa: N818 - says what is the matter
    """Options make a result depend on the whole text: it can't come in chunks."""


class PatternTimeout(NormalizeError):  # noqa: N818 - says what is the matter
    """A pattern passed its time limit; the text is as it was.

    `rule` and `at` are the id and the place of the rule; `offset` is where in the text
    given to the call the match was tried (code points), or the stretch that an earlier
    stage had changed there begins.
    """

    def __init__(self, rule: str, at: str, offset: int, seconds: float) -> None:
        super().__init__(
            f"{at}: the pattern of rule {rule!r} takes over {seconds:g} seconds at "
            f"offset {offset} of the text",
            hint="'normalize rules lint' shows such a text; repeats inside repeats, "
            "and several that fit the same characters, make it so",
        )
        self.rule = rule
        self.at = at
        self.offset = offset
        self.seconds = seconds

    def __reduce__(self) -> tuple[type[PatternTimeout], tuple[str, str, int, float]]:
        return PatternTimeout, (self.rule, self.at, self.offset, self.seconds)

    def placed(self, offset: int) -> PatternTimeout:
        """The error with another offset."""
        return PatternTimeout(self.rule, self.at, offset, self.seconds)


class MissingExtraError(NormalizeError, ImportError):
    """An optional library is not installed; the hint says how to install it."""


class InputError(NormalizeError):
    """A text or a file could not be processed; `path` and `offset` say where."""

    def __init__(
        self,
        message: str,
        *,
        path: str | None = None,
        offset: int | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message, hint=hint)
        self.path = path
        self.offset = offset


class DecodeError(InputError):
    """The bytes of a file are not in the stated encoding; nothing is written."""


class EncodeError(InputError):
    """The encoding to be written can't hold a character; nothing is written."""


def not_a_text(value: object) -> TypeError:
    """The error for a value that should be a str, with advice."""
    if isinstance(value, bytes | bytearray | memoryview):
        advice = "decode it first, data.decode('utf-8')"
        return TypeError(f"expected str, not {type(value).__name__}: {advice}")
    return TypeError(f"expected str, not {type(value).__name__}")


def draw_caret(line: str, at: Location, width: int) -> list[str]:
    r"""The line of the file with its number and a caret under the place.

    Of a very long line only what is around the place is shown.

    >>> print("\n".join(draw_caret("varients: [km]", Location("a.yaml", 14, 1), 8)))
       |
    14 | varients: [km]
       | ^^^^^^^^
    """
    number = str(at.line)
    gutter = " " * len(number)
    start = at.column - 1
    first = max(0, start - SHOWN // 2) if len(line) > SHOWN else 0
    cut = line[first : first + SHOWN]
    shown = "".join(
        c if c.isprintable() or c == "\t" else "\N{MIDDLE DOT}" for c in cut
    )
    if first:
        shown = "\N{HORIZONTAL ELLIPSIS}" + shown[1:]
    if first + SHOWN < len(line):
        shown = shown[:-1] + "\N{HORIZONTAL ELLIPSIS}"
    start -= first
    pad = "".join("\t" if c == "\t" else " " for c in shown[:start])
    carets = "^" * max(1, min(width, len(shown) - start))
    return [f"{gutter} |", f"{number} | {shown}", f"{gutter} | {pad}{carets}"]


def closest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Up to three of the known names that are spelled most like `name`."""
    from difflib import get_close_matches  # only when something went wrong

    return tuple(get_close_matches(name, list(known), n=3, cutoff=0.6))


def suggestion(name: str, known: Iterable[str]) -> str | None:
    """A hint that names close matches, or all names when they are few."""
    names = list(dict.fromkeys(known))  # what stands twice is named once
    near = closest(name, names)
    if near:
        return "did you mean " + " or ".join(repr(n) for n in near) + "?"
    if 0 < len(names) <= 24:
        return "known: " + ", ".join(sorted(names))
    return None
