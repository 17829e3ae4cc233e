"""All kinds by name."""

from __future__ import annotations

from normalize.kinds import (
    apostrophes,
    classes,
    decisions,
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
    spelling,
    styles,
)
from normalize.kinds.base import Kind
from normalize.kinds.romanization import kind as romanization

_MODULES = (
    apostrophes,
    classes,
    decisions,
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
    spelling,
    styles,
)
KINDS: dict[str, Kind] = {module.KIND.name: module.KIND for module in _MODULES}
