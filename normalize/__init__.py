"""Rule-based normalization of news text about Ukraine and Russia.

>>> import normalize
>>> n = normalize.load("news-en")
>>> n("Zelenskiy spoke in Kiev.")
'Zelenskyy spoke in Kyiv.'
>>> n.trace("Kiev").edits[0].rules[0].id
'uk.places/kyiv'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from normalize.errors import (
        DecodeError,
        InputError,
        NormalizeError,
        OptionError,
        RuleError,
        RuleErrors,
        UnknownNameError,
    )
    from normalize.loading import load
    from normalize.normalizer import Normalizer
    from normalize.result import Diagnostic, Result, Step
    from normalize.romanizers import Romanizer, System, systems
    from normalize.spans import Alignment, Edit, Projected, RuleRef, Span
    from normalize.spellings import Variant, variants
    from normalize.transliteration import (
        Candidate,
        Identified,
        identify,
        reverse_candidates,
        transliterate,
    )

__all__ = [
    "Alignment",
    "Candidate",
    "DecodeError",
    "Diagnostic",
    "Edit",
    "Identified",
    "InputError",
    "NormalizeError",
    "Normalizer",
    "OptionError",
    "Projected",
    "Result",
    "Romanizer",
    "RuleError",
    "RuleErrors",
    "RuleRef",
    "Span",
    "Step",
    "System",
    "UnknownNameError",
    "Variant",
    "identify",
    "load",
    "reverse_candidates",
    "systems",
    "transliterate",
    "variants",
]

# Names are fetched on first use, so that `import normalize` costs nearly nothing.
_HOMES = {
    "errors": [
        "DecodeError",
        "InputError",
        "NormalizeError",
        "OptionError",
        "RuleError",
        "RuleErrors",
        "UnknownNameError",
    ],
    "loading": ["load"],
    "normalizer": ["Normalizer"],
    "result": ["Diagnostic", "Result", "Step"],
    "spans": ["Alignment", "Edit", "Projected", "RuleRef", "Span"],
    "romanizers": ["Romanizer", "System", "systems"],
    "transliteration": [
        "Candidate",
        "Identified",
        "identify",
        "reverse_candidates",
        "transliterate",
    ],
    "spellings": ["Variant", "variants"],
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("normalize-slavic")
    for module, names in _HOMES.items():
        if name in names:
            value = getattr(import_module(f"normalize.{module}"), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module 'normalize' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
