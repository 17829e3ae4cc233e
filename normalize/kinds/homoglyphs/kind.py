"""The kind `homoglyphs` as the registry knows it, with its lint."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.engine.patterns import Classes
from normalize.kinds.base import Finding, Kind, RuleFile
from normalize.kinds.homoglyphs.compile import add
from normalize.kinds.homoglyphs.model import HomoglyphRule, is_latin, record


def lint(file: RuleFile, classes: Classes) -> Iterator[Finding]:
    """Words that are said to be mixed and are not."""
    del classes
    for rule in file.rules:
        for word in rule.known if isinstance(rule, HomoglyphRule) else ():
            scripts = {is_latin(char) for char in word if char.isalpha()}
            if len(scripts) < 2:
                message = f"{word!r} has letters of one script only"
                yield Finding("N040", message, rule.at, "take it out of 'known'")


KIND = Kind(
    "homoglyphs",
    "words in letters of two scripts that look alike",
    record,
    add,
    lint,
)
