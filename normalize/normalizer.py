"""The one object that users hold."""

from __future__ import annotations

import dataclasses
import zlib
from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, overload

from normalize import cache
from normalize.engine.blocks import outside
from normalize.engine.chosen import ChosenStage
from normalize.engine.matcher import Note
from normalize.engine.narrow import Facts, facts_of
from normalize.engine.stage import StageEdit
from normalize.errors import (
    NotStreamable,
    PatternTimeout,
    UnknownNameError,
    not_a_text,
)
from normalize.packing import pack, unpack
from normalize.result import Diagnostic, Found, Result, located
from normalize.spans import Span, source_offset, splice
from normalize.stream import Stream, settled
from normalize.together import Together, are_at_hand

if TYPE_CHECKING:
    from normalize.joined import Beside
    from normalize.plan import Compiled, Plan

_UNCLOSED = "a code fence or markup block that is not closed; left to the end"


class Normalizer:
    """A profile ready to run: call it with a text.

    Immutable; may be shared between threads and pickled: the rules travel as plain
    data, and what they compile to is made on arrival, when it is first needed, or
    taken from what was kept of an earlier run. A copy is the object itself. Make one
    with `load`.
    """

    __slots__ = (
        "_compiled", "_fingerprint", "_joined", "_packed", "_plan", "_squeezed",
        "_together", "profile",
    )  # fmt: skip

    profile: str  # the id of the profile
    # What is made when it is first asked for. Two threads may both make it: what
    # they make is equal.
    _plan: Plan | None
    _packed: bytes | None
    _squeezed: Squeezed | None
    _compiled: Compiled | None
    _fingerprint: str | None
    _joined: Joined | None
    _together: Together  # works on many short texts

    def __init__(self, plan: Plan, compiled: Compiled | None = None) -> None:
        if isinstance(plan, str):
            raise TypeError(f"normalize.load({plan!r}) makes a Normalizer")
        self._set(profile=plan.profile, _plan=plan, _packed=None, _fingerprint=None)
        self._set(_joined=None, _squeezed=None, _compiled=compiled or _compile(plan))
        self._set(_together=Together())

    def _set(self, **values: object) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> None:
        del value
        raise AttributeError(f"{name!r} of a Normalizer can't be changed: load another")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{name!r} of a Normalizer can't be deleted")

    def __copy__(self) -> Normalizer:
        return self

    def __deepcopy__(self, memo: object) -> Normalizer:
        del memo
        return self

    def __repr__(self) -> str:
        return f"<Normalizer {self.profile!r} {self.fingerprint[:12]}>"

    def __reduce__(self) -> tuple[Callable[..., Normalizer], tuple[str, bytes]]:
        return rebuilt, (self.profile, self.packed)

    @property
    def plan(self) -> Plan:
        """The resolved rules, as frozen data."""
        plan = self._plan
        if plan is None:
            if self._joined is not None:
                plan = self._joined.plan()
            else:
                plan = unpack(self.packed)
            self._set(_plan=plan)
        assert plan is not None
        return plan

    @property
    def packed(self) -> bytes:
        """The resolved rules as bytes, equal for equal rules in every process."""
        packed = self._packed
        if packed is None and self._squeezed is not None:
            packed = released(self._squeezed)
            self._set(_packed=packed)
        if packed is None:
            packed = pack(self.plan)
            key = cache.rules_key(packed)
            if self._joined is not None and not cache.holds(key):
                # Whoever gets them finds what they compile to.
                cache.write(key, self.compiled)
            self._set(_packed=packed)
        return packed

    @property
    def compiled(self) -> Compiled:
        """What runs."""
        compiled = self._compiled
        if compiled is None:
            joined = self._joined
            if joined is not None:
                key = joined.key
            elif self._squeezed is not None:
                key = self._squeezed[1]
            else:
                key = cache.rules_key(self.packed)
            kept: Compiled | None = cache.read(key)
            compiled = kept
            if compiled is None and joined is not None:
                compiled = joined.compiled()
            if compiled is None:
                compiled = _compile(self.plan)
            self._set(_compiled=compiled)
            if kept is None:
                cache.write(key, compiled)
        return compiled

    @property
    def fingerprint(self) -> str:
        """64 hexadecimal digits that change when behaviour may change.

        They cover the rules, the options, the engine and the Unicode tables in
        use; comments, titles, examples and places of rules don't count.
        """
        made = self._fingerprint
        if made is None:
            from normalize.fingerprint import fingerprint  # seldom asked for

            made = fingerprint(self.plan)
            self._set(_fingerprint=made)
        return made

    @overload
    def __call__(self, text: str) -> str: ...
    @overload
    def __call__(self, text: None) -> None: ...

    def __call__(self, text: str | None) -> str | None:
        """The normalized text; None for None.

        Raises:
            TypeError: `text` is neither a str nor None.
            PatternTimeout: a pattern of a rule of your own takes too long on it.
                No str raises with the shipped rules.
        """
        if not isinstance(text, str):
            if text is None:
                return None
            raise not_a_text(text)
        compiled = self._compiled or self.compiled
        blocks = compiled.blocks.spans(text)
        if not blocks:
            return compiled.run(text)
        pieces = []
        last = 0
        for start, end in outside(blocks, text):
            try:
                pieces += [text[last:start], compiled.run(text[start:end])]
            except PatternTimeout as slow:
                raise slow.placed(start + slow.offset) from None
            last = end
        return "".join([*pieces, text[last:]])

    def trace(self, text: str) -> Result:
        """The normalized text with every edit, and the alignment to the source.

        Raises:
            TypeError: `text` is not a str.
            PatternTimeout: a pattern of a rule of your own takes too long on it.
        """
        if not isinstance(text, str):
            raise not_a_text(text)
        compiled = self.compiled
        blocks = compiled.blocks.spans(text)
        # Texts between and in blocks, in turn; only those with facts are worked on.
        parts: list[tuple[str, Facts | None]] = []
        last = 0
        for start, end in outside(blocks, text):
            parts += [
                (text[last:start], None),
                (text[start:end], facts_of(text[start:end])),
            ]
            last = end
        parts.append((text[last:], None))
        steps: list[Found] = []
        noted: list[Diagnostic] = [
            Diagnostic("unclosed_block", *span, _UNCLOSED)
            for span, closed in blocks
            if not closed
        ]
        for stage in compiled.stages:
            found: list[StageEdit] = []
            notes: list[Note] = []
            offset = 0
            for i, (part, facts) in enumerate(parts):
                if facts is None:
                    offset += len(part)
                    continue
                try:
                    mine, seen = stage.find_with_notes(part, facts)
                except PatternTimeout as slow:
                    at = source_offset(offset + slow.offset, (s[2] for s in steps))
                    raise slow.placed(at) from None
                notes += [(c, s + offset, e + offset, m, r) for c, s, e, m, r in seen]
                if mine:
                    found += [(s + offset, e + offset, a, r) for s, e, a, r in mine]
                    made = splice(part, mine)
                    parts[i] = made, facts.spliced(made, mine)
                offset += len(part)
            if notes:
                noted += located(notes, stage.rules, steps)
            steps.append((stage.name, stage.rules, found))
        output = "".join(part for part, _ in parts)
        noted.sort(key=itemgetter(1, 2, 0))
        return Result(text, output, tuple(noted), tuple(steps))

    def map(
        self, texts: Iterable[str | None], *, workers: int = 0
    ) -> Iterator[str | None]:
        """The normalized texts, lazily, in order, None for None.

        Texts that are there already, such as those of a list, are taken some at a
        time: many short ones are done in half the time. Others are read one by one.
        With `workers` the work is spread over that many processes; at most a
        few batches a process are read ahead.

        Raises:
            TypeError: `texts` is one text or none; `workers` is no int; when its turn
                comes: a text is no str.
            ValueError: `workers` is negative.
        """
        if isinstance(texts, str | bytes):
            raise TypeError("expected texts, not one text: call the normalizer with it")
        if not isinstance(texts, Iterable):
            raise TypeError(f"expected texts, not {type(texts).__name__}")
        if not hasattr(workers, "__index__"):
            raise TypeError(f"workers must be an int, not {type(workers).__name__}")
        if workers < 0:
            raise ValueError(f"workers must be 0 or more, not {workers}")
        if workers == 0 and are_at_hand(texts):
            return self._together.each(self, texts)
        if workers == 0:
            return map(self, texts)
        from normalize.parallel import map_parallel

        return map_parallel(self, texts, workers)

    def stream(self) -> Stream:
        """A stream that takes a text in chunks: `feed(chunk)`, then `close()`.

        Raises:
            NotStreamable: options make a result depend on the whole text.
        """
        if not self.streamable:
            raise NotStreamable(
                "these options make a result depend on the whole text",
                hint="give a date instead of reference_date=document",
            )
        return Stream(self, self._spans)

    @property
    def streamable(self) -> bool:
        """Whether a part of a text gives what it gives in the whole."""
        return not self.compiled.whole_text

    def settled(self, text: str) -> int:
        """How much of the beginning of a text stays, whatever comes behind it.

        There, behind a blank line, a text may be cut and its parts worked on alone.
        Counted in code points.

        Raises:
            TypeError: `text` is not a str.
        """
        if not isinstance(text, str):
            raise not_a_text(text)
        return settled(text, self._spans)

    def _spans(self, text: str) -> list[Span]:
        return [span for span, _ in self.compiled.blocks.spans(text)]

    def without(self, rules: Iterable[str]) -> Normalizer:
        """The same, but these rules, by their full ids, change nothing.

        Matches of theirs still keep others from matching in their place.

        Raises:
            TypeError: `rules` is one id.
            UnknownNameError: the profile has no such rule.
        """
        if isinstance(rules, str):
            raise TypeError(f"expected ids of rules, not one: [{rules!r}]")
        left = tuple(sorted({*self.plan.left_out, *rules}))
        known = {id_ for id_, _ in self.plan.rules()}
        for id_ in left:
            if id_ not in known:
                raise UnknownNameError("rule of this profile", id_, sorted(known))
        stages = tuple(ChosenStage(s, left) for s in self.compiled.stages)
        plan = dataclasses.replace(self.plan, left_out=left)
        return Normalizer(plan, dataclasses.replace(self.compiled, stages=stages))


