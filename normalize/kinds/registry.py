"""All kinds by name."""

from __future__ import annotations

from normalize.kinds import classes, names, profile, protect, quantities, rewrite
from normalize.kinds.base import Kind

KINDS: dict[str, Kind] = {
    module.KIND.name: module.KIND
    for module in (classes, names, profile, protect, quantities, rewrite)
}
