"""The id and the kind of a rule file, told without reading it whole."""

from __future__ import annotations

import re

from normalize.errors import Location
from normalize.source.nodes import Mapping, Scalar, Source, parse

_ID = re.compile(r"^id:[ \t]*[\"']?([^\s\"'#]+)", re.MULTILINE)
_KIND = re.compile(r"^kind:[ \t]*[\"']?([^\s\"'#]+)", re.MULTILINE)


def heading(source: Source) -> tuple[str, str, Location]:
    """The id and the kind that a file says it has, and where the id stands.

    Both are empty when they are missing. Most files have them in lines of their own;
    only others are parsed for them.
    """
    id_, kind = _ID.search(source.text), _KIND.search(source.text)
    if id_ is not None and kind is not None:
        before = source.text[: id_.start(1)]
        line, column = before.count("\n") + 1, id_.start(1) - before.rfind("\n")
        return id_[1], kind[1], Location(source.path, line, column)
    root, _ = parse(source)
    said = [
        root.items[name][1]
        if isinstance(root, Mapping) and name in root.items
        else None
        for name in ("id", "kind")
    ]
    texts = [node.value if isinstance(node, Scalar) else "" for node in said]
    at = said[0].at if said[0] is not None else Location(source.path, 1)
    return texts[0], texts[1], at