def _compile(plan: Plan) -> Compiled:
    from normalize.compiling import compile_plan

    return compile_plan(plan)


# Packed rules in little room, and the name of what they compile to.
Squeezed = tuple[bytes, str]


def squeezed(packed: bytes) -> Squeezed:
    """Packed rules as they are kept: they are hardly ever asked for."""
    return zlib.compress(packed, 1), cache.rules_key(packed)


def released(kept: Squeezed) -> bytes:
    """Kept rules as they were packed."""
    return zlib.decompress(kept[0])


class Joined(NamedTuple):
    """Own names that joined what a profile compiles to; the packed rules of that.

    `key` names what they compile to together. That is kept when they are asked for
    again: whoever is writing the names asks once only.
    """

    key: str
    base: Squeezed
    beside: Beside

    def plan(self) -> Plan:
        """The rules of both."""
        return self.beside.plan(unpack(released(self.base)))

    def compiled(self) -> Compiled | None:
        """What they compile to, if the profile is kept."""
        base: Compiled | None = cache.read(self.base[1])
        return self.beside.compiled(base) if base is not None else None


def rebuilt(
    profile: str,
    packed: bytes | None,
    joined: Joined | None = None,
    kept: Squeezed | None = None,
) -> Normalizer:
    """A normalizer of packed rules, as they are or kept, or with own names."""
    made: Normalizer = object.__new__(Normalizer)
    made._set(profile=profile, _packed=packed, _joined=joined)  # noqa: SLF001 - as new
    made._set(_plan=None, _compiled=None, _fingerprint=None)  # noqa: SLF001 - as new
    made._set(_squeezed=kept, _together=Together())  # noqa: SLF001 - as new
    return made
