"""Short texts that a pattern fits, to try it with."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import regex

from normalize.engine.analysis import emit
from normalize.engine.patterns import Alt, Chars, Group, Repeat, Seq, Tree

# What stands for a set that lists nothing: the first that is in it.
_TRIED = "a1 .-_'\"/xA\N{CYRILLIC SMALL LETTER A}\N{NO-BREAK SPACE}\n,:;()!"


def samples(tree: Tree) -> Iterator[str]:
    """Short texts that a pattern is likely to fit; contexts in it count as nothing.

    >>> from normalize.engine.patterns import parse
    >>> [*samples(parse("[0-9]+ ?(?:km|mi)", {}))]
    ['0 km', '0km', '0 mi']
    """
    if isinstance(tree, Chars):
        if tree.members is not None and not tree.negated:
            yield min(tree.members)
            return
        pattern = regex.compile(emit(tree))
        yield from [char for char in _TRIED if pattern.match(char)][:1]
    elif isinstance(tree, Group):
        yield from samples(tree.item)
    elif isinstance(tree, Alt):
        for option in tree.options:
            yield from samples(option)
    elif isinstance(tree, Repeat):
        for text in samples(tree.item):
            yield text * max(1, tree.low)
        if tree.low == 0:
            yield ""
    elif isinstance(tree, Seq):
        parts = [next(samples(item), "") for item in tree.items]
        yield "".join(parts)
        for i, item in enumerate(tree.items):
            for other in islice(samples(item), 1, None):
                yield "".join((*parts[:i], other, *parts[i + 1 :]))
    else:
        yield ""
