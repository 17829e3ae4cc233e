"""The schema files as they are written into a folder."""

from __future__ import annotations

import os

import pytest

from normalize.checking.schemas import schema_files, stale, write
from normalize.errors import InputError


def test_what_is_written_is_current(tmp_path):
    """A folder is made, filled, and holds the schema of every kind."""
    write(tmp_path / "new")

    assert sorted(schema_files()) == sorted(
        path.name for path in (tmp_path / "new").iterdir()
    )
    assert [] == stale(tmp_path / "new")


def test_other_files_of_the_folder_stay(tmp_path):
    """A schema of somebody else's is left; one of a kind that is gone is taken out."""
    record = next(iter(schema_files().values()))
    (tmp_path / "mine.schema.json").write_text('{"title": "Mine"}', encoding="utf-8")
    gone = record.replace("Rule file of kind ", "Rule file of kind old-")
    (tmp_path / "gone.schema.json").write_text(gone, encoding="utf-8")

    assert "gone.schema.json" in stale(tmp_path)
    assert "mine.schema.json" not in stale(tmp_path)
    write(tmp_path)
    assert (tmp_path / "mine.schema.json").exists()
    assert not (tmp_path / "gone.schema.json").exists()


def test_a_file_that_can_not_be_written_is_as_it_was(tmp_path, monkeypatch):
    """On a full disk the old schema stays, whole."""
    write(tmp_path)
    name = min(schema_files())
    (tmp_path / name).write_text("old", encoding="utf-8")

    def full(handle: int) -> None:
        del handle
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="can't write: No space left on device"):
        write(tmp_path)
    assert "old" == (tmp_path / name).read_text(encoding="utf-8")
    assert [] == [path.name for path in tmp_path.glob(".*.new")]
