"""Rule packs of other distributions, found by their entry points and never run."""

from __future__ import annotations

from pathlib import Path

from normalize.errors import RulePathError, UnknownNameError

PREFIX = "pack:"
GROUP = "normalize.rules"


def path_of(given: str) -> Path:
    """The path that `--rules` names: itself, or the folder of the pack `pack:NAME`.

    A distribution offers a pack by an entry point of the group ``normalize.rules``
    whose value is the package that the rule files lie in. Nothing of it is imported.

    Raises:
        UnknownNameError: there is no pack of that name.
        RulePathError: its folder is not there.
    """
    if not given.startswith(PREFIX):
        return Path(given)
    # Long to import, and most runs have no packs.
    from importlib.metadata import entry_points
    from importlib.util import find_spec

    name = given.removeprefix(PREFIX)
    found = {entry.name: entry for entry in entry_points(group=GROUP)}
    if name not in found:
        if not found:
            message = f"unknown rule pack {name!r}: no package here offers any"
            hint = f"install one; it has an entry point in the group {GROUP!r}"
            raise RulePathError(message, hint=hint)
        raise UnknownNameError("rule pack", name, sorted(found))
    package, *inside = found[name].value.split(".")
    spec = find_spec(package)
    folders = list(spec.submodule_search_locations or ()) if spec is not None else []
    for folder in folders:
        path = Path(folder, *inside)
        if path.is_dir():
            return path
    raise RulePathError(f"the rule pack {name!r} has no folder {found[name].value!r}")
