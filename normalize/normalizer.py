"""The one object that users hold."""

from __future__ import annotations

import copy
import dataclasses
import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from pathlib import Path
from typing import Any, overload

import regex

from normalize import cache
from normalize.engine.blocks import outside
from normalize.engine.chosen import ChosenStage
from normalize.engine.matcher import Note
from normalize.engine.stage import Stage, StageEdit
from normalize.errors import NotStreamable, OptionError
from normalize.library import Library, shipped_rules
from normalize.profile import Plan, Ready, compile_plan, resolve
from normalize.result import Diagnostic, Found, Result, located
from normalize.spans import Span, splice
from normalize.stream import Stream, settled

# Goes up when the engine gives another result for the same rules.
ENGINE = 1
_UNCLOSED = "a code fence or markup block that is not closed; left to the end"
# What of a rule does not change what it does to a text.
_SILENT = {
    "at", "examples", "title", "path", "provenance", "alternatives", "try_with",
    "raw", "grammar",
}  # fmt: skip


def load(
    profile: str | Path,
    *,
    rules: Iterable[str | Path] = (),
    **options: str,
) -> Normalizer:
    """A normalizer for a profile: its name, or the path of its file.

    Args:
        profile: such as ``"news-en"``; `normalize profiles` lists them.
        rules: rule files, or folders of them, of your own; they join the stage
            ``words`` (or ``protect``) unless the profile places them itself.
        options: values of the profile's options.

    Raises:
        UnknownNameError: there is no such profile.
        OptionError: there is no such option, or it can't have that value.
        RuleErrors: rule files have problems; all are told at once.
        RulePathError: a rule file is not there or can't be read.

    >>> load("news-en")("Zelenskiy spoke in Kiev.")
    'Zelenskyy spoke in Kyiv.'
    """
    return load_with(profile, rules, options)


def load_with(
    profile: str | Path, rules: Iterable[str | Path], options: Mapping[str, str]
) -> Normalizer:
    """As `load`, with the options as a mapping."""
    extra: list[str | Path] = [rules] if isinstance(rules, str | Path) else list(rules)
    name = str(profile)
    is_path = isinstance(profile, Path) or name.endswith((".yaml", ".yml"))
    own_files = [str(path) for path in (*extra, *([name] if is_path else []))]
    key = cache.key_of(shipped_rules(), name, own_files, options)
    kept = cache.read(key) if key is not None else None
    if kept is not None:
        return Normalizer(*kept)
    made = _load_anew(name, extra, options, is_path=is_path)
    if key is not None:
        cache.write(key, (made.plan, made.ready))
    return made


def _load_anew(
    name: str,
    extra: list[str | Path],
    options: Mapping[str, str],
    *,
    is_path: bool,
) -> Normalizer:
    if not is_path:
        return Normalizer(resolve(Library(extra), name, options))
    library = Library(extra if name in map(str, extra) else [*extra, name])
    own = library.own_of(name)
    found = [id_ for id_ in own if library.kind(id_) == "profile"]
    if not found and own and not library.problems.errors:
        raise OptionError(
            f"{name} is a {library.kind(own[0])} file, not a profile",
            hint=f"add it to a profile: -p news-en --rules {name}",
        )
    library.check()
    return Normalizer(resolve(library, found[0], options))


