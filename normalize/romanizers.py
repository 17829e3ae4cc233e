"""Romanization systems by name, and what runs them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import overload

from normalize.engine.reverse import Reverse
from normalize.errors import OptionError, UnknownNameError, suggestion
from normalize.kinds.romanization.model import SWITCHES, RomanizationFile
from normalize.kinds.romanization.reversing import reverse_of
from normalize.kinds.romanization.variants import forms, romanizer
from normalize.library import Library
from normalize.normalizer import Normalizer
from normalize.options import active
from normalize.plan import Plan, StagePlan
from normalize.result import Result

KIND = "romanization"


@dataclass(frozen=True, slots=True)
class System:
    """What is known about a romanization system.

    Attributes:
        id: its name, such as ``uk-kmu-2010``.
        language: code of the language that it writes.
        year: when it was made; 'none' for a custom without a date.
        confidence: how sure its table is: high, medium, low.
        aliases: other names under which it may be asked for.
        reversible: 'yes', 'except' (all but the collisions) or 'no'.
        collisions: what can't be got back, each with what is written alike.
        options: switches beyond `stress`, `foreign`, `single`, with their values.
    """

    id: str
    title: str
    language: str
    authority: str
    year: str
    status: str
    confidence: str
    source: str
    aliases: tuple[str, ...]
    reversible: str
    collisions: tuple[tuple[str, str], ...]
    alternatives: tuple[tuple[str, tuple[str, ...]], ...]
    options: tuple[tuple[str, tuple[str, ...]], ...]


class Romanizer:
    """A system ready to run: call it with a text.

    Args:
        system: its id or an alias; `systems()` lists them.
        stress: 'drop' or 'keep' the stress marks on vowels.
        foreign: what becomes of letters of another alphabet: 'sister' borrows them
            from the sister table, 'keep', 'drop', 'error'.
        single: a lone capital that gives two letters: 'auto' is Title case unless
            the words beside it on the line are in capitals; 'title', 'caps'.
        rules: romanization files of your own.
        options: switches of the system, such as ``interpuncts="yes"``.

    Raises:
        TypeError: `system` is not a str.
        UnknownNameError: there is no such system.
        OptionError: there is no such option, or it can't have that value.
        RuleErrors: a rule file has problems.

    >>> Romanizer("uk-kmu-2010")("Яна Щербак")
    'Yana Shcherbak'
    """

    def __init__(
        self,
        system: str,
        *,
        stress: str = "drop",
        foreign: str = "sister",
        single: str = "auto",
        rules: Iterable[str | Path] = (),
        **options: str,
    ) -> None:
        library = Library([rules] if isinstance(rules, str | Path) else rules)
        file = _file(library, system)
        chosen = {"stress": stress, "foreign": foreign, "single": single, **options}
        values = _values(file, chosen)
        self._file = active(file, values)
        self._classes = library.classes
        plan = Plan(
            profile=file.id,
            stages=(StagePlan(KIND, (self._file,)),),
            protect=(),
            options=tuple(sorted(values.items())),
            classes=tuple(sorted(library.classes.items())),
        )
        self._normalizer = Normalizer(plan)
        self._back: Reverse | None = None

    def __repr__(self) -> str:
        return f"<Romanizer {self._file.id!r}>"

    def __getstate__(self) -> dict[str, object]:
        # What reads backwards is made again when it is asked for.
        return {**self.__dict__, "_back": None}

    @property
    def system(self) -> System:
        """What is known about the system."""
        return _system(self._file)

    @property
    def file(self) -> RomanizationFile:
        """The rules, as frozen data."""
        return self._file

    @overload
    def __call__(self, text: str) -> str: ...
    @overload
    def __call__(self, text: None) -> None: ...

    def __call__(self, text: str | None) -> str | None:
        """The text in Latin letters; what is not Cyrillic stays; None for None.

        Raises:
            InputError: it has a foreign letter, and `foreign` is 'error'.
            TypeError: `text` is neither a str nor None.
        """
        return self._normalizer(text)

    def trace(self, text: str) -> Result:
        """The same with every edit, and the alignment to the source."""
        return self._normalizer.trace(text)

    def word(self, word: str) -> str:
        """One word; a lone capital in Title case."""
        return romanizer(self._file, self._classes).word(word)

    def forms(self, word: str) -> tuple[str, ...]:
        """The form of a word by the table, then those seen in documents."""
        return forms(self._file, self._classes, word)

    def reverse(self, text: str) -> str:
        """The Cyrillic text that gives this one; what can't come from it stays.

        Raises:
            OptionError: the system can't be reversed; the message says why.
        """
        if not isinstance(text, str):
            raise TypeError(f"expected str, not {type(text).__name__}")
        if self._file.reversible == "no":
            raise _irreversible(self)
        return self.back.run(text)

    @property
    def back(self) -> Reverse:
        """The table read backwards, for all systems."""
        if self._back is None:
            self._back = reverse_of(self._file, self._classes)
        return self._back


def systems(language: str | None = None) -> tuple[System, ...]:
    """All systems that come with the package, or those of one language."""
    if language not in (None, "uk", "ua", "ru"):
        raise UnknownNameError("language", str(language), ["uk", "ru"])
    code = "uk" if language == "ua" else language
    return tuple(s for s in _systems() if code in (None, s.language))


@lru_cache(maxsize=128)
def romanizer_of(system: str, options: tuple[tuple[str, str], ...]) -> Romanizer:
    """The romanizer of a system with these options; the last ones are kept."""
    return romanizer_with(system, dict(options))


def romanizer_with(
    system: str, options: Mapping[str, str], rules: Iterable[str | Path] = ()
) -> Romanizer:
    """As `Romanizer`, with the options as a mapping, which may come from anybody.

    Raises:
        OptionError: also where an option has the name of another argument: a path of
            rules must not come in so.
        As `Romanizer`.
    """
    for name in ("system", "rules"):
        if name in options:
            raise OptionError(f"{name!r} is no option of a system")
    return Romanizer(system, rules=rules, **options)


def _file(library: Library, name: str) -> RomanizationFile:
    """The file of a system, by its id or an alias."""
    if not isinstance(name, str):
        raise TypeError(f"expected the id of a system, not {type(name).__name__}")
    id_ = name
    known = library.ids(KIND)
    if name not in known:
        id_ = next((s.id for s in _systems() if name in s.aliases), name)
    if id_ not in known:
        aliases = [alias for s in _systems() for alias in s.aliases]
        raise UnknownNameError("romanization system", name, sorted([*known, *aliases]))
    file = library.rule_file(id_, KIND)
    library.check()
    if not isinstance(file, RomanizationFile):
        raise UnknownNameError("romanization system", name, known)
    return file


def _values(file: RomanizationFile, chosen: dict[str, str]) -> dict[str, str]:
    """The values of all options of a file."""
    options = {option.name: option for option in file.options}
    values = {name: option.default for name, option in options.items()}
    for name, value in chosen.items():
        if name not in options:
            hint = suggestion(name, options)
            raise OptionError(f"{file.id} has no option {name!r}", hint=hint)
        if value not in options[name].values:
            allowed = ", ".join(options[name].values)
            message = f"option {name!r} can't be {value!r}"
            raise OptionError(message, hint=f"allowed: {allowed}")
        values[name] = value
    return values


@cache
def _systems() -> tuple[System, ...]:
    library = Library()
    files = [library.rule_file(id_, KIND) for id_ in library.ids(KIND)]
    library.check()
    made = [_system(file) for file in files if isinstance(file, RomanizationFile)]
    mine = [system for system in made if system.language != "mul"]
    return tuple(sorted(mine, key=lambda s: (s.language != "uk", s.id)))


def _system(file: RomanizationFile) -> System:
    about = file.provenance
    own = [name for name, _, _ in SWITCHES]
    return System(
        id=file.id,
        title=file.title,
        language=file.language,
        authority=about.authority if about else "",
        year=about.year if about else "",
        status=about.status if about else "",
        confidence=about.confidence if about else "",
        source=about.source if about else "",
        aliases=about.aliases if about else (),
        reversible=file.reversible,
        collisions=file.collisions,
        alternatives=file.alternatives,
        options=tuple((o.name, o.values) for o in file.options if o.name not in own),
    )


def _irreversible(made: Romanizer) -> OptionError:
    system = made.system
    hint = "reverse_candidates (--candidates) ranks what a word may have been"
    if not system.collisions:
        return OptionError(f"{system.id} can't be reversed", hint=hint)
    first, second = system.collisions[0]
    message = (
        f"{system.id} can't be reversed: {first!r} and {second!r} are both written "
        f"{made(first)!r}"
    )
    return OptionError(message, hint=hint)
