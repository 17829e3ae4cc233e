"""Names that are whole words of a text, and a text with them written.

Most texts have few of them, which are looked for one by one. A list of names has
thousands, which are found in one scan.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import itemgetter

from normalize.engine.automata import ByString

# A longer name, what it becomes, and its last word ("": it has none).
Longer = tuple[str, str, str]
# A part of a text, and whether names in it are still to be written.
Part = tuple[str, bool]
FEW = 8  # up to so many names are looked for one by one
# What begins a word that is no name: signs of handles and hashtags, marks of letters.
_STUCK = "#@\N{COMBINING GRAVE ACCENT}-\N{COMBINING LATIN SMALL LETTER X}"
# So far before and behind a name is looked.
_BEFORE, _BEHIND = 2, 3
_WORDS = re.compile(rf"(?<![\w{_STUCK}])(?<!\w')\w+(?:'\w+)*")
_POSSESSIVE = re.compile(r"'[sS]\b")


class Wholes:
    """Finds names at whose edges no word runs on, and which are part of no hashtag."""

    def __init__(self) -> None:
        self._patterns: dict[str, re.Pattern[str]] = {}  # by name

    def cut(self, parts: Sequence[Part], names: Iterable[Longer]) -> list[Part]:
        """The parts of a text with longer names written, each a part that is closed.

        The longest comes first, wherever it stands.
        """
        afters: dict[str, str] = {}
        for before, after, _ in names:
            afters[before] = min(after, afters.get(before, after))
        order = sorted(afters, key=lambda name: (-len(name), name))
        if not order:
            return list(parts)
        made: list[Part] = []
        find = None if len(order) <= FEW else ByString(order, overlapping=True)
        for part, open_ in parts:
            if not open_:
                made.append((part, open_))
            elif find is None:
                made += self._one_by_one(part, order, afters)
            else:
                made += self._at_once(part, sorted(find.hits(part)), order, afters)
        return made

    def written(self, text: str, single: Mapping[str, str]) -> str:
        """The text with these words written."""
        if len(single) > FEW:
            return _WORDS.sub(lambda found: _as_written(found[0], single), text)
        for name in sorted(single):
            if name in text:
                text = self._whole(name).sub(single[name], text)
        return text

    def _one_by_one(
        self, text: str, order: Sequence[str], afters: Mapping[str, str]
    ) -> list[Part]:
        parts: list[Part] = [(text, True)]
        for before in order:
            if before not in text:
                continue
            whole = self._whole(before)
            cut: list[Part] = []
            for part, open_ in parts:
                first, *others = whole.split(part) if open_ else (part,)
                cut.append((first, open_))
                for other in others:
                    cut += ((afters[before], False), (other, True))
            parts = cut
        return parts

    def _at_once(
        self,
        text: str,
        hits: Iterable[tuple[int, int, int]],
        order: Sequence[str],
        afters: Mapping[str, str],
    ) -> list[Part]:
        """The same, of hits of the names by their order."""
        # What is cut out, by where it begins.
        cut: list[tuple[int, int, str]] = []
        for number, start, end in hits:
            name = order[number]
            at = bisect_left(cut, start, key=itemgetter(0))
            low = cut[at - 1][1] if at else 0
            high = cut[at][0] if at < len(cut) else len(text)
            if not (low <= start and end <= high):
                continue
            first = max(low, start - _BEFORE)
            near = text[first : min(high, end + _BEHIND)]
            if self._whole(name).match(near, start - first):
                cut.insert(at, (start, end, afters[name]))
        parts: list[Part] = []
        last = 0
        for start, end, after in cut:
            parts += ((text[last:start], True), (after, False))
            last = end
        return [*parts, (text[last:], True)]

    def _whole(self, name: str) -> re.Pattern[str]:
        made = self._patterns.get(name)
        if made is None:
            # What it begins with comes first: that is looked for without trying others.
            one = re.escape(name)
            made = self._patterns[name] = re.compile(
                rf"{one}(?<![\w{_STUCK}]{one})(?<!\w'{one})(?!\w)(?!'(?![sS]\b)\w)"
            )
        return made


def holding(names: Iterable[Longer], parts: Collection[str]) -> list[Longer]:
    """The names in which one of these parts stands."""
    if len(parts) <= FEW:
        return [name for name in names if any(part in name[0] for part in parts)]
    find = ByString(sorted(parts), overlapping=False)
    return [name for name in names if find.hits(name[0])]


def standing(parts: Collection[str], text: str) -> set[str]:
    """Those of the parts that stand in a text."""
    if len(parts) <= FEW:
        return {part for part in parts if part in text}
    wanted = sorted(parts)
    find = ByString(wanted, overlapping=True)
    return {wanted[number] for number, _, _ in find.hits(text)}


def _as_written(word: str, single: Mapping[str, str]) -> str:
    """A word with its apostrophes as it is written, or what stands before its 's."""
    for found in _POSSESSIVE.finditer(word):
        after = single.get(word[: found.start()])
        if after is not None:
            return after + word[found.start() :]
    return single.get(word, word)
