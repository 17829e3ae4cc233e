"""All kinds by name."""

from __future__ import annotations

from normalize.kinds import (
    apostrophes,
    classes,
    homoglyphs,
    languages,
    lexicon,
    mojibake,
    names,
    normalization,
    pairs,
    profile,
    protect,
    quantities,
    rewrite,
)
from normalize.kinds.base import Kind
from normalize.kinds.romanization import kind as romanization

_MODULES = (
    apostrophes,
    classes,
    homoglyphs,
    languages,
    lexicon,
    mojibake,
    names,
    normalization,
    pairs,
    profile,
    protect,
    quantities,
    rewrite,
    romanization,
)
KINDS: dict[str, Kind] = {module.KIND.name: module.KIND for module in _MODULES}
