"""How far beside a name is looked, and which texts are too wide for that.

What decides a name looks at five words beside it at most, which are near it where words
and gaps are of a usual length.
"""

from __future__ import annotations

import re
from typing import Any

import regex

# So many code points from the beginning of a name are all that is looked at, where no
# word is longer than LONG letters and no gap longer than GAP.
NEAR = 192
LONG, GAP = 26, 4
# What conditions see, with the name itself, is no further from its beginning.
SEEN = 170


class Wide:
    """Tells whether a text has longer words or gaps."""

    def __init__(self, apostrophes: frozenset[str]) -> None:
        self._apostrophes = apostrophes
        marks = re.escape("".join(sorted(apostrophes)))
        source = rf"[\w\p{{M}}{marks}]{{{LONG + 1}}}|\s{{{GAP + 1}}}"
        self._pattern: Any = regex.compile(source)

    def search(self, text: str) -> bool:
        """Whether there is one."""
        return self._pattern.search(text) is not None
