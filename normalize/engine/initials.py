"""Initials behind a surname: "Kuchma, L. D."."""

from __future__ import annotations

import regex

_INITIALS = regex.compile(r",?\s(\p{Lu})\.(?:\s?\p{Lu}\.)*+(?!\s?\p{Lu})")
_NO_LETTER = "\N{NULL}"


def initial_behind(text: str, end: int) -> str:
    """The first initial behind a surname: "Kuchma, L. D."; no letter without one.

    Not that of the next person: "Kuchma, L. Kravchuk".
    """
    # Nearly always there is none: no pattern is tried then.
    at = end + (2 if text[end : end + 1] == "," else 1)
    if text[at + 1 : at + 2] != ".":
        return _NO_LETTER
    found = _INITIALS.match(text, end)
    return found[1] if found is not None else _NO_LETTER
