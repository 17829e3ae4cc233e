"""Field types that are one text: any, one of a few words, yes or no, an id."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from normalize.errors import suggestion
from normalize.source.nodes import Node, Scalar, what
from normalize.source.problems import Problems, Schema

# Texts that other readers of YAML take for something else than text.
_UNTYPED = (
    ("number", *map(str, range(10)), "12", "100", "2026", "0.5", "1.25"),
    ("boolean", "true", "false", "yes", "no", "on", "off"),
)


def worded(said: str, kinds: Iterable[str] = ("string",), pattern: str = "") -> Schema:
    """The schema of a text of which editors say `said`, as the loader does."""
    one, *more = kinds
    made: Schema = {"type": [one, *more] if more else one}
    if pattern:
        made |= {"pattern": pattern, "patternErrorMessage": said}
    return {**made, "errorMessage": said}


@dataclass(frozen=True)
class Text:
    """Any text that is not empty; read as the scalar node, so the place is kept.

    `form` is a regular expression that the whole text must fit and `called`
    the words for it; `blank` admits an empty text in quotes.
    """

    form: str = ""
    called: str = "text"
    blank: bool = False

    def read(self, node: Node, problems: Problems) -> Scalar | None:
        if not isinstance(node, Scalar):
            problems.add(node, f"expected {self.called}, found {what(node)}")
            return None
        if not node.value and not (self.blank and node.style):
            # An empty text has to be meant: '' is, a value left out is not.
            hint = "write '' for no text at all" if self.blank else None
            problems.add(node, f"expected {self.called}, found nothing", hint=hint)
            return None
        if self.form and not re.fullmatch(self.form, node.value):
            problems.add(node, f"expected {self.called}, found {node.value!r}")
            return None
        return node

    def schema(self) -> Schema:
        # Plain YAML scalars such as 12 or no are numbers and flags to a schema
        # checker, but text to us. To those it applies no pattern.
        kinds = ["string"]
        kinds += [kind for kind, *texts in _UNTYPED if any(map(self._fits, texts))]
        return worded(f"expected {self.called}", kinds, self._pattern())

    def _fits(self, text: str) -> bool:
        return not self.form or re.fullmatch(self.form, text) is not None

    def _pattern(self) -> str:
        if self.form:
            # To editors \\w is a letter of English, so they leave it to the loader.
            return "" if re.search(r"\\[wWbB]", self.form) else f"^(?:{self.form})$"
        return "" if self.blank else r"[\s\S]"


@dataclass(frozen=True)
class Choice:
    """One of a few words, read as that word."""

    words: tuple[str, ...]

    def read(self, node: Node, problems: Problems) -> str | None:
        if isinstance(node, Scalar) and node.value in self.words:
            return node.value
        problems.add(
            node,
            f"expected one of {', '.join(self.words)}; found {what(node)}",
            hint=suggestion(node.value, self.words)
            if isinstance(node, Scalar)
            else None,
        )
        return None

    def schema(self) -> Schema:
        said = f"expected one of {', '.join(self.words)}"
        return {"enum": list(self.words), "errorMessage": said}


@dataclass(frozen=True)
class Flag:
    """`yes` or `no`."""

    def read(self, node: Node, problems: Problems) -> bool | None:
        if isinstance(node, Scalar) and node.value in ("yes", "no"):
            return node.value == "yes"
        problems.add(node, f"expected yes or no, found {what(node)}")
        return None

    def schema(self) -> Schema:
        # A YAML 1.1 checker reads yes and no as flags, a 1.2 one as text.
        enum = ["yes", "no", True, False]
        return {"enum": enum, "errorMessage": "expected yes or no"}


ANY = Text()
ID = Text(r"[a-z0-9]+(?:[-.][a-z0-9]+)*", "an id (lower-case letters, digits, - and .)")
