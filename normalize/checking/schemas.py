"""The JSON Schema files beside the rules: written, and checked to be current."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from normalize.files.writing import write_whole
from normalize.kinds.registry import KINDS
from normalize.source.schema import TITLE, schema_text

FOLDER = "_schema"


def schema_files() -> dict[str, str]:
    """File names and texts of the schemas of all kinds."""
    return {
        f"{kind.name}.schema.json": schema_text(kind.name, kind.about, kind.record({}))
        for kind in KINDS.values()
    }


def stale(folder: Path) -> list[str]:
    """The names of schema files in `folder` that are not as they should be.

    Raises:
        OSError: one can't be read.
    """
    known = schema_files()
    wrong = []
    for name, text in known.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != text.encode():
            wrong.append(name)
    return wrong + [path.name for path in _of_no_kind(folder, known)]


def write(folder: Path) -> None:
    """Write all schema files into `folder`, and take out those of kinds that are gone.

    Raises:
        OSError: there can be no such folder.
        InputError: a file can't be written; it is as it was.
    """
    folder.mkdir(parents=True, exist_ok=True)
    known = schema_files()
    for path in _of_no_kind(folder, known):
        path.unlink()
    for name, text in known.items():
        write_whole(str(folder / name), text.encode())


def _of_no_kind(folder: Path, known: Collection[str]) -> Iterator[Path]:
    """The schemas that were written here for a kind that there is no more.

    Other schemas may lie in a folder of the user's own; they are not looked at.
    """
    for path in sorted(folder.glob("*.schema.json")):
        if (
            path.name not in known
            and f'"title": "{TITLE}'.encode() in path.read_bytes()
        ):
            yield path
