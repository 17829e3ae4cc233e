"""Names: words with readings, decided by the words beside them.

A word may be the spelling of several names: a place, a given name, the surname of
several people. A place and a telling surname decide alone; a given name and a surname
decide together, when both can be of one person. No product of spellings is built.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import regex

from normalize.engine.forms import Case, Form, make_form, match_form
from normalize.engine.guards import Guard, make_guard
from normalize.engine.matcher import Found, Piece, Scene, preference
from normalize.engine.mentions import Mentions
from normalize.engine.readings import Foreign, Index, Lone, Part, Readings, Terms
from normalize.engine.words import ENDERS, Words

# Words that prove something, and phrases that do.
Evidence = tuple[frozenset[str], tuple[str, ...]]
_NOTHING: Evidence = (frozenset(), ())
_WORD = re.compile(r"\w+")

# How much of a word is scanned for: more gives fewer candidates that are none, and
# a larger automaton.
STEM = 5


@dataclass(frozen=True, slots=True)
class Context:
    """The compiled conditions of a rule, for one spelling."""

    guard: Guard | None
    near: regex.Pattern[str] | None
    not_near: regex.Pattern[str] | None

    def allows(self, scene: Scene, start: int, end: int) -> bool:
        """Whether the name at `start:end` may be what the rule says."""
        if self.guard is not None and not self.guard.allows(scene, start, end):
            return False
        if self.near is None and self.not_near is None:
            return True
        place = scene.paragraph(start)
        if place is None:
            return False
        body = place[1]
        if self.near is not None and not self.near.search(body):
            return False
        return self.not_near is None or not self.not_near.search(body)


@dataclass(frozen=True, eq=False)
class NameTable:
    """The matcher of all names of a stage."""

    words: Words
    index: Index
    anchors: tuple[str, ...] = ()
    foreign: Foreign | None = None
    _contexts: dict[tuple[int, str], Context] = field(default_factory=dict)
    _forms: dict[str, Form] = field(default_factory=dict)
    _evidence: dict[str, Evidence] = field(default_factory=dict)
    _mentions: Mentions = field(init=False)

    def __post_init__(self) -> None:
        index = self.index
        mentions = Mentions(self.words, index.before, index.behind, index.joining)
        object.__setattr__(self, "_mentions", mentions)
        for kind, found in index.evidence.items():
            single = frozenset(word for word in found if _WORD.fullmatch(word))
            self._evidence[kind] = single, tuple(w for w in found if w not in single)

    def find(self, scene: Scene, start: int) -> Sequence[Found]:
        """All names at `start`, best first."""
        text = scene.text
        if start and text[start - 1] != " " and not self.words.begins(text, start):
            return ()
        plain = self.words.plain.match(text, start)
        end = plain.end() if plain is not None else start
        # The common case of `Words.at`, written out: this runs for every candidate.
        if plain is not None and text[end : end + 1] in ENDERS:
            word = plain[0]
        else:
            word = self.words.at(text, start)
            end = start + len(word)
        readings = self._readings(word)
        if readings is None:
            return ()
        lone, given, surnames = readings
        found: list[Found] = []
        for reading in lone:
            self._find_lone(scene, start, word, reading, found)
        if given:
            self._find_person(scene, start, given, found)
            if not found:
                self._find_stranger(scene, start, word, found)
        if surnames:
            self._find_turned(scene, start, surnames, found)
        if found and self._is_foreign(scene, start):
            return ()
        if len(found) > 1:
            found.sort(key=preference)
        return found

    def _is_foreign(self, scene: Scene, start: int) -> bool:
        """Whether the paragraph is in a language that has its own spellings.

        Only paragraphs with a frequent word of such a language are looked at.
        """
        if self.foreign is None:
            return False
        cues = scene.memo.get((self, "cues"))
        if cues is None:
            cues = [at for _, at, _ in self.foreign.scanner.hits(scene.text)]
            scene.memo[self, "cues"] = cues
        place = scene.paragraph(start) if cues else None
        if place is None:
            return False
        first, body = place
        i = bisect_left(cues, first)
        if i == len(cues) or cues[i] >= first + len(body):
            return False
        told = scene.memo.get((self, "language", first))
        if told is None:
            told = scene.memo[self, "language", first] = self.foreign.holds(body)
        return bool(told)

    def _proved(self, scene: Scene, start: int, needs: str, lacks: str) -> bool:
        """Whether the paragraph holds one kind of evidence, and not the other."""
        place = scene.paragraph(start)
        if place is None:
            return False
        return self._holds(scene, place, needs) and not (
            lacks and self._holds(scene, place, lacks)
        )

    def _holds(self, scene: Scene, place: tuple[int, str], kind: str) -> bool:
        key = self, place[0], kind
        told = scene.memo.get(key)
        if told is None:
            start, body = place
            words = scene.memo.get((self, start))
            if words is None:
                words = scene.memo[self, start] = set(_WORD.findall(body))
            single, phrases = self._evidence.get(kind, _NOTHING)
            told = not single.isdisjoint(words) or any(p in body for p in phrases)
            scene.memo[key] = told
        return bool(told)

    def _readings(self, word: str) -> Readings | None:
        readings = self.index.readings.get(word)
        if readings is None and len(word) > 1 and word.isupper():
            readings = self.index.readings.get(word.capitalize())
        return readings

    def _find_lone(
        self, scene: Scene, start: int, word: str, reading: Lone, found: list[Found]
    ) -> None:
        spelling, output, rank, needs, lacks = reading
        pieces: tuple[Piece, ...]
        if word == spelling:
            end = start + len(word)
            pieces = () if word == output else ((start, end, output, rank),)
        elif word == spelling.upper():
            end = start + len(word)
            pieces = ((start, end, output.upper(), rank),)
        else:
            # Most readings under a first word are names of several words.
            behind = scene.text[start + len(word) : start + len(word) + 1]
            if " " in spelling and not (behind.isspace() or behind == "-"):
                return
            hit = self._match(scene.text, start, spelling, output)
            if hit is None:
                return
            end = hit[0]
            pieces = tuple((*change, rank) for change in hit[1])
        if not pieces:
            found.append((end, rank, ()))
            return
        if self._of_another(scene.text, start):
            return
        if self._mentions.hold(scene.text, start, end, output):
            return
        if not self._allows(scene, start, end, rank, spelling):
            return
        if needs and not self._proved(scene, start, needs, lacks):
            if scene.notes is not None:
                message = f"{spelling!r} may be {output!r}, but nothing near says so"
                scene.notes.append(("ambiguous_name", start, end, message, rank))
            return
        found.append((end, rank, pieces))

    def _find_person(
        self, scene: Scene, start: int, given: Iterable[Part], found: list[Found]
    ) -> None:
        """Given name and surname."""
        text = scene.text
        places: dict[int, int] = {}  # where the surname begins, by where the given ends
        for spelling, number in given:
            end = self._end(text, start, spelling)
            if end < 0:
                continue
            if end not in places:
                places[end] = self._next(text, end)
            at = places[end]
            readings = self._readings(self.words.at(text, at)) if at > 0 else None
            for surname, person in readings[2] if readings is not None else ():
                if self.index.people[person][0] == number:
                    self._add_person(scene, start, spelling, at, surname, person, found)

    def _add_person(
        self,
        scene: Scene,
        start: int,
        spelling: str,
        at: int,
        surname: str,
        person: int,
        found: list[Found],
    ) -> None:
        number, written, rank = self.index.people[person]
        output, text = self.index.given[number], scene.text
        first = self._match(text, start, spelling, output, last=False)
        second = self._match(text, at, surname, written)
        if first is None or second is None:
            return
        end = second[0]
        changes = (*first[1], *second[1])
        if changes and (
            self._mentions.hold(text, start, end, f"{output} {written}")
            or not self._allows(scene, start, end, rank, "")
        ):
            return
        found.append((end, rank, tuple((*change, rank) for change in changes)))

    def _end(self, text: str, start: int, spelling: str) -> int:
        """Where a spelling at `start` ends; -1 when it is not there."""
        end = start + len(spelling)
        if text.startswith(spelling, start):
            return end
        if " " not in spelling and "'" not in spelling:
            return end if text[start:end] == spelling.upper() else -1
        hit = self._match(text, start, spelling, spelling, last=False)
        return hit[0] if hit is not None else -1

    def _find_stranger(
        self, scene: Scene, start: int, word: str, found: list[Found]
    ) -> None:
        """A given name that only one language has, and a surname nobody knows."""
        told = self.index.telling.get(word)
        if told is None and word.isupper():
            told = self.index.telling.get(word.capitalize())
        if told is None:
            return
        text = scene.text
        at = self._next(text, start + len(word))
        surname = self.words.at(text, at) if at > 0 else ""
        if len(surname) < 5 or not surname[0].isupper():
            return
        caps = surname.isupper() and word.isupper()
        small = surname.lower()
        fitting = (pair for pair in self.index.endings if small.endswith(pair[0]))
        ending, becomes = next(fitting, ("", ""))
        if not ending:
            return
        output, rank = told
        end = at + len(surname)
        if not self.words.ends(text, end):
            return
        after = surname[: -len(ending)] + (becomes.upper() if caps else becomes)
        given = output.upper() if caps else output
        pieces = []
        if given != word:
            pieces.append((start, start + len(word), given, rank))
        if after != surname:
            pieces.append((at, end, after, rank))
        found.append((end, rank, tuple(pieces)))

    def _find_turned(
        self, scene: Scene, start: int, surnames: Iterable[Part], found: list[Found]
    ) -> None:
        """Surname before the given name, or behind an initial."""
        text = scene.text
        initial = self._initial(text, start)
        for spelling, person in surnames:
            number, written, rank = self.index.people[person]
            hit = self._match(text, start, spelling, written)
            if hit is None:
                continue
            end, changes = hit
            if text[end : end + 2] == ", ":
                given = self._given_at(text, end + 2, number)
                if given is not None:
                    end, more = given
                    changes = [*changes, *more]
                    pieces = tuple((*change, rank) for change in changes)
                    if self._allows(scene, start, end, rank, ""):
                        found.append((end, rank, pieces))
                    continue
            fits = initial and initial in self.index.initials[number]
            if fits and self._allows(scene, start, end, rank, ""):
                pieces = tuple((*change, rank) for change in changes)
                found.append((end, rank, pieces))

    def _given_at(
        self, text: str, at: int, number: int
    ) -> tuple[int, list[tuple[int, int, str]]] | None:
        """The given name behind "Surname, ", if nothing else follows it."""
        readings = self._readings(self.words.at(text, at))
        for spelling, other in readings[1] if readings is not None else ():
            if other != number:
                continue
            hit = self._match(text, at, spelling, self.index.given[number])
            # "Zelensky, Vladimir Putin and ..." is a list of people.
            if hit is not None and not text[hit[0] + 1 : hit[0] + 2].isupper():
                return hit
        return None

    def _match(
        self, text: str, start: int, spelling: str, output: str, *, last: bool = True
    ) -> tuple[int, list[tuple[int, int, str]]] | None:
        """Where a spelling at `start` ends and what it changes."""
        if text.startswith(spelling, start) and " " not in spelling:
            end = start + len(spelling)
            if last and not self.words.ends(text, end):
                return None
            return end, [] if spelling == output else [(start, end, output)]
        form = self._forms.get(spelling)
        if form is None:
            form = self._forms[spelling] = make_form(self.words, spelling, "")
        hit = match_form(self.words, text, start, Form(form.chunks, output), Case.TITLE)
        if hit is None or (last and not self.words.ends(text, hit[0])):
            return None
        return hit

    def _next(self, text: str, end: int) -> int:
        """Where the word behind the gap at `end` begins; -1 when there is none."""
        if text[end : end + 1] == " " and text[end + 1 : end + 2].isalpha():
            return end + 1
        gap = self.words.gap.match(text, end)
        at = gap.end() if gap is not None else end
        return at if end < at < len(text) else -1

    def _initial(self, text: str, start: int) -> str:
        """The initial right before `start`, as in "V. Zelensky"; '' without one."""
        if start < 3 or text[start - 2] != "." or not text[start - 1].isspace():
            return ""
        letter = text[start - 3]
        alone = letter.isupper() and self.words.begins(text, start - 3)
        return letter if alone else ""

    def _of_another(self, text: str, start: int) -> bool:
        """Whether a first name precedes, so that the name is somebody else's."""
        if start < 2 or text[start - 1] != " ":
            return False
        before = text.rfind(" ", max(0, start - 24), start - 1) + 1
        word = text[before : start - 1]
        return word in self.index.first_names

    def _allows(
        self, scene: Scene, start: int, end: int, rank: int, spelling: str
    ) -> bool:
        terms = self.index.terms.get(rank)
        if terms is None:
            return True
        key = rank, spelling
        context = self._contexts.get(key)
        if context is None:
            context = self._contexts[key] = self._context(terms, spelling)
        return context.allows(scene, start, end)

    def _context(self, terms: Terms, spelling: str) -> Context:
        guard = make_guard(
            self.words,
            terms.preceded_by,
            terms.followed_by,
            terms.unless,
            spelling=spelling or None,
            languages=terms.languages,
        )
        return Context(
            guard,
            _any_of(self.words, terms.near),
            _any_of(self.words, terms.not_near),
        )


def _any_of(words: Words, phrases: Sequence[str]) -> regex.Pattern[str] | None:
    if not phrases:
        return None
    sources = "|".join(f"(?:{words.phrase(phrase)})" for phrase in phrases)
    return regex.compile(f"{words.left}(?:{sources}){words.right}")
