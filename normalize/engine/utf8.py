"""What UTF-8 looks like when its bytes are read in another encoding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import regex

UTF8 = "utf-8"
LONGEST = 4  # bytes of a character


def sequences(
    back: Mapping[int, str],
    plausible: regex.Pattern[str],
    halved: Iterable[str],
    apart: str,
) -> str:
    """What fits characters of UTF-8 that were misread, one after the other.

    Only those of which plausible text comes, so that nothing else beside them is
    taken for a part of them. `apart` are characters that hold no half of one.
    """
    halves = {back[byte] for byte in range(0x80, 0xC0)}.difference(apart)
    rest = f"[{regex.escape(''.join(sorted(halves)))}]"
    kinds = []
    for first in range(0x80, 0x10000, 0x40):
        if 0xD800 <= first < 0xE000:
            continue  # surrogates are no characters
        row = "".join(map(chr, range(first, first + 0x40)))
        found = "".join(plausible.findall(row))
        if found:
            head = "".join(back[byte] for byte in found[0].encode(UTF8)[:-1])
            lasts = {back[0x80 + ord(char) % 0x40] for char in found}
            tails = lasts.difference(apart)
            if tails and not set(apart) & set(head):
                last = regex.escape("".join(sorted(tails)))
                kinds.append(f"{regex.escape(head)}[{last}]")
    # Of four bytes are emoji; a wrong one is found out when the token is mended.
    kinds.append(f"{back[0xF0]}{back[0x9F]}{rest}{rest}")
    if back[0xA0] == "\xa0":
        # The byte A0 has often become a plain space; behind D0 it is half a letter.
        leads = "".join(back[byte] for byte in range(0xC2, 0xE0))
        free = rf"(?:(?<!\p{{L}})|(?<={rest}))"
        space = f"[ {apart[:1]}]"
        kinds.append(f"{free}{back[0xD0]}{space}(?=[{regex.escape(leads)}]{rest})")
    # A no-break space behind half a character is one: it will be a plain one soon.
    end = rf"(?!(?!\xA0){rest})"
    kinds += [f"{regex.escape(half)}{end}" for half in halved]
    return f"(?:{'|'.join(kinds)})+"