class Normalizer:
    """A profile ready to run: call it with a text.

    Immutable; may be shared between threads and pickled (the rules travel as
    plain data and are compiled again on arrival). Make one with `load`.
    """

    __slots__ = ("_blocks", "_left_out", "_plan", "_stages", "ready")

    def __init__(self, plan: Plan, ready: Ready = ()) -> None:
        compiled = compile_plan(plan, ready)
        self.ready = compiled.ready
        self._plan = plan
        self._blocks = compiled.blocks
        self._stages: tuple[Stage, ...] = compiled.stages
        self._left_out: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        return f"<Normalizer {self.profile!r} {self.fingerprint[:12]}>"

    def __reduce__(self) -> tuple[Any, ...]:
        if self._left_out:
            return _again, (self._plan, self.ready, self._left_out)
        return Normalizer, (self._plan, self.ready)

    def without(self, rules: Iterable[str]) -> Normalizer:
        """The same, but these rules, by their full ids, change nothing.

        Matches of theirs still keep others from matching in their place.
        """
        made = copy.copy(self)
        made._left_out = self._left_out | frozenset(rules)  # noqa: SLF001 - ours
        stages = (ChosenStage(s, made._left_out) for s in self._stages)  # noqa: SLF001
        made._stages = tuple(stages)  # noqa: SLF001
        return made

    def __copy__(self) -> Normalizer:
        made = object.__new__(type(self))
        for name in self.__slots__:
            setattr(made, name, getattr(self, name))
        return made

    @property
    def profile(self) -> str:
        """The id of the profile."""
        return self._plan.profile

    @property
    def plan(self) -> Plan:
        """The resolved rules, as frozen data."""
        return self._plan

    @property
    def fingerprint(self) -> str:
        """64 hexadecimal digits that change when behaviour may change.

        They cover the rules, the options, the engine and the Unicode tables in
        use; comments, titles, examples and places of rules don't count.
        """
        seen = [
            ENGINE,
            regex.__version__,
            unicodedata.unidata_version,
            _behaviour(self._plan),
        ]
        if self._left_out:
            seen.append(sorted(self._left_out))
        data = json.dumps(seen, ensure_ascii=True, sort_keys=True)
        return hashlib.sha256(data.encode()).hexdigest()

    @overload
    def __call__(self, text: str) -> str: ...
    @overload
    def __call__(self, text: None) -> None: ...

    def __call__(self, text: str | None) -> str | None:
        """The normalized text; None for None.

        Raises:
            TypeError: `text` is neither a str nor None. No str raises.
        """
        if not isinstance(text, str):
            if text is None:
                return None
            raise TypeError(_advice(text))
        blocks = self._blocks.spans(text)
        if not blocks:
            return self._run(text)
        pieces = []
        last = 0
        for start, end in outside(blocks, text):
            pieces += [text[last:start], self._run(text[start:end])]
            last = end
        return "".join([*pieces, text[last:]])

    def _run(self, text: str) -> str:
        for stage in self._stages:
            text = stage.run(text)
        return text

    def trace(self, text: str) -> Result:
        """The normalized text with every edit, and the alignment to the source.

        Raises:
            TypeError: `text` is not a str.
        """
        if not isinstance(text, str):
            raise TypeError(_advice(text))
        blocks = self._blocks.spans(text)
        # Texts between and in blocks, in turn; only the former are worked on.
        parts: list[tuple[str, bool]] = []
        last = 0
        for start, end in outside(blocks, text):
            parts += [(text[last:start], False), (text[start:end], True)]
            last = end
        parts.append((text[last:], False))
        steps: list[Found] = []
        noted: list[Diagnostic] = [
            Diagnostic("unclosed_block", *span, _UNCLOSED)
            for span, closed in blocks
            if not closed
        ]
        for stage in self._stages:
            found: list[StageEdit] = []
            notes: list[Note] = []
            offset = 0
            for i, (part, open_) in enumerate(parts):
                mine, seen = stage.find_with_notes(part) if open_ else ([], [])
                notes += [(c, s + offset, e + offset, m, r) for c, s, e, m, r in seen]
                if mine:
                    found += [(s + offset, e + offset, a, r) for s, e, a, r in mine]
                    parts[i] = (splice(part, mine), True)
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

        With `workers` the work is spread over that many processes; at most a
        few batches a process are read ahead.
        """
        if workers < 0:
            raise ValueError(f"workers must be 0 or more, not {workers}")
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
        rules = (r for s in self._plan.stages for f in s.files for r in f.rules)
        return not any(rule.whole_text() for rule in rules)

    def settled(self, text: str) -> int:
        """How much of the beginning of a text stays, whatever comes behind it.

        There, behind a blank line, a text may be cut and its parts worked on alone.
        """
        return settled(text, self._spans)

    def _spans(self, text: str) -> list[Span]:
        return [span for span, _ in self._blocks.spans(text)]


def _again(plan: Plan, ready: Ready, left_out: frozenset[str]) -> Normalizer:
    return Normalizer(plan, ready).without(left_out)


def _advice(value: object) -> str:
    if isinstance(value, bytes | bytearray):
        return "expected str, not bytes: decode it first, data.decode('utf-8')"
    return f"expected str, not {type(value).__name__}"


def _behaviour(value: Any) -> Any:
    """Rule data as JSON data in a fixed order, without what changes nothing."""
    if dataclasses.is_dataclass(value):
        fields = [f.name for f in dataclasses.fields(value) if f.name not in _SILENT]
        return [type(value).__name__, *(_behaviour(getattr(value, n)) for n in fields)]
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple | list):
        return [_behaviour(item) for item in value]
    return value
