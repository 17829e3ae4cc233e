"""The short way for words without surprises: one expression, then one translation.

Most words have letters of the table only, no marks, and are in small letters, a
Title, or all capitals. Their context rules are found by one regular expression made
from the table; what they leave is translated letter by letter, in C. All other words
take the long way (`engine/romanizer`), which gives the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from normalize.engine.table import APOSTROPHE, EDGE, Output, Table, Turn

# What may stand around the word in a piece: no apostrophe, no letter, no mark.
_AROUND = r"[!-&(-/:-@\[-`{-~«»„“”…–—\r\t]*"


class PlainWords:
    """Romanizes pieces of text that hold one plain word."""

    def __init__(self, table: Table) -> None:
        self._letters = [c for c in table.letters if len(c) == len(c.upper()) == 1]
        self._marks = "".join(sorted(table.apostrophes))
        self._any = self._class([*self._letters, APOSTROPHE])
        pairs = {c: table.letters[c] for c in self._letters}
        self._table = {ord(c): made.small for c, made in pairs.items()}
        self._table |= {ord(c.upper()): made.title for c, made in pairs.items()}
        turns = [turn for found in table.turns.values() for turn in found]
        self._possible = bool(self._letters) and all(map(_can_be_said, turns))
        self._outputs: list[Output] = [turn.output for turn in turns]
        sources = [f"({self._turn(turn)})" for turn in turns]
        if table.apostrophe is not None:
            letters = self._class(self._letters)
            sources.append(rf"((?<={letters})[{self._marks}](?={letters}))")
            self._outputs.append(table.apostrophe)
        firsts = {turn.source[0] for turn in turns}
        firsts |= {APOSTROPHE} if table.apostrophe is not None else set()
        # At most letters no rule begins, which is told without trying each.
        rules = f"(?={self._class(firsts)})(?:{'|'.join(sources)})"
        self._rules = re.compile(rules) if sources else None
        title, capitals = self._words(table)
        self._plain = re.compile(rf"{_AROUND}(?:{title}|({capitals})){_AROUND}")
        # Words beside a space or hyphen have an edge there as at a line end.
        lines = rf"^{_AROUND}{title}(?:[ -]{title})*{_AROUND}$"
        self._lines = re.compile(lines, re.MULTILINE)

    def piece(self, text: str) -> str | None:
        """What a piece becomes; None when it is to take the long way."""
        found = self._plain.fullmatch(text) if self._possible else None
        if found is None:
            return None
        if found.lastindex:
            return self._small(text.lower()).upper()
        return self._small(text)

    def all_of(self, lines: Sequence[str]) -> dict[str, str]:
        """What those of these lines become that are plain words, none in capitals.

        All at once: no rule looks over a line end.
        """
        if not self._possible:
            return {}
        found: list[str] = self._lines.findall("\n".join(lines))
        if not found:
            return {}
        return dict(zip(found, self._small("\n".join(found)).split("\n"), strict=True))

    def _small(self, text: str) -> str:
        if self._rules is not None:
            text = self._rules.sub(self._pick, text)
        return text.translate(self._table)

    def _pick(self, found: re.Match[str]) -> str:
        made = self._outputs[(found.lastindex or 1) - 1]
        return made.title if found.group()[0].isupper() else made.small

    def _words(self, table: Table) -> tuple[str, str]:
        """A word in small letters or a Title, and one in capitals.

        A capital before a sign and nothing else is no Title word.
        """
        small = re.escape("".join(self._letters))
        large = re.escape("".join(self._letters).upper())
        signs = "".join(sorted(table.signs))
        cased = re.escape("".join(c for c in self._letters if c not in table.signs))
        marks = self._marks
        title = (
            rf"(?:[{large}](?=[{signs}]*[{cased}]))?[{small}]+(?:[{marks}][{small}]+)*"
        )
        return title, rf"[{large}]{{2,}}(?:[{marks}][{large}]+)*"

    def _class(self, letters: Iterable[str]) -> str:
        """A set of letters, small and capital; any apostrophe stands for all."""
        found = "".join(
            self._marks if c == APOSTROPHE else c + c.upper() for c in sorted(letters)
        )
        return f"[{re.escape(found)}]"

    def _turn(self, turn: Turn) -> str:
        """A context rule as an expression."""
        before, behind = [], []
        if turn.start:
            before.append(rf"(?<!{self._any})")
        if turn.end:
            behind.append(rf"(?!{self._any})")
        for letters, says, edge, parts in (
            (turn.after, "(?<={})", rf"(?<!{self._any})", before),
            (turn.before, "(?={})", rf"(?!{self._any})", behind),
        ):
            if letters is not None:
                either = [says.format(self._class(letters - {EDGE}))] * (
                    letters != {EDGE}
                )
                either += [edge] * (EDGE in letters)
                parts.append(f"(?:{'|'.join(either)})")
        for letters, says, edge, parts in (
            (turn.not_after, "(?<!{})", rf"(?<={self._any})", before),
            (turn.not_before, "(?!{})", rf"(?={self._any})", behind),
        ):
            if letters - {EDGE}:
                parts.append(says.format(self._class(letters - {EDGE})))
            if EDGE in letters:
                parts.append(edge)
        missing = turn.at_least - len(turn.source)
        if missing > 0:
            before.append(rf"(?<={self._any}{{{missing}}})")
        first, rest = turn.source[0], turn.source[1:]
        if first == APOSTROPHE:  # it is one between letters only
            around = self._class(self._letters)
            before.append(f"(?<={around})")
            behind.append(f"(?={around})")
            return "".join([*before, f"[{self._marks}]", *behind])
        source = f"[{first}{first.upper()}]{re.escape(rest)}"
        return "".join([*before, source, *behind])


def _can_be_said(turn: Turn) -> bool:
    """Whether an expression can say the rule: lengths only of what ends the word."""
    return turn.at_least <= len(turn.source) or turn.end
