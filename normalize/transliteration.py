"""Cyrillic text in Latin letters by a named system, and back.

>>> from normalize import transliterate
>>> transliterate("Згурський, Юрій", "uk-kmu-2010")
'Zghurskyi, Yurii'
>>> transliterate("Hmelʹnicʹkij", "uk-iso-9-1995", reverse=True)
'Хмельницький'
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple, overload

from normalize.engine.reverse import Reverse, composed, in_case
from normalize.errors import OptionError, UnknownNameError, suggestion
from normalize.kinds.lexicon import LexiconFile
from normalize.kinds.romanization.model import SWITCHES, RomanizationFile
from normalize.kinds.romanization.reversing import reverse_of
from normalize.kinds.romanization.variants import forms, romanizer
from normalize.library import Library
from normalize.normalizer import Normalizer
from normalize.profile import Plan, StagePlan, active
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


class Candidate(NamedTuple):
    """A Cyrillic word that a Latin one may stand for.

    `known` says that it is in the lexicon of the language; `cost` is 0 for the
    likeliest reading of the letters and grows.
    """

    text: str
    known: bool
    cost: int


class Identified(NamedTuple):
    """A system that gives a Latin form, and of what; `exact` by its main table."""

    system: str
    text: str
    exact: bool


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
        if self._file.reversible == "no":
            raise _irreversible(self)
        return self.back.run(text)

    @property
    def back(self) -> Reverse:
        """The table read backwards, for all systems."""
        if self._back is None:
            self._back = reverse_of(self._file, self._classes)
        return self._back


def transliterate(
    text: str, system: str, *, reverse: bool = False, **options: str
) -> str:
    """The text in the letters of a system; with `reverse`, back in Cyrillic.

    The options are those of `Romanizer`.

    Raises:
        UnknownNameError: there is no such system.
        OptionError: no such option or value, or `reverse` of a system that has none.
        InputError: a foreign letter, and `foreign` is 'error'.
    """
    made = _romanizer(system, tuple(sorted(options.items())))
    return made.reverse(text) if reverse else made(text)


def systems(language: str | None = None) -> tuple[System, ...]:
    """All systems that come with the package, or those of one language."""
    if language not in (None, "uk", "ua", "ru"):
        raise UnknownNameError("language", str(language), ["uk", "ru"])
    code = "uk" if language == "ua" else language
    return tuple(s for s in _systems() if code in (None, s.language))


def reverse_candidates(
    word: str, system: str, *, most: int = 10, words: tuple[str, ...] | None = None
) -> tuple[Candidate, ...]:
    """What a Latin word may have been in Cyrillic, the likeliest first.

    Known words come first, in their order: `words`, or those of the lexicons of the
    language; then readings by the letters alone. All of them give the word by the
    system's table.

    Raises:
        UnknownNameError: there is no such system.
    """
    made = _romanizer(system, ())
    plain = composed(word)
    low = plain.lower()
    lexicon = _lexicon(made.system.id) if words is None else _by_form(made, words)
    known = lexicon.get(low, ())
    found = [Candidate(_like(text, plain), True, 0) for text in known]
    seen = {candidate.text.lower() for candidate in found}
    for cost, reading in made.back.ranked(low, most + len(found)):
        text = in_case(reading, plain)
        if text.lower() not in seen:
            found.append(Candidate(text, False, cost))
    return tuple(found[:most])


def identify(
    latin: str, cyrillic: str | None = None, *, language: str | None = None
) -> tuple[Identified, ...]:
    """The systems that give a Latin form: of this Cyrillic one, or of any.

    Without a Cyrillic form, the likeliest one is told for each system that could
    have made the Latin one. Case does not count.
    """
    found = []
    for system in systems(language):
        made = _romanizer(system.id, ())
        if cyrillic is None:
            readings = [_first_reading(made, word) for word in latin.split()]
            if readings and all(readings):
                found.append(Identified(system.id, " ".join(readings), True))
            continue
        if made(cyrillic).lower() == latin.lower():
            found.append(Identified(system.id, cyrillic, True))
        elif latin.lower() in _all_forms(made, cyrillic):
            found.append(Identified(system.id, cyrillic, False))
    return tuple(found)


def _all_forms(made: Romanizer, cyrillic: str) -> set[str]:
    """All forms of a name, each word in every form of its own."""
    words = [[form.lower() for form in made.forms(word)] for word in cyrillic.split()]
    found = {""}
    for choices in words:
        found = {f"{head} {form}".lstrip() for head in found for form in choices}
        if len(found) > 4096:
            break
    return found


def _first_reading(made: Romanizer, word: str) -> str:
    plain = composed(word)
    reading = next(made.back.readings(plain.lower()), None)
    return "" if reading is None else in_case(reading, plain)


def _like(word: str, latin: str) -> str:
    """A word of the lexicon in the case of the Latin word."""
    if len(latin) > 1 and latin.isupper():
        return word.upper()
    return word[0].upper() + word[1:] if latin[:1].isupper() else word.lower()


@lru_cache(maxsize=128)
def _romanizer(system: str, options: tuple[tuple[str, str], ...]) -> Romanizer:
    return Romanizer(system, **dict(options))


def _file(library: Library, name: str) -> RomanizationFile:
    """The file of a system, by its id or an alias."""
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


@lru_cache(maxsize=8)
def _lexicon(system: str) -> dict[str, tuple[str, ...]]:
    """The words of the language's lexicons by their form in a system."""
    made = _romanizer(system, ())
    library = Library()
    files = [library.rule_file(id_, "lexicon") for id_ in library.ids("lexicon")]
    library.check()
    words = [
        word
        for file in files
        if isinstance(file, LexiconFile) and made.system.language in file.lang
        for word in file.words
    ]
    return _by_form(made, words)


def _by_form(made: Romanizer, words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for word in words:
        form = made(word).lower()
        found[form] = (*found.get(form, ()), word)
    return found


def _irreversible(made: Romanizer) -> OptionError:
    system = made.system
    hint = "normalize.reverse_candidates ranks what a word may have been"
    if not system.collisions:
        return OptionError(f"{system.id} can't be reversed", hint=hint)
    first, second = system.collisions[0]
    message = (
        f"{system.id} can't be reversed: {first!r} and {second!r} are both written "
        f"{made(first)!r}"
    )
    return OptionError(message, hint=hint)
