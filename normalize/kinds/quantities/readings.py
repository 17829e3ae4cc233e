"""From the groups of a match to its text: values, checks, templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation

import regex

from normalize.engine.analysis import emit
from normalize.engine.limits import limited
from normalize.engine.words import Words
from normalize.kinds.quantities.calendar import complete
from normalize.kinds.quantities.model import (
    NOTHING,
    FieldSpec,
    Grammar,
    QuantityRule,
    Value,
)
from normalize.kinds.quantities.words import LookUp
from normalize.kinds.templates import Template, names_of, read_template, render
from normalize.spans import RuleRef

Groups = Mapping[str, str | None]
Tell = Callable[[], str]  # the language of the paragraph; '' when it can't be told


class Left(Exception):  # noqa: N818 - no error: the match is left, under a code
    """A match is seen and left."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class NoMatch(Exception):  # noqa: N818 - no error either
    """A match turns out to be none: its parts don't belong together."""


class Amounts:
    """The ways to write an amount, ready to read one."""

    def __init__(
        self, spec: FieldSpec, spaces: frozenset[str], own: RuleRef | None = None
    ) -> None:
        self._spaces = {ord(space): " " for space in spaces}
        self._shapes = [
            (
                limited(regex.compile(emit(shape.tree)), own, shape.tree),
                replace(shape, tree=NOTHING),
            )
            for shape in spec.shapes
        ]

    def read(
        self,
        text: str,
        groups: Groups,
        time: str,
        settings: Mapping[str, str],
        tell: Tell,
    ) -> str:
        """The amount with its digits as written, a decimal point, and no groups."""

        def there(name: str) -> bool:
            return bool(groups.get(name + time) or groups.get(name))

        text = text.translate(self._spaces)
        for pattern, shape in self._shapes:
            if shape.beside and not there(shape.beside):
                continue
            if shape.without and there(shape.without):
                continue
            if any(settings.get(name) != value for name, value in shape.when):
                continue
            if pattern.fullmatch(text) is None:
                continue
            if shape.not_in and tell() in shape.not_in:
                continue
            if shape.leave:
                raise Left(shape.leave, f"{text!r} can be read in two ways")
            digits = text
            if shape.remove:
                digits = "".join(c for c in text if c not in shape.remove)
            return digits.replace(shape.decimal, ".") if shape.decimal else digits
        raise Left("unread_amount", f"{text!r} is written as no amount is")


class Reader:
    """Reads the matches of one rule."""

    def __init__(self, rule: QuantityRule, shared: SharedReader) -> None:
        assert rule.grammar is not None
        self.rule = rule.read()
        self._shared = shared
        self._settings = dict(rule.settings)
        self._sets = rule.grammar.sets
        self._output: Template = rule.grammar.output
        self._templates = {
            option: read_template(self._settings[option], names, shared.tables)
            for value in shared.values.values()
            for option, names in value.templates(shared.values).items()
        }

    def read(
        self, groups: Groups, reference: date | None = None, tell: Tell = str
    ) -> str:
        """What the match becomes, in a paragraph whose language `tell` knows.

        Raises:
            Left: it is impossible or can be read in two ways.
        """
        shared = self._shared
        # Options are parts too: a table may have words for their values.
        known: dict[str, str] = dict(self._settings)
        for name, text in groups.items():
            if text is not None:
                stands_for, value = shared.value(
                    name, text, groups, self._settings, tell
                )
                known[stands_for] = value
        for name in self.rule.same:
            if known.get(name + "2", known.get(name)) != known.get(name):
                raise NoMatch
        for name in self.rule.rising:
            if not _rises(known.get(name), known.get(name + "2")):
                raise NoMatch
        if self.rule.leave:
            raise Left(self.rule.leave, self.rule.because)
        tables = shared.tables
        for name, template in self._sets:
            known[name] = render(template, known.get, tables) or ""

        def value_of(name: str) -> str | None:
            base = name.rstrip("234")
            value = shared.values.get(base)
            if value is None:
                return known.get(name)
            if value.joins:
                return self._joined(value, known, reference)
            return self._written(value, known, name[len(base) :], reference)

        return _sure(render(self._output, value_of, tables))

    def _written(
        self, value: Value, known: Mapping[str, str], time: str, reference: date | None
    ) -> str:
        parts = self._parts(value, known, time, reference)
        # What has no place in the template would be lost.
        whole = tuple(
            choice
            for choice in self._templates[value.option]
            if parts.keys() <= names_of((choice,))
        )
        return _sure(render(whole, parts.get, self._shared.tables))

    def _joined(
        self, value: Value, known: Mapping[str, str], reference: date | None
    ) -> str:
        """Two or three of a value, as one thing where a template says how."""
        one = self._shared.values[value.joins]
        third = any(name + "3" in known for name in one.of)
        times = ("", "2", "3") if third else ("", "2")
        found = [self._parts(one, known, time, reference) for time in times]
        if value.check == "order":
            numbers = [[int(parts[name]) for name in one.of] for parts in found]
            if numbers != sorted(numbers):
                raise Left(one.invalid, "it ends before it begins")
        for part, option in value.same:
            until = one.of.index(part) + 1
            template = self._templates[option]
            # One without parts, a word, says that each is written by itself.
            if names_of(template) and _alike(found, one.of[:until], one.of[until:]):
                parts = {name: known[name] for name in value.of}
                parts.update(found[0])
                parts.update({name + "2": said for name, said in found[-1].items()})
                for name in one.of[until:]:
                    parts[name] = ", ".join(said[name] for said in found[:-1])
                return _sure(render(template, parts.get, self._shared.tables))
        texts = [self._written(one, known, time, reference) for time in times]
        return ", ".join(texts[:-1]) + known[value.of[0]] + texts[-1]

    def full_date(self, groups: Groups) -> date | None:
        """The first date of a match; None when it has no year, month or day."""
        shared = self._shared
        known = {
            name: value
            for key, text in groups.items()
            if text is not None
            for name, value in [shared.value(key, text, groups, self._settings)]
        }
        if not {"year", "month", "day"} <= known.keys():
            return None
        return date(int(known["year"]), int(known["month"]), int(known["day"]))

    def weekday_is_not(self, said: str, groups: Groups) -> str:
        """Why the weekday that stands before a date is not its own; empty: it is."""
        _, wanted = self._shared.value("weekday", said, groups, self._settings)
        day = self.full_date(groups)
        if day is None or day.isoweekday() == int(wanted):
            return ""
        return f"{day.isoformat()} is another day of the week"

    def _parts(
        self, value: Value, known: Mapping[str, str], time: str, reference: date | None
    ) -> Mapping[str, str]:
        """The parts of a value, each its own or the one that is shared."""
        parts = {}
        for name in value.of:
            found = known.get(name + time) or known.get(name)
            if found:
                parts[name] = found
        if any(name not in parts for name in value.required):
            raise Left(value.invalid, value.because)
        if value.check == "calendar":
            missing = self.rule.without
            if missing and missing not in parts:
                policy = self._settings.get("partial_dates", "keep")
                done = reference and complete(parts, reference, policy)
                if not done:
                    raise Left(value.invalid, "no year makes a date of it")
                parts[missing] = done
            _check_calendar(value, parts)
        return parts


