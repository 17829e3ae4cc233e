"""Rules by the names that people give them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from normalize.kinds.base import Rule, RuleFile
    from normalize.library import Library


def find_rule(library: Library, name: str) -> tuple[RuleFile, Rule]:
    """The rule with a full or short id, and its file.

    Raises:
        UnknownNameError: there is none, or the short id is not of one rule only.
    """
    from normalize.errors import NormalizeError, UnknownNameError

    ids = [i for i in library.ids() if library.kind(i) not in ("profile", "classes")]
    files = [file for file in map(library.rule_file, ids) if file is not None]
    full = {f"{f.id}/{r.id}": (f, r) for f in files for r in f.rules}
    short = [i for i, (_, rule) in full.items() if rule.id == name]
    if len(short) > 1:
        count = {2: "two", 3: "three"}.get(len(short), str(len(short)))
        raise NormalizeError(
            f"{count} rules have the id {name!r}",
            hint="say which one: " + " or ".join(repr(i) for i in sorted(short)),
        )
    chosen = short[0] if short else name
    if chosen in full:
        return full[chosen]
    file_id = name.partition("/")[0]
    if file_id in ids:
        mine = [i for i in full if i.startswith(f"{file_id}/")]
        raise UnknownNameError("rule", name, mine)
    everything = [*library.ids(), *(rule.id for _, rule in full.values())]
    raise UnknownNameError("rule or rule file", name, everything)
