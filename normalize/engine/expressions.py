"""Patterns: a regular expression tried at a candidate, inside its paragraph."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import regex

from normalize.engine.analysis import beginnings, emit, width
from normalize.engine.guards import Guard
from normalize.engine.matcher import Found, Scene
from normalize.engine.patterns import PatternError, Seq, Tree
from normalize.engine.words import Words
from normalize.spans import RuleRef, Span

LEFT_REACH = 512  # how far a protected span may begin before its anchor


class Expression:
    """Finds the matches of one pattern where one of its beginnings stands."""

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
        rule: RuleRef,
    ) -> None:
        found = beginnings(tree, fold=fold)
        if found is None:
            raise no_anchor()
        self.anchors: tuple[str, ...] = tuple(sorted(found))
        self._pattern = bounded(words if boundary else None, tree, fold)
        self._render = render
        self._guard = guard
        self._rank = rank
        self._rule = rule

    def find(self, scene: Scene, start: int) -> Sequence[Found]:
        """The match at `start`, if there is one."""
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
        after = self._render(match)
        pieces = () if after == match[0] else ((start, end, after),)
        return (Found(end, self._rank, pieces, self._rule),)


class ShieldExpression:
    """Finds the span of one `protect` pattern around an anchor.

    Unlike a rewriting pattern it may begin with anything, as long as something
    in it is bounded: the part before that is matched backwards.
    """

    def __init__(self, words: Words, tree: Tree, *, fold: bool) -> None:
        before, anchors = split_at_anchor(tree, fold)
        self.anchors: tuple[str, ...] = tuple(sorted(anchors))
        self._pattern = bounded(words, tree, fold)
        flags = regex.VERSION0 | (regex.IGNORECASE if fold else 0)
        self._before = (
            regex.compile(f"(?r)(?:{emit(before)})", flags) if before else None
        )

    def cover(self, scene: Scene, anchor_start: int) -> Span | None:
        """The protected span whose anchor stands at `anchor_start`."""
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


def bounded(words: Words | None, tree: Tree, fold: bool) -> regex.Pattern[str]:
    """The compiled pattern; with `words`, kept from cutting one at either edge."""
    flags = regex.VERSION0 | regex.MULTILINE | (regex.IGNORECASE if fold else 0)
    if words is None:
        return regex.compile(emit(tree), flags)
    return regex.compile(f"{words.left}(?:{emit(tree)}){words.right}", flags)


def split_at_anchor(tree: Tree, fold: bool) -> tuple[Seq | None, frozenset[str]]:
    """What precedes the anchor (None: nothing), and the anchor's literals."""
    found = beginnings(tree, fold=fold)
    if found is not None:
        return None, found
    items = tree.items if isinstance(tree, Seq) else ()
    for i in range(1, len(items)):
        found = beginnings(Seq(items[i:]), fold=fold)
        if found is not None:
            return Seq(items[:i]), found
    raise no_anchor()


def check_width(tree: Tree) -> None:
    """Refuse a pattern that can match nothing.

    Raises:
        PatternError: the pattern fits the empty text.
    """
    if width(tree)[0] == 0:
        raise PatternError(
            "the pattern can match nothing at all", 0,
            "make at least one part of it obligatory",
        )  # fmt: skip


def no_anchor() -> PatternError:
    """The error of a pattern that would have to be tried at every character."""
    return PatternError(
        "the pattern can begin with too many characters to be found fast", 0,
        "begin it with a letter, mark or small set, and put the rest in "
        "'preceded_by' or a look-behind",
    )  # fmt: skip
