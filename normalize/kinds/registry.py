"""All kinds by name."""

from __future__ import annotations

from normalize.kinds import (
    classes,
    languages,
    lexicon,
    names,
    profile,
    protect,
    rewrite,
)
from normalize.kinds.base import Kind
from normalize.kinds.romanization import kind as romanization

KINDS: dict[str, Kind] = {
    module.KIND.name: module.KIND
    for module in (
        classes,
        languages,
        lexicon,
        names,
        profile,
        protect,
        rewrite,
        romanization,
    )
}