def _rises(first: str | None, second: str | None) -> bool:
    """Whether of two numbers the second is larger; one that is no number is not."""
    try:
        return first is None or second is None or Decimal(first) < Decimal(second)
    except InvalidOperation:
        return False


def _alike(
    found: Sequence[Mapping[str, str]], shared: Sequence[str], rest: Sequence[str]
) -> bool:
    """Whether all have these parts in common, and of three all but one part."""
    alike = all(said[name] == found[0][name] for said in found for name in shared)
    return alike and (len(found) == 2 or len(rest) == 1)


def _sure(text: str | None) -> str:
    """The text, if a template could write it."""
    if text is None:
        raise Left("no_word", "the template has no place or no word for a part of it")
    return text


def _check_calendar(value: Value, parts: Mapping[str, str]) -> None:
    if "day" not in parts or "year" not in parts:
        return
    try:
        date(int(parts["year"]), int(parts["month"]), int(parts["day"]))
    except ValueError:
        raise Left(value.invalid, "there is no such day") from None


class SharedReader:
    """What the rules of one file share when they read their matches."""

    def __init__(
        self, grammar: Grammar, words: Words, own: RuleRef | None = None
    ) -> None:
        self.tables = grammar.tables
        self.values = {
            name: replace(value, weekday=None) for name, value in grammar.values.items()
        }
        self._fields = {
            name: replace(spec, tree=NOTHING, shapes=())
            for name, spec in grammar.fields.items()
        }
        self._look_up = {
            name: LookUp(lexicon, words) for name, lexicon in grammar.lexicons.items()
        }
        self._amounts = {
            name: Amounts(spec, grammar.spaces, own)
            for name, spec in grammar.fields.items()
            if spec.shapes
        }
        checked = [v.invalid for v in grammar.values.values() if v.check]
        self._invalid = checked[0] if checked else "invalid_number"

    def value(
        self,
        name: str,
        text: str,
        groups: Groups,
        settings: Mapping[str, str],
        tell: Tell = str,
    ) -> tuple[str, str]:
        """The part that a group fills, and its value as text."""
        base = name.rstrip("234")
        spec = self._fields[base]
        time = name[len(base) :]
        stands_for = spec.stands_for + time
        if spec.lexicon:
            found = self._look_up[spec.lexicon](text)
            if found is None:
                raise NoMatch
            return stands_for, found
        if base in self._amounts:
            amounts = self._amounts[base]
            return stands_for, amounts.read(text, groups, time, settings, tell)
        if spec.low is None or spec.high is None:
            return stands_for, text
        number = int(text)
        if not spec.low <= number <= spec.high:
            reason = f"{number} is not from {spec.low} to {spec.high}"
            raise Left(self._invalid, reason)
        if spec.pivot:
            number += 1900 if number >= int(settings[spec.pivot]) else 2000
        return stands_for, str(number)


Render = Callable[[Groups], str]
