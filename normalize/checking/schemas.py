"""The JSON Schema files beside the rules: written, and checked to be current."""

from __future__ import annotations

from pathlib import Path

from normalize.kinds.registry import KINDS
from normalize.source.schema import schema_text

FOLDER = "_schema"


def schema_files() -> dict[str, str]:
    """File names and texts of the schemas of all kinds."""
    return {
        f"{kind.name}.schema.json": schema_text(kind.name, kind.about, kind.record({}))
        for kind in KINDS.values()
    }


def stale(folder: Path) -> list[str]:
    """The names of schema files in `folder` that are not as they should be."""
    wrong = []
    for name, text in schema_files().items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            wrong.append(name)
    known = schema_files()
    return wrong + [
        p.name for p in sorted(folder.glob("*.json")) if p.name not in known
    ]


def write(folder: Path) -> None:
    """Write all schema files into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    known = schema_files()
    for path in folder.glob("*.schema.json"):
        if path.name not in known:
            path.unlink()
    for name, text in known.items():
        (folder / name).write_text(text, encoding="utf-8")
