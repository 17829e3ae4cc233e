"""What is spelled like a place and is none, or lies elsewhere: what is beside tells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from normalize.engine.mentions import cased
from normalize.engine.readings import Index
from normalize.engine.words import Words, word_before

_NAMED = re.compile(r", [A-Z]\.(?: [A-Z]\.)*(?=[ ,;)]|\Z)")
ASIDE = 60  # code points beside a place in which its country is told
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

    Of an index `lying` are words behind a place, each with the evidence of its country,
    `within` what may stand before those words instead of a comma: "Seversk in Russia".
    `lands` are words of a country before `settlements`, `links` what joins those to a
    place: "the Russian border city of Seversk", "Seversk, a Russian city".
    """

    def __init__(self, index: Index) -> None:
        self._of = dict(index.lying)
        self._countries = frozenset(self._of.values())
        self._within = frozenset(word.split()[0] for word in index.within)
        self._lands = dict(index.lands)
        self._known, self._inside = _any(self._of), _any(index.within)
        self._land, self._settled = _any(self._lands), _any(index.settlements)
        self._link = _any(index.links)

    # Compiled when asked for: most small texts ask for none.

    @cached_property
    def _behind(self) -> re.Pattern[str]:
        return _one_of(self._of)

    @cached_property
    def _in(self) -> re.Pattern[str]:
        return re.compile(rf" (?:{self._inside}) ({self._known})(?!\w)")

    @cached_property
    def _before(self) -> re.Pattern[str]:
        settled = rf"(?: (?:{self._settled}))*"
        return re.compile(
            rf"(?<![\w-])({self._land})({settled})(?: (?:{self._link}))* \Z"
        )

    @cached_property
    def _beside(self) -> re.Pattern[str]:
        return re.compile(rf" (?:{self._settled})(?![\w-])")

    @cached_property
    def _apposed(self) -> re.Pattern[str]:
        settled = rf"(?: (?:{self._settled}))+(?![\w-])"
        return re.compile(
            rf",? (?:(?:{self._link}|{self._settled}) )*"
            rf"(?:({self._land}){settled}|(?:{self._inside}) ({self._known})(?!\w))"
        )

    def is_far(self, text: str, end: int) -> bool:
        """Whether the place at `end` is of a country where it is another one."""
        return self._told(text, end) == FAR

    def begins(self, word: str) -> bool:
        """Whether a word behind a name may begin where it lies: in Russia."""
        return word in self._within

    def lies(self, text: str, start: int, end: int, needs: str) -> bool:
        """Whether the country of this evidence is told beside a name at `start:end`."""
        return bool(needs) and self._country(text, start, end) == self._whole(needs)

    def stands(self, text: str, start: int, end: int, needs: str, lacks: str) -> bool:
        """Whether another country is told beside a name that needs this evidence."""
        country = self._country(text, start, end)
        if not country:
            return False
        whole = self._whole(needs)
        return country != whole if whole in self._countries else country == lacks

    def _country(self, text: str, start: int, end: int) -> str:
        """The evidence of the country that is told beside a name; "" without."""
        told = self._told(text, end)
        if told or not self._lands:
            return told
        behind = text[end : end + ASIDE]
        found = self._before.search(text, max(0, start - ASIDE), start)
        if found is not None and (found[2] or self._beside.match(behind)):
            return self._lands[found[1]]
        found = self._apposed.match(behind)
        if found is None:
            return ""
        return self._lands[found[1]] if found[1] else self._of[found[2]]

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


def _any(words: Iterable[str]) -> str:
    """The source of any of the words, the longest first; of nothing without."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)"
