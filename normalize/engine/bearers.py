"""What is spelled like a place and is none, or lies elsewhere: what is beside tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from normalize.engine.mentions import cased
from normalize.engine.words import Words, word_before

_NAMED = re.compile(r", [A-Z]\.(?: [A-Z]\.)*(?=[ ,;)]|\Z)")
FAR = "overseas"  # where a name that needs no evidence is another place too


class Bearers:
    """Tells whether a name is borne by somebody: "Gen. Makarov", "Makarov said".

    `before` are words right before such a name, `behind` those right behind it. These
    tell nothing behind one of `places`: "a man from Makarov said".
    """

    def __init__(
        self,
        words: Words,
        before: Iterable[str],
        behind: Iterable[str],
        places: Iterable[str],
    ) -> None:
        self._plain = words.plain
        self._before = cased(before)
        self._behind = frozenset(behind)
        self._places = cased(places)

    def stand(self, text: str, start: int, end: int) -> bool:
        """Whether one of the words, or an initial, stands beside `start:end`.

        Of initials behind it each is a word: not "in Nikolaev, U.S. troops".
        """
        before = ""
        if start > 1 and text[start - 1] == " ":
            before = word_before(text, start - 1)
        if before in self._places:
            return False
        if _NAMED.match(text, end):
            return True
        if text[end : end + 1] == " ":
            behind = self._plain.match(text, end + 1)
            if behind is not None and behind[0] in self._behind:
                return True
        initial = before[-1:] == "." and before[-2:-1].isupper()
        return (initial and not before[-3:-2].isalnum()) or before in self._before


class Elsewhere:
    """Tells in which country a place is said to lie: "Seversk, Russia".

    `lying` are words behind a place, each with the evidence of its country, `between`
    what may stand before those words instead of a comma: "Seversk in Russia".
    """

    def __init__(
        self, lying: Sequence[tuple[str, str]], between: Iterable[str] = ()
    ) -> None:
        self._of = dict(lying)
        self._countries = frozenset(self._of.values())
        self._behind = _one_of(self._of)
        known, inside = (
            "|".join(map(re.escape, sorted(found, key=len, reverse=True)))
            for found in (self._of, between)
        )
        told = rf" (?:{inside}) ({known})(?!\w)" if known and inside else r"(?!)"
        self._in = re.compile(told)

    def is_far(self, text: str, end: int) -> bool:
        """Whether the place at `end` is of a country where it is another one."""
        return self._told(text, end) == FAR

    def lies(self, text: str, end: int, needs: str) -> bool:
        """Whether the country of this evidence is told behind a name at `end`."""
        return bool(needs) and self._told(text, end) == self._whole(needs)

    def stands(self, text: str, end: int, needs: str, lacks: str) -> bool:
        """Whether another country is told behind a name at `end` that needs this."""
        country = self._told(text, end)
        if not country:
            return False
        whole = self._whole(needs)
        return country != whole if whole in self._countries else country == lacks

    def _told(self, text: str, end: int) -> str:
        """The evidence of the country that is told behind a name; "" without."""
        behind = text[end : end + 1]
        if behind == " ":
            found = self._in.match(text, end)
        elif text[end : end + 2] == ", ":
            found = self._behind.match(text, end + 2) or self._in.match(text, end + 1)
        else:
            found = None
        return self._of[found[1]] if found is not None else ""

    def _whole(self, needs: str) -> str:
        return needs if needs in self._countries else f"{needs}-places"


def _one_of(words: Iterable[str]) -> re.Pattern[str]:
    """One of the words, and nothing of the sentence behind it.

    "Shelling Seversk, Russia said" is about two places.
    """
    known = "|".join(map(re.escape, words))
    return re.compile(rf"({known})(?=[,.;:)!?\n]|\Z)" if known else r"(?!)")
