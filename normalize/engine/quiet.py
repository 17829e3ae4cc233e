"""Words beside a name that say nothing more of it: most names stand between two."""

from __future__ import annotations

from collections.abc import Collection

from normalize.engine.bearers import Elsewhere
from normalize.engine.mentions import Mentions
from normalize.engine.others import Others
from normalize.engine.words import Words, word_before

MOST = 4096  # so many such words are remembered on each side


class Quiet:
    """Tells names between words that nobody asks about.

    `civil` are words before people that no place has: Mr.
    """

    def __init__(
        self,
        words: Words,
        others: Others,
        mentions: Mentions,
        elsewhere: Elsewhere,
        civil: Collection[str],
    ) -> None:
        self._plain = words.plain.match
        self._others = others
        self._mentions = mentions
        self._elsewhere = elsewhere
        self._civil = civil
        self._before: set[str] = set()
        self._behind: set[str] = set()

    def around(self, text: str, start: int, end: int) -> bool:
        """Whether such a word stands on each side behind one space.

        A full stop behind is as good; what begins with a capital may be part of the
        name.
        """
        if text[start - 1 : start] != " ":
            return False
        word = word_before(text, start - 1)
        if word not in self._before and not self._is_quiet_before(word):
            return False
        behind = text[end : end + 2]
        if behind[:1] != " ":
            return behind[:1] == "."
        if behind[1:].isupper():
            return False
        found = self._plain(text, end + 1)
        return found is not None and (
            found[0] in self._behind or self._is_quiet_behind(found[0])
        )

    def _is_quiet_before(self, word: str) -> bool:
        """Whether a word before a name says nothing; it is remembered then."""
        if (
            not word
            or word in self._civil
            or self._others.may_name(word)
            or self._mentions.may_speak(word, behind=False)
        ):
            return False
        if len(self._before) < MOST:
            self._before.add(word)
        return True

    def _is_quiet_behind(self, word: str) -> bool:
        """Whether a word behind a name says nothing; it is remembered then."""
        if self._elsewhere.begins(word) or self._mentions.may_speak(word, behind=True):
            return False
        if len(self._behind) < MOST:
            self._behind.add(word)
        return True
