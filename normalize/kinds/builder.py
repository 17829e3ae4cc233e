"""From rules to matchers: what the rules of one stage compile to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Protocol, TypeVar

from normalize.engine.forms import Case, Form, make_form
from normalize.engine.guards import Guard, make_guard
from normalize.engine.literals import Entry, Simple, WordTable
from normalize.engine.marks import MarkTable
from normalize.engine.matcher import BlockRule, Matcher, Shield
from normalize.engine.pivots import Pivots
from normalize.engine.protection import Protector
from normalize.engine.scope import Scoped
from normalize.engine.stage import ScanStage
from normalize.engine.vetoes import Item
from normalize.engine.words import Words
from normalize.spans import RuleRef

Kept = TypeVar("Kept")
# Gives what is kept under a key, or makes it and keeps it.
Keep = Callable[[bytes, Callable[[], Any]], Any]
# What it is asked for: the key, and what makes it.
Job = tuple[bytes, Callable[[], Any]]

# preceded_by, followed_by, unless.
GuardItems = tuple[Sequence[Item], Sequence[Item], Sequence[Item]]


class Common:
    """What several stages come to in the same way: made once, by who comes first."""

    def __init__(self) -> None:
        self._made: dict[Hashable, list[tuple[Any, Any]]] = {}

    def apart(self, name: str, files: Sequence[Any], make: Callable[[], Kept]) -> Kept:
        """What `make` makes of these files alone, where it is kept by itself."""
        del name, files
        return make()

    def once(self, name: Hashable, about: Any, make: Callable[[], Kept]) -> Kept:
        """What `make` gives, or gave when it was asked for by something equal.

        `about` is all that goes into it, `name` what is quickly told apart.
        """
        known = self._made.setdefault(name, [])
        for other, made in known:
            if other == about:
                found: Kept = made
                return found
        new = make()
        known.append((about, new))
        return new


class Pool(Protocol):
    """Rules that are compiled together, when all of a stage are there.

    `ahead` gives what `pivots` will ask `keep` for: it can be made before.
    """

    def ahead(self, words: Words) -> Iterable[Job]: ...

    def pivots(
        self, words: Words, keep: Keep | None, common: Common
    ) -> Iterable[Pivots]: ...


class Builder:
    """Collects what the rules of a stage compile to.

    Between `scope` calls all that is added acts in paragraphs of some languages only.
    """

    def __init__(
        self,
        words: Words,
        tell: Callable[[str], str] | None = None,
        keep: Keep | None = None,
        common: Common | None = None,
    ) -> None:
        self.words = words
        self.keep = keep
        self.common = Common() if common is None else common
        self.tell = tell  # the language of a paragraph
        self._languages: frozenset[str] = frozenset()
        self.rules: dict[int, RuleRef] = {}  # by rank
        # The rule that is added now if it is the user's own: its patterns get a limit.
        self.own: RuleRef | None = None
        self.owned: dict[int, RuleRef] = {}  # all such rules, by rank
        self.files: Sequence[Any] = ()  # all files of the stage
        # For a kind that is compiled as a whole: its files and those that go with them,
        # each with the rank of its first rule and the languages it acts in.
        self.together: Sequence[tuple[Any, int, tuple[str, ...]]] = ()
        self.entries: list[Entry] = []
        # Rules of kinds that are compiled together when all are in: names with rank
        # and languages, habits with the id of their file.
        self.names: list[tuple[Any, int, frozenset[str]]] = []
        self.habits: list[tuple[str, Any]] = []
        self.decisions: list[Any] = []
        self.styles: list[Any] = []
        # Whether other names may join later, and what they need to know then.
        self.open = False
        self.ledger: Any = None
        # What compiling noticed that is no error: place, what is wrong, how to mend it.
        self.doubts: list[tuple[str, str, str]] = []
        self.marks: list[Entry] = []
        self.bounded_marks: list[Entry] = []
        self.matchers: list[Matcher] = []
        self.checks: list[Matcher] = []  # they change nothing, and only tell
        self._scopable = (self.matchers, self.checks)
        self._scoped = [0, 0]  # so many of each have got their scope
        self.pools: dict[str, Pool] = {}
        self.shields: list[Shield] = []
        self.blocks: list[BlockRule] = []

    def guard(
        self, conditions: GuardItems, spelling: str | None = None
    ) -> Guard | None:
        languages = self.languages
        return make_guard(
            self.words,
            *conditions,
            spelling=spelling,
            languages=languages,
            own=self.own,
        )

    def scope(self, languages: Iterable[str] = ()) -> None:
        """What is added from now on acts in these languages only (none: in any)."""
        if self._languages:
            for found, done in zip(self._scopable, self._scoped, strict=True):
                found[done:] = [Scoped(m, self._languages) for m in found[done:]]
        self._scoped = [len(found) for found in self._scopable]
        self._languages = frozenset(languages)

    @property
    def languages(self) -> frozenset[str]:
        """The languages of what is added now (none: any)."""
        return self._languages

    def last(self, wanted: type[Kept]) -> Kept | None:
        """The matcher added last, if it is of this class and in the same scope."""
        found = self.matchers[-1] if len(self.matchers) > self._scoped[0] else None
        return found if isinstance(found, wanted) else None

    def variant(
        self,
        spelling: str,
        output: str,
        case: Case,
        conditions: GuardItems,
        rank: int,
    ) -> None:
        """Add a literal that keeps word boundaries."""
        guard = self.guard(conditions, spelling)
        if spelling.isspace():
            entry = Entry(Form((spelling,), output), Case.EXACT, guard, rank)
            self.marks.append(entry)
            return
        form = make_form(self.words, spelling, output)
        entry = Entry(form, case, guard, rank)
        (self.entries if self.words.at(form.first, 0) else self.bounded_marks).append(
            entry
        )

    def stage(self, name: str, protector: Protector) -> ScanStage:
        """The stage of all that was added."""
        self.scope()
        made = list(self.matchers)
        if self.bounded_marks:
            made.append(MarkTable(self.words, self.bounded_marks, boundary=True))
        lone = self._lone_marks({a[0] for matcher in made for a in matcher.anchors})
        others = [entry for entry in self.marks if entry.form.first not in lone]
        if others:
            made.append(MarkTable(self.words, others, boundary=False))
        beside = [anchor for matcher in made for anchor in matcher.anchors]
        table = WordTable(self.words, self.entries, beside)
        simple = {**table.simple, **lone}
        matchers = [*made, table]
        pools = self.pools.values()
        pivots = [
            found
            for pool in pools
            for found in pool.pivots(self.words, self.keep, self.common)
        ]
        return ScanStage(
            name,
            self.words,
            matchers,
            simple,
            protector,
            self.rules,
            pivots,
            self.tell,
            self.checks,
        )

    def _lone_marks(self, firsts: set[str]) -> dict[str, Simple]:
        """The single characters with which no other variant of the stage begins."""
        firsts = firsts | {entry.form.first[0] for entry in self.entries}
        counts = Counter(entry.form.first[0] for entry in self.marks)
        return {
            mark: (entry.form.output, entry.rank, entry.guard, False)
            for entry in self.marks
            if len(mark := entry.form.first) == 1
            and counts[mark] == 1
            and mark not in firsts
            and mark not in "\r\n"
            and mark != entry.form.output
        }
