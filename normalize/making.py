"""Normalizers made anew, and kept for the next time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from normalize import cache
from normalize.beside import compile_beside, may_join, resolve_beside
from normalize.compiling import compile_plan
from normalize.errors import OptionError
from normalize.library import Library
from normalize.normalizer import (
    Joined,
    Normalizer,
    Squeezed,
    rebuilt,
    released,
    squeezed,
)
from normalize.packing import pack, unpack
from normalize.plan import Opening, Plan
from normalize.profile import OWN_STAGE, chain_of, resolve
from normalize.source.places import is_folder, shipped_rules

Extra = Sequence[str | Path]


def make(
    key: str | None,
    name: str,
    extra: Extra,
    options: Mapping[str, str],
    *,
    is_path: bool,
) -> Normalizer:
    """A normalizer made anew, and kept where there is a key.

    `name` is that of a profile, or its path. `extra` are the user's own files.

    Raises:
        As `loading.load`.
    """
    own = [name] if is_path and name not in map(str, extra) else []
    library = Library([*extra, *own])
    if is_path:
        plan = _resolved(library, name, extra, options)
    else:
        _refuse_idle(library, extra, name)
        kept = _kept(library, name, options) if extra else None
        made = _joined(key, library, kept) if kept is not None else None
        if made is not None:
            return made
        base = unpack(released(kept[1])) if kept is not None else None
        beside = resolve_beside(library, base) if base is not None else None
        plan = beside or resolve(library, name, options)
    openings: dict[str, Opening] | None = None if extra or is_path else {}
    packed = b""
    if key is not None:
        # As it comes back, so that what is kept of its parts is found again.
        packed = pack(plan)
        plan = unpack(packed)
    with library.drawing():
        compiled = compile_plan(plan, openings=openings)
    if key is None:
        return Normalizer(plan, compiled)
    made = Normalizer(plan, compiled)
    made._set(_packed=packed)  # noqa: SLF001 - it is its own
    rules = squeezed(packed)
    cache.write(key, (made.profile, rules))
    cache.write(rules[1], compiled)
    if openings and OWN_STAGE in openings:
        cache.write(cache.opening_key(packed), openings[OWN_STAGE])
    return made


def _kept(
    library: Library, name: str, options: Mapping[str, str]
) -> tuple[str, Squeezed] | None:
    """A profile without own files: its id, its packed rules.

    It is made where it is not kept, if it can be joined: that pays from the second
    load of own names on. Else None.
    """
    key = cache.request_key(shipped_rules(), name, (), options)
    kept: tuple[str, Squeezed] | None = cache.read(key) if key is not None else None
    if kept is None and key is not None and may_join(library):
        made = make(key, name, (), options, is_path=False)
        kept = made.profile, squeezed(made.packed)
    return kept


def _joined(
    key: str | None, library: Library, kept: tuple[str, Squeezed]
) -> Normalizer | None:
    """A normalizer of a kept profile that the user's own names join."""
    found = compile_beside(library, released(kept[1]))
    if found is None:
        return None
    beside, compiled = found
    profile, rules = kept
    joined = Joined(cache.joined_key(key or ""), rules, beside)
    made = rebuilt(profile, None, joined)
    made._set(_compiled=compiled)  # noqa: SLF001 - it is its own
    if key is not None:
        cache.write(key, (profile, beside))
    return made


def _resolved(
    library: Library, name: str, extra: Extra, options: Mapping[str, str]
) -> Plan:
    """The plan of a profile whose file is named."""
    own = library.own_of(name)
    found = [id_ for id_ in own if library.kind(id_) == "profile"]
    if not found and own and not library.problems.errors:
        raise OptionError(
            f"{name} is a {library.kind(own[0])} file, not a profile",
            hint=f"add it to a profile: -p news-en --rules {name}",
        )
    if not found:
        library.check()
    _refuse_idle(library, [path for path in extra if str(path) != name], found[0])
    return resolve(library, found[0], options)


def _refuse_idle(library: Library, extra: Extra, id_: str) -> None:
    """Refuse a profile among the rule files that the one to run does not build on.

    Raises:
        OptionError: there is one; it would do nothing.
    """
    for given in extra:
        own = library.own_of(given)
        if is_folder(Path(given)) or [library.kind(i) for i in own] != ["profile"]:
            continue
        if own[0] not in [profile.id for profile in chain_of(library, id_)]:
            raise OptionError(
                f"{given} is a profile, and does nothing while {id_!r} runs",
                hint=f"-p {given} runs it; rules are what is added",
            )
