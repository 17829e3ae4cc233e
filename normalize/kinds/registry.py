"""All kinds by name."""

from __future__ import annotations

from normalize.kinds import (
    apostrophes,
    classes,
    homoglyphs,
    languages,
    mojibake,
    names,
    normalization,
    profile,
    protect,
    rewrite,
)
from normalize.kinds.base import Kind

KINDS: dict[str, Kind] = {
    module.KIND.name: module.KIND
    for module in (
        apostrophes,
        classes,
        homoglyphs,
        languages,
        mojibake,
        names,
        normalization,
        profile,
        protect,
        rewrite,
    )
}
