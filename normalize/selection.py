"""Which rules of a profile are meant, by id, file, group or kind."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.errors import UnknownNameError
from normalize.normalizer import Normalizer


def names(said: str, id_: str, kind: str) -> bool:
    """Whether a rule, by its full id and kind, is meant by what was said.

    Its id, that of its file, a first part of that up to a dot, its kind, or the last
    part of its id.

    >>> names("uk.places", "uk.places/kyiv", "names"), names("uk", "uk.x/a", "names")
    (True, True)
    """
    file, _, rule = id_.partition("/")
    return said in {id_, file, kind, rule} or file.startswith(f"{said}.")


def restricted(
    normalizer: Normalizer, select: Sequence[str], ignore: Sequence[str]
) -> Normalizer:
    """The normalizer with the selected rules, or all, without the ignored ones.

    Raises:
        UnknownNameError: no rule of the profile is meant by one of the names.
    """
    if not select and not ignore:
        return normalizer
    rules = list(normalizer.plan.rules())
    for said in (*select, *ignore):
        if not any(names(said, *rule) for rule in rules):
            known = {name: None for rule in rules for name in _names(said, *rule)}
            what = "rule, rule file or kind of this profile"
            raise UnknownNameError(what, said, list(known))
    return normalizer.without(
        id_
        for id_, kind in rules
        if (select and not any(names(said, id_, kind) for said in select))
        or any(names(said, id_, kind) for said in ignore)
    )


def _names(said: str, id_: str, kind: str) -> tuple[str, ...]:
    """What a rule can be called in the way of `said`."""
    return (id_,) if "/" in said else (kind, id_.partition("/")[0])
