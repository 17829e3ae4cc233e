"""From the names of a stage to one matcher."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from normalize.engine.foreign import Foreign
from normalize.engine.languages import script_of
from normalize.engine.names import NameTable
from normalize.kinds import languages
from normalize.kinds.builder import Builder
from normalize.kinds.languages import LanguageRule
from normalize.kinds.names.index import make_index
from normalize.packing import pack

# Names are written by these rules in texts of this language and where none is told.
HOME = "en"


def finish(builder: Builder) -> None:
    """Compile all names of the stage into one matcher."""
    if not builder.names:
        return
    # The files, and what else goes in: their ranks and where they act.
    files = [file for file, _, _ in builder.together]
    name = repr(["names", *(where for _, *where in builder.together)])
    table = builder.common.apart(name, files, lambda: _table(builder))
    builder.matchers.append(table)


def _table(builder: Builder) -> NameTable:
    words, keep = builder.words, builder.keep
    about = pack(words)

    def kept(conditions: Any, make: Callable[[], Any]) -> Any:
        return make() if keep is None else keep(about + pack(conditions), make)

    return NameTable(words, make_index(builder), _foreign(builder), kept)


def _foreign(builder: Builder) -> Foreign | None:
    """What tells the languages with the same letters and other spellings."""
    found = [file for file in builder.files if file.kind == languages.KIND.name]
    rules = [r for f in found for r in f.rules if isinstance(r, LanguageRule)]
    home = next((rule for rule in rules if rule.id == HOME), None)
    if home is None:
        return None
    script = script_of(home.letters[0])
    others = [r for r in rules if r is not home and script_of(r.letters[0]) == script]
    words = {word for rule in others for word in rule.words} - set(home.words)
    codes = [rule.id for rule in others]
    own = set(home.words).difference(*(rule.words for rule in others))
    own.difference_update(_decided(builder, "foreign-shared"))
    return Foreign(
        languages.detector(found),
        codes,
        words,
        own,
        names=_decided(builder, "foreign-names"),
        sure=_decided(builder, "foreign-words"),
        letters=_decided(builder, "foreign-letters"),
    )


def _decided(builder: Builder, use: str) -> list[str]:
    """The words of the decisions with a use."""
    rules = [rule for rule, _ in builder.decisions if rule.use == use]
    return [word for rule in rules for word in rule.words]
