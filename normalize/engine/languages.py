"""Which language a text is in, by its letters."""

from __future__ import annotations

from collections.abc import Mapping

# With letters of both languages, one must have so many times as many.
CLEAR = 3


def language_of(text: str, own: Mapping[str, str]) -> str | None:
    """The language whose own letters a text shows; None when it can't be told.

    `own` holds for each language the letters, small and capital, that none of the
    others has. Words of another language that are quoted don't decide: the letters
    of one must be clearly more.
    """
    counts = {lang: sum(map(text.count, letters)) for lang, letters in own.items()}
    first, *others = sorted(counts, key=lambda lang: -counts[lang])
    most = counts[first]
    second = max((counts[lang] for lang in others), default=0)
    return first if most and most >= CLEAR * second else None
