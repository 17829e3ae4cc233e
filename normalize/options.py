"""The options of a profile: declared by its files, set by profiles and by callers."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from normalize.errors import OptionError, RuleConflictError, closest, suggestion
from normalize.kinds.base import Option, Rule, RuleFile, error_at
from normalize.kinds.options import allowed, why_not
from normalize.kinds.profile import ProfileFile
from normalize.library import Library


def declared_by(library: Library, files: Sequence[RuleFile]) -> dict[str, Option]:
    """The options of some files by name; two that differ are a problem noted."""
    declared: dict[str, Option] = {}
    for option in (o for file in files for o in file.options):
        first = declared.setdefault(option.name, option)
        if option.shared and first.shared:
            known = tuple(sorted({*first.values, *option.values}))
            declared[option.name] = replace(first, values=known)
            continue
        if (first.values, first.default) != (option.values, option.default):
            message = f"option {option.name!r} is declared otherwise at {first.at}"
            error = error_at(option.at, message, RuleConflictError)
            library.problems.errors.append(error)
    return declared


def check_options(
    library: Library, chain: list[ProfileFile], declared: Mapping[str, Option]
) -> None:
    """Note what profiles set that no file declares, or that it can't be set to."""
    # A file with problems may be the one that declares an option.
    whole = not library.problems.errors
    for name, value in (option for profile in chain for option in profile.options):
        wrong = _wrong(declared, name.value, value.value)
        if wrong and (whole or _surely(library, declared, name.value, value.value)):
            at = name if name.value not in declared else value
            library.problems.add(at, wrong[0], hint=wrong[1])


def _surely(
    library: Library, declared: Mapping[str, Option], name: str, value: str
) -> bool:
    """Whether an option is wrong whatever the missing files declare.

    That is so when it is spelled like one that is declared, or has a wrong value, and
    no other file knows it otherwise.
    """
    option = declared.get(name)
    said = [name]
    place = ""
    slip = bool(closest(name, declared))
    if option is not None:
        said.append(value)
        place = option.at.rpartition(":")[0]
        slip = not option.shared
    words = [re.compile(rf"(?<!\w){re.escape(word)}(?!\w)") for word in said]
    return slip and not any(
        all(word.search(library.text_of(id_)) for word in words)
        for id_ in library.ids()
        if library.kind(id_) != "profile" and library.path_of(id_) != place
    )


def values_of(
    library: Library,
    chain: list[ProfileFile],
    files: list[RuleFile],
    given: Mapping[str, str],
) -> dict[str, str]:
    """The value of every option: declared, then the profiles', then the caller's.

    Raises:
        OptionError: no file has such an option of the caller's, or such a value of it,
            or another one must be set too.
    """
    declared = declared_by(library, files)
    check_options(library, chain, declared)
    values = {name: option.default for name, option in declared.items()}
    for profile in chain:
        values |= {name.value: value.value for name, value in profile.options}
    for given_name, chosen in given.items():
        wrong = _wrong(declared, given_name, chosen)
        if wrong:
            raise OptionError(wrong[0], hint=wrong[1])
        values[given_name] = chosen
    said = {name.value for profile in chain for name, _ in profile.options}
    _check_needs(declared, values, said.union(given))
    return values


def _wrong(
    declared: Mapping[str, Option], name: str, value: object
) -> tuple[str, str | None] | None:
    if name not in declared:
        hint = suggestion(name, declared) or "this profile has no options"
        return f"unknown option {name!r}", hint
    option = declared[name]
    if value not in option.values:
        reason = (
            why_not(option.takes, value, whole=option.whole) if option.takes else ""
        )
        if reason is not None:
            message = f"option {name!r} can't be {value!r}"
            message += f": {reason}" if reason else ""
            near = suggestion(str(value), option.values) or ""
            near = f"{near} " if near.startswith("did") else ""
            return message, f"{near}allowed: {allowed(option.values, option.takes)}"
    return None


def _check_needs(
    declared: Mapping[str, Option], values: Mapping[str, str], said: Collection[str]
) -> None:
    """Refuse an option that does nothing without another that is not set."""
    for option in declared.values():
        needed = declared.get(option.needs)
        if needed is None or values[option.name] == option.default:
            continue
        if values[needed.name] == needed.default and needed.name not in said:
            raise OptionError(
                f"option {option.name!r} needs {needed.name!r} to be set too",
                hint=f"allowed: {allowed(needed.values, needed.takes)}",
            )


F = TypeVar("F", bound=RuleFile)


def active(file: F, values: Mapping[str, str]) -> F:
    """The file as its options want it: without the rules that they switch off."""
    rules = [rule.chosen(values) for rule in file.rules if _on(rule, values)]
    return replace(file, rules=tuple(rules), grammar=None)


def _on(rule: Rule, values: Mapping[str, str]) -> bool:
    """Whether each option that the rule names has one of its values."""
    names = {name for name, _ in rule.when}
    return names == {name for name, value in rule.when if values.get(name) == value}
