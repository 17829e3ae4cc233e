"""Patterns: a regular expression tried at a candidate, inside its paragraph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import regex

from normalize.engine.analysis import (
    beginnings,
    emit,
    expansion,
    greedy,
    stays_in_line,
    width,
)
from normalize.engine.anchors import no_anchor, split_at_anchor
from normalize.engine.beside import Before, after, before, last
from normalize.engine.guards import Guard
from normalize.engine.limits import limited
from normalize.engine.matcher import PLACE, Found, Scene
from normalize.engine.patterns import PatternError, Tree
from normalize.engine.sieve import begins
from normalize.engine.wide import SEEN, seen
from normalize.engine.words import Words
from normalize.spans import RuleRef, Span

MAX_EXPANSION = 50_000
LEFT_REACH = 512  # how far a protected span may begin before its anchor


class Expression:
    """Finds the matches of one pattern where one of its beginnings stands."""

    tells_beyond = True  # the scene is told what is looked at beside what is near

    def __init__(
        self,
        words: Words,
        tree: Tree,
        render: Callable[[regex.Match[str]], str],
        *,
        fold: bool,
        boundary: bool,
        guard: Guard | None,
        rank: int,
        own: RuleRef | None = None,
    ) -> None:
        found = beginnings(tree, fold=fold)
        if found is None:
            raise no_anchor()
        self.anchors: tuple[str, ...] = tuple(sorted(found))
        self._before = None if fold else before(tree)
        self._after = None if fold else after(tree)
        pattern = bounded(words if boundary else None, tree, fold)
        self._pattern = limited(pattern, own, tree)
        self._in_line = stays_in_line(tree)
        self._far = seen(tree) > SEEN
        self._render = render
        self._guard = guard
        self._rank = rank

    def may_stand(self, place: str) -> bool:
        """Whether a match may begin at the second of three characters."""
        return (
            begins(self.anchors, place)
            and (self._before is None or self._before[place[0]])
            and (self._after is None or self._after[place[2:]])
        )

    def find(self, scene: Scene, start: int) -> Sequence[Found]:
        """The match at `start`, if there is one."""
        text = scene.text
        # Most candidates are settled by the characters at hand.
        if not text.startswith(self.anchors, start):
            return ()
        if self._before is not None and not self._before[text[start - 1 : start]]:
            return ()
        if self._far:
            scene.beyond |= PLACE
        offset, body = 0, text
        if not self._in_line:
            place = scene.paragraph(start)
            if place is None:
                return ()
            offset, body = place
        match = self._pattern.match(body, start - offset)
        if match is None:
            return ()
        end = offset + match.end()
        if self._guard is not None and not self._guard.allows(scene, start, end):
            return ()
        if scene.text[start].isspace() and scene.in_break(start):
            return ()
        after = self._render(match)
        pieces = () if after == match[0] else ((start, end, after, self._rank),)
        return ((end, self._rank, pieces),)


class ShieldExpression:
    """Finds the span of one `protect` pattern around an anchor.

    Unlike a rewriting pattern it may begin with anything, as long as something
    in it is bounded: the part before that is matched backwards.
    """

    def __init__(
        self, words: Words, tree: Tree, *, fold: bool, own: RuleRef | None = None
    ) -> None:
        lead, anchors = split_at_anchor(tree, fold)
        self.anchors: tuple[str, ...] = tuple(sorted(anchors))
        # Only where nothing stands before the anchor itself.
        self._beside: Before | None = None
        # What may stand right before the anchor, where something stands there.
        self._led: Before | None = None
        if not fold and (lead is None or width(lead)[1] == 0):
            self._beside = before(tree)
        elif not fold and lead is not None:
            self._led = last(lead)
        # Only the right edge is kept from cutting a word: what is to be protected may
        # follow on letters, and no harm is done when it does.
        flags = regex.VERSION0 | (regex.IGNORECASE if fold else 0)
        pattern = regex.compile(f"(?:{emit(tree)}){words.right}", flags)
        self._pattern = limited(pattern, own, tree)
        flags = regex.VERSION0 | (regex.IGNORECASE if fold else 0)
        # Backwards as far as possible, whether or not the author said so.
        source = emit(greedy(lead)) if lead is not None else ""
        self._before: regex.Pattern[str] | None = None
        if lead is not None and source:
            backwards = regex.compile(f"(?r)(?:{source})", flags)
            self._before = limited(backwards, own, lead)
        self._in_line = stays_in_line(tree)

    def may_stand(self, place: str) -> bool:
        """Whether the anchor of a match may stand at the second of three characters."""
        if self._led is not None:
            return self._led[place[0]]
        if self._beside is not None and not self._beside[place[0]]:
            return False
        return self._before is not None or begins(self.anchors, place)

    def cover(self, scene: Scene, anchor_start: int) -> Span | None:
        """The protected span whose anchor stands at `anchor_start`."""
        offset, body = 0, scene.text
        beside = self._beside
        if beside is not None and not beside[body[anchor_start - 1 : anchor_start]]:
            return None
        # A scan may look for less than the anchor.
        if self._before is None and not body.startswith(self.anchors, anchor_start):
            return None
        if not self._in_line:
            place = scene.paragraph(anchor_start)
            if place is None:
                return None
            offset, body = place
        anchor = start = anchor_start - offset
        if self._before is not None:
            found = self._before.match(body, max(0, anchor - LEFT_REACH), anchor)
            if found is None:
                return None
            start = found.start()
        match = self._pattern.match(body, start)
        if match is None or match.end() <= anchor:
            return None
        return Span(offset + start, offset + match.end())

    def sweep(self, scene: Scene, anchors: Iterable[int]) -> list[Span] | None:
        """All protected spans of a text with anchors at these places, in order.

        None where they are only found one by one.
        """
        if self._before is not None or not isinstance(self._pattern, regex.Pattern):
            return None
        spans: list[Span] = []
        end = 0
        for start in anchors:
            if start < end:
                continue
            place = (0, scene.text) if self._in_line else scene.paragraph(start)
            if place is None:
                continue
            offset, body = place
            end = offset + len(body)
            found = self._pattern.finditer(body, start - offset)
            spans += [Span(offset + one.start(), offset + one.end()) for one in found]
            if end == len(scene.text):
                break
        return spans


def bounded(words: Words | None, tree: Tree, fold: bool) -> regex.Pattern[str]:
    """The compiled pattern; with `words`, kept from cutting one at either edge."""
    flags = regex.VERSION0 | (regex.IGNORECASE if fold else 0)
    if words is None:
        return regex.compile(emit(tree), flags)
    return regex.compile(f"{words.left}(?:{emit(tree)}){words.right}", flags)


def check_width(tree: Tree) -> None:
    """Refuse a pattern that can match nothing, or counts too far.

    Raises:
        PatternError: the pattern fits the empty text, or its nested repeats
            multiply to more than the engine can hold.
    """
    if expansion(tree) > MAX_EXPANSION:
        raise PatternError(
            f"repeats inside repeats multiply to over {MAX_EXPANSION}", 0,
            "count less far, or use * or +",
        )  # fmt: skip
    if width(tree)[0] == 0:
        raise PatternError(
            "the pattern can match nothing at all", 0,
            "make at least one part of it obligatory", "N009",
        )  # fmt: skip
