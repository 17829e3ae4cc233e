"""Spellings of names in a text: whether one stands at a place, and what it changes."""

from __future__ import annotations

import re

from normalize.engine.forms import Case, Change, Form, make_form, match_form
from normalize.engine.matcher import PLACE, Scene
from normalize.engine.words import ENDERS, Words

# Where a spelling ends and what it changes.
Hit = tuple[int, list[Change]]


# What may follow a soft sign: not another quotation mark.
_BEHIND_SOFT = ENDERS - {'"'}
# So many initials at most stand before a surname.
INITIALS = 3


class Spelled:
    """Finds spellings at places where their first word is known to stand."""

    def __init__(self, words: Words, singles: str = "") -> None:
        self._words = words
        self._forms: dict[str, Form] = {}
        # A mark that may open a quotation.
        marks = re.escape("".join(sorted({*words.apostrophes, *singles})))
        self._opened = re.compile(rf"(?<!\w)[{marks}](?=\S)")

    def match(
        self, text: str, start: int, spelling: str, output: str, *, last: bool = True
    ) -> Hit | None:
        """Where a spelling at `start` ends and what it changes.

        `last` says that no word may run on behind it.
        """
        if text.startswith(spelling, start) and " " not in spelling:
            end = start + len(spelling)
            if last and not self._words.ends(text, end):
                return None
            return end, [] if spelling == output else [(start, end, output)]
        form = self._forms.get(spelling)
        if form is None:
            form = self._forms[spelling] = make_form(self._words, spelling, "")
        filled = Form(form.chunks, output)
        hit = match_form(self._words, text, start, filled, Case.TITLE)
        if hit is None or (last and not self._words.ends(text, hit[0])):
            return None
        return hit

    def end(self, text: str, start: int, spelling: str) -> int:
        """Where a spelling at `start` ends; -1 when it is not there."""
        end = start + len(spelling)
        if text.startswith(spelling, start):
            return end
        if " " not in spelling and "'" not in spelling:
            return end if text[start:end] == spelling.upper() else -1
        hit = self.match(text, start, spelling, spelling, last=False)
        return hit[0] if hit is not None else -1

    def next(self, text: str, end: int) -> int:
        """Where the word behind the gap at `end` begins; -1 when there is none."""
        if text[end : end + 1] == " " and text[end + 1 : end + 2].isalpha():
            return end + 1
        gap = self._words.gap.match(text, end)
        at = gap.end() if gap is not None else end
        return at if end < at < len(text) else -1

    def is_soft(self, scene: Scene, start: int, end: int) -> bool:
        """Whether the apostrophe at `end` is a soft sign and closes no quotation."""
        text = scene.text
        if text[end : end + 1] not in self._words.apostrophes:
            return False
        if text[end + 1 : end + 2] not in _BEHIND_SOFT:
            return False
        place = scene.paragraph(start)
        scene.beyond |= PLACE
        return place is not None and not self._opened.search(text, place[0], start + 1)

    def initials(self, text: str, start: int) -> tuple[str, int]:
        """The first of the initials right before `start`, and where it stands.

        It is V in "V. Zelensky" and in "V. O. Zelensky"; '' without any.
        """
        letter, at = "", start
        for _ in range(INITIALS):
            gap = at > 0 and text[at - 1].isspace()
            dot = at - 2 if gap else at - 1
            if dot < 1 or text[dot] != "." or (at == start and not gap):
                break
            one = text[dot - 1]
            if not (one.isupper() and self._words.begins(text, dot - 1)):
                break
            letter, at = one, dot - 1
        return letter, at
