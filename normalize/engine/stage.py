"""A stage: candidates in one scan, the best match at each, edits.

Semantics: from left to right; at a place the longest match wins, then the
earlier file, then the earlier rule; a match that touches a protected span is
no match; nothing sees the output of another rule of the stage.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from copy import copy
from functools import partial
from operator import itemgetter, length_hint
from types import MappingProxyType
from typing import Any, Protocol

from normalize.engine.automata import Hit
from normalize.engine.checks import Checks
from normalize.engine.finders import finder_of
from normalize.engine.foretold import Foretold
from normalize.engine.joint import Joint, Later, asides_of
from normalize.engine.limits import TooSlow
from normalize.engine.literals import Simple
from normalize.engine.locator import DENSE, Locator, Ready
from normalize.engine.matcher import (
    Aside,
    Matcher,
    Note,
    Piece,
    Scattered,
    Scene,
)
from normalize.engine.narrow import LONG, Facts, Narrow, narrowed
from normalize.engine.pivot_table import PivotTable
from normalize.engine.pivots import Pivots
from normalize.engine.protection import Protector, Shelter
from normalize.engine.scan import FEW, Scanner
from normalize.engine.settling import doubtful, retold, settled
from normalize.engine.tiles import Tiles
from normalize.engine.wide import wide_for
from normalize.engine.words import ENDERS, Words
from normalize.spans import RuleRef, splice

StageEdit = Piece
# With fewer candidates than one in so many code points, protected spans are looked
# for in the paragraphs of matches only: looking around one match costs about as much
# as looking through so much text.
SPARSE = 3000

_UNASKED: Aside = MappingProxyType({})  # nothing was looked for beside the anchors
Teller = Callable[[str], str]  # the language of a paragraph


class Stage(Protocol):
    """One pass over a text: the edits it makes, and the text that comes of them.

    `run` gives the text that splicing the edits of `find` gives; a stage where
    nearly every word changes may know a shorter way to it.
    """

    name: str
    rules: Mapping[int, RuleRef]  # by rank, as edits name them
    scanner: Scanner
    protector: Protector
    leaves_ascii: bool  # whether a text of ASCII only comes out as it is
    by_anchors: bool  # whether a text with none of the scanner's comes out as it is

    def run(self, text: str) -> str: ...

    def find(
        self,
        text: str,
        notes: list[Note] | None = None,
        facts: Facts | None = None,
    ) -> list[StageEdit]: ...

    def find_with_notes(
        self, text: str, facts: Facts | None = None
    ) -> tuple[list[StageEdit], list[Note]]: ...

    def told(self, tell: Teller | None) -> Stage: ...


class ScanStage:
    """The compiled matchers of one stage, ready to find edits."""

    def __init__(
        self,
        name: str,
        words: Words,
        matchers: Sequence[Matcher],
        simple: Mapping[str, Simple],
        protector: Protector,
        rules: Mapping[int, RuleRef],
        pivots: Sequence[Pivots] = (),
        tell: Teller | None = None,
        checks: Sequence[Matcher] = (),
    ) -> None:
        self.name = name
        self._tell = tell  # the language of a paragraph
        self.rules = rules
        self.protector = protector
        self._words = words
        self.matchers = tuple(matchers)
        self._pivots = PivotTable(pivots) if pivots else None
        self._checks = Checks(checks)
        self._scan(simple)

    def _scan(self, simple: Mapping[str, Simple]) -> None:
        """Make what finds the anchors of the matchers."""
        table = self._pivots
        begun = [a for m in self.matchers for a in m.anchors]
        begun += [a for p in (table.pivots if table else ()) for a in p.anchors]
        self.scanner = Scanner(begun, simple)
        self.leaves_ascii = not self.scanner.has_ascii
        self.by_anchors = True
        owners = self._owners = self.scanner.dispatch(self.matchers)
        self._locator = Locator.of(table, self.scanner, owners) if table else None
        self._joint: Joint | None = None  # made when needed
        self._later: Joint | None = None
        # By anchor number less the number of finders.
        self._simple = [simple[word] for word in self.scanner.whole]
        self._ask()

    def _ask(self) -> None:
        """Make the functions that are called for each anchor, by its number."""
        self._wide = wide_for(self.matchers, self._words.apostrophes)
        self._foretold: Foretold | None = None  # made when needed
        made = {mine: finder_of(mine) for mine in set(self._owners)}
        self._finders = [made[mine] for mine in self._owners]

    def __getstate__(self) -> dict[str, Any]:
        made = ("_finders", "_joint", "_later", "_wide", "_foretold")
        return {**self.__dict__, **dict.fromkeys(made)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._ask()

    def told(self, tell: Teller | None) -> ScanStage:
        """The same stage where the language of a paragraph is told by `tell`."""
        made = copy(self)
        made._tell = tell  # noqa: SLF001 - its own
        return made

    def with_matcher(
        self, old: Matcher, new: Matcher, rules: Mapping[int, RuleRef]
    ) -> ScanStage:
        """The stage with another matcher in the place of one that it has."""
        made: ScanStage = object.__new__(ScanStage)
        made.__dict__.update(self.__dict__)
        made.rules = rules
        made.matchers = tuple(new if m is old else m for m in self.matchers)
        simple = dict(zip(self.scanner.whole, self._simple, strict=True))
        made._scan(simple)
        return made

    def run(self, text: str) -> str:
        """The text with the edits put in."""
        edits = self.find(text)
        return splice(text, edits) if edits else text

    def find_with_notes(
        self, text: str, facts: Facts | None = None
    ) -> tuple[list[StageEdit], list[Note]]:
        """The edits, and what was seen and left where nothing changes anyway."""
        seen: list[Note] = []
        if self.leaves_ascii and not self._checks.in_ascii and text.isascii():
            return [], seen
        scene = Scene(text, seen, self._tell)
        hits, scene.aside = self._hits(text, facts)
        edits = self._found(scene, hits) if hits else []
        again = Scene(text, seen, self._tell)  # as it is, whatever was told of it
        again.aside = scene.aside
        self._checks.look(again, facts)
        return edits, self._kept(again, seen, edits) if seen else seen

    def _kept(
        self, scene: Scene, seen: list[Note], edits: list[StageEdit]
    ) -> list[Note]:
        """The notes outside of edits and protected spans, each once, in order.

        What a rule notes of its own edit stays: its span and rank are the edit's.
        What several rules say of one place in the same words is said by the first.
        """
        own = {(start, end, rank) for start, end, _, rank in edits}
        taken = [(start, end) for start, end, _, _ in edits if start < end]
        taken += self.protector.spans(scene)
        taken.sort()
        starts = [start for start, _ in taken]
        kept: list[Note] = []
        for note in sorted(set(seen), key=itemgetter(1, 2, 0, 3, 4)):
            _, start, end, _, rank = note
            if kept and kept[-1][:4] == note[:4]:
                continue
            i = bisect_left(starts, end)
            if i == 0 or taken[i - 1][1] <= start or (start, end, rank) in own:
                kept.append(note)
        return kept

    def find(
        self,
        text: str,
        notes: list[Note] | None = None,
        facts: Facts | None = None,
    ) -> list[StageEdit]:
        """The edits of this stage in `text`: ordered, disjoint.

        `facts` are those of the text, where some are known.

        Raises:
            PatternTimeout: a pattern of the user's own takes too long.
        """
        if facts is None and len(text) < LONG:  # most calls
            hits, aside = self.scanner.hits(text), _UNASKED
        else:
            hits, aside = self._hits(text, facts)
        if not hits:
            return []
        scene = Scene(text, notes, self._tell)
        scene.aside = aside
        return self._found(scene, hits)

    def _found(self, scene: Scene, hits: list[Hit]) -> list[StageEdit]:
        """The edits at these hits, settled."""
        edits, ready = self._among(scene, hits)
        if ready and edits:
            edits = retold(scene, edits, ready, self._look)
            asked = doubtful(scene, edits, ready)
            if asked:
                return settled(scene, edits, asked, self._look)
        return edits

    def _look(self, scene: Scene) -> list[StageEdit]:
        """The edits of one look at the text of a scene."""
        hits, scene.aside = self._hits(scene.text, None)
        return self._among(scene, hits)[0] if hits else []

    def _hits(self, text: str, facts: Facts | None) -> tuple[list[Hit], Aside]:
        """The hits of the anchors, and what else was looked for with them."""
        found = facts.found if facts is not None else None
        if found is not None and (known := found.get(self.scanner)) is not None:
            return known, found
        narrow = None
        if len(text) >= LONG and self.scanner.by_byte:
            narrow = facts.narrow() if facts is not None else narrowed(text)
        if narrow is not None:
            return self._all_hits(text, narrow)
        return self.scanner.hits(text, facts.odd if facts is not None else None), {}

    def _among(
        self, scene: Scene, hits: list[Hit]
    ) -> tuple[list[StageEdit], Collection[int]]:
        """The edits at these hits, and where what was found by pivots begins."""
        text = scene.text
        scene.hits = hits
        scene.dense = len(hits) * DENSE > len(text) >= LONG
        try:
            if scene.dense and self._wide is not None:
                shelter = Shelter(self.protector, scene, many=True)
                scene.shelter = shelter
                some, told = self._foreteller().sifted(scene, hits)
                part = partial(self._part, shelter)
                return Tiles(scene, some, shelter, part, self._wide, told).found()
            edits, ready, _ = self._part(None, scene, hits, 0)
            return edits, frozenset(ready)
        finally:
            # Each knows the other: all of it would wait for the garbage collector.
            scene.shelter = None

    def _foreteller(self) -> Foretold:
        """What dense texts ask; threads that make it at once make the same."""
        made = self._foretold
        if made is None:
            around = self._locator.parts if self._locator else bytes(len(self._owners))
            made = self._foretold = Foretold(self.scanner.begun, self._owners, around)
        return made

    def _part(
        self,
        shelter: Shelter | None,
        scene: Scene,
        hits: list[Hit],
        position: int,
        bounds: tuple[int, int] | None = None,
    ) -> tuple[list[StageEdit], Sequence[int], int]:
        """The edits of matches that begin behind `position`, within some bounds.

        With them, where what was found by pivots begins, and where the last match ends.
        """
        ready: Ready = {}
        if self._locator is not None:
            hits, ready = self._locator.located(scene, hits, self._finders)
        if bounds is not None:
            low, high = bounds
            hits = [hit for hit in hits if low <= hit[1] < high]
        if shelter is None:
            many = len(hits) * SPARSE > len(scene.text)
            shelter = Shelter(self.protector, scene, many=many)
        scene.shelter = shelter
        left = iter(hits)
        try:
            edits, position = self._edits(scene, left, ready, position, shelter)
        except TooSlow as slow:
            # The hit that was taken last: the loop keeps no count for it.
            last = len(hits) - length_hint(left) - 1
            raise slow.at(hits[last][1]) from None
        low, high = bounds or (0, len(scene.text))
        return edits, [start for start in ready if low <= start < high], position

    def _all_hits(self, text: str, narrow: Narrow) -> tuple[list[Hit], Aside]:
        """The hits of a long text, and those of whatever else looks through it."""
        if self._joint is None:
            others = [self.protector.scanner, *asides_of(self.matchers)]
            # What finds little asks little of the rest of the text.
            busy = self.scanner.size > FEW
            self._joint = Joint(self.scanner, others if busy else ())
            self._later = None if busy else Joint(others[0], others[1:])
        hits, aside = self._joint.hits(text, narrow)
        later = self._later
        return hits, aside if later is None else Later(later, text, narrow)

    def _edits(  # noqa: PLR0912 - the hot loop
        self,
        scene: Scene,
        hits: Iterator[Hit],
        ready: Ready,
        position: int,
        shelter: Shelter,
    ) -> tuple[list[StageEdit], int]:
        """The hot loop: of all that stands at each hit the best.

        With where the last match ends.
        """
        text = scene.text
        words, finders, simple = self._words, self._finders, self._simple
        first_simple = len(finders)
        edits: list[StageEdit] = []
        free_to = 0  # nothing is protected from the last question up to here
        for number, start, end in hits:
            if start < position:
                continue
            if number >= first_simple:
                after, rank, guard, is_word = simple[number - first_simple]
                if is_word:
                    # Most often it has a space at both sides.
                    alone = (
                        text[end : end + 1] in ENDERS or words.ends(text, end)
                    ) and (text[start - 1 : start] == " " or words.begins(text, start))
                else:
                    # Blank lines belong to no paragraph and are never touched.
                    alone = not (text[start].isspace() and scene.in_break(start))
                if not alone:
                    continue
                if guard is not None and not guard.allows(scene, start, end):
                    continue
                if start >= free_to:
                    free_to = shelter.free_to(start)
                if end <= free_to:
                    position = end
                    edits.append((start, end, after, rank))
                continue
            found = ready[start] if number < 0 else finders[number](scene, start)
            if not found:
                continue
            if type(found[0]) is Scattered:
                edits += _free(found[0].pieces, position, shelter)
                position = found[0].end
                continue
            if start >= free_to:
                free_to = shelter.free_to(start)
            for stop, _, pieces in found:
                if stop <= free_to:
                    position = stop
                    edits += pieces
                    break
        return edits, position


def _free(pieces: Sequence[Piece], position: int, shelter: Shelter) -> Sequence[Piece]:
    """The pieces from `position` on that lie in no protected span."""
    if len(pieces) == 1:  # which most have
        start, end, *_ = pieces[0]
        free = position <= start and end <= shelter.free_to(start)
        return pieces if free else ()
    return [
        piece
        for piece in pieces
        if position <= piece[0] and piece[1] <= shelter.free_to(piece[0])
    ]
