"""The project file: which profile, rules and options hold for the files of a folder.

It is `normalize.yaml`, a profile that may also name rule files, or the table
`[tool.normalize]` of `pyproject.toml` with `profile`, `rules` and `options`. The one
nearest above the input counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from normalize.errors import NormalizeError, RulePathError, suggestion
from normalize.packs import PREFIX
from normalize.source.places import bytes_of, is_file, is_folder, real

FILE = "normalize.yaml"
PYPROJECT = "pyproject.toml"
_KEYS = ("profile", "rules", "options")
_MOST = 1024 * 1024  # bytes


class Project(NamedTuple):
    """What a project file says: a profile (name or path), rule paths, options."""

    path: Path
    profile: str
    rules: tuple[str, ...]
    options: dict[str, str]


def find_project(start: Path) -> Project | None:
    """The project of a file or folder, or None.

    Raises:
        NormalizeError: its project file can't be read, or says what it may not.
    """
    try:
        place = real(start)
    except OSError:  # the working directory is gone
        return None
    # What may not be looked into has no project: reading the input tells why.
    for folder in (place, *place.parents) if is_folder(place) else place.parents:
        own = folder / FILE
        if is_file(own):
            return Project(own, _short(own), rules_of(own), {})
        pyproject = folder / PYPROJECT
        table = _table(pyproject) if is_file(pyproject) else None
        if table is not None:
            return _from_table(pyproject, table)
    return None


def rules_of(path: Path) -> tuple[str, ...]:
    """The paths of the rule files that a profile file names under `rules`.

    What is wrong with the file in other ways is told when it is loaded.

    Raises:
        RulePathError: a path leads out of the folder of the file, or to nothing.
    """
    try:
        text = bytes_of(path).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return ()
    # Not needed where no file is named, and long to import.
    from normalize.source.nodes import Mapping, Scalar, Sequence, Source, parse

    root, _ = parse(Source(str(path), text))
    fields = root.items if isinstance(root, Mapping) else {}
    kind = fields["kind"][1] if "kind" in fields else None
    named = fields.get("rules")
    # Files of other kinds have rules of another sort under that name.
    if named is None or not isinstance(kind, Scalar) or kind.value != "profile":
        return ()
    nodes = named[1].items if isinstance(named[1], Sequence) else [named[1]]
    given = [node for node in nodes if isinstance(node, Scalar)]
    return tuple(
        _inside(path, node.value, f"{path}:{node.line}:{node.column}") for node in given
    )


def _inside(project: Path, name: str, place: str) -> str:
    """A path of a project file, which stays in its folder."""
    if name.startswith(PREFIX):
        return name
    folder = real(project.parent)
    path = real(folder / name)
    if not path.is_relative_to(folder):
        raise RulePathError(
            f"{place}: the rules {name!r} lie outside of the folder of this file",
            hint="a project uses rules of its own folder; others go with --rules",
        )
    if not is_folder(path) and not is_file(path):
        hint = "expected a path that starts at the folder of this file"
        raise RulePathError(f"{place}: there are no rules {name!r}", hint=hint)
    return _short(path)


def _short(path: Path) -> str:
    """The path as messages show it: from the working directory, if it is below."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _table(path: Path) -> dict[str, Any] | None:
    """The table of a pyproject.toml; None when it has none."""
    import tomllib

    try:
        if path.stat().st_size > _MOST:
            return None
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        return None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        said = re.fullmatch(r"(.*) \(at line (\d+), column (\d+)\)", str(error))
        place = f"{_short(path)}:{said[2]}:{said[3]}" if said else _short(path)
        raise NormalizeError(
            f"{place}: not TOML: {said[1] if said else error}"
        ) from None
    tool = data.get("tool")
    table = tool.get("normalize") if isinstance(tool, dict) else None
    return table if isinstance(table, dict) else None


def _from_table(path: Path, table: dict[str, Any]) -> Project:
    for key in table:
        if key not in _KEYS:
            message = f"{_short(path)}: unknown key {key!r} in [tool.normalize]"
            raise NormalizeError(message, hint=suggestion(key, _KEYS))
    profile = table.get("profile", "news-en")
    rules = table.get("rules", [])
    options = table.get("options", {})
    texts = [profile, *(rules if isinstance(rules, list) else [None])]
    texts += options.values() if isinstance(options, dict) else [None]
    if not all(isinstance(text, str) for text in texts):
        raise NormalizeError(
            f"{_short(path)}: [tool.normalize] has a value that is no text",
            hint='profile = "news-en", rules = ["rules/"], '
            'options = {date_order = "dmy"}',
        )
    shown = _short(path)
    paths = [_inside(path, name, shown) for name in rules]
    if profile.endswith((".yaml", ".yml")):
        profile = _inside(path, profile, shown)
        paths += rules_of(Path(profile))
    return Project(path, profile, tuple(dict.fromkeys(paths)), options)


def with_rules(paths: Iterable[str]) -> list[str]:
    """The paths, each profile file among them with the rules that it names."""
    found: dict[str, None] = {}
    for given in paths:
        found[given] = None
        if given.endswith((".yaml", ".yml")):
            found.update(dict.fromkeys(rules_of(Path(given))))
    return list(found)
