"""All kinds by name."""

from __future__ import annotations

from normalize.kinds import (
    apostrophes,
    classes,
    decisions,
    languages,
    lexicon,
    mojibake,
    normalization,
    pairs,
    profile,
    protect,
    rewrite,
    spelling,
    styles,
    wordlist,
)
from normalize.kinds.base import Kind
from normalize.kinds.homoglyphs import kind as homoglyphs
from normalize.kinds.names import kind as names
from normalize.kinds.quantities import kind as quantities
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
    wordlist,
)
KINDS: dict[str, Kind] = {module.KIND.name: module.KIND for module in _MODULES}
