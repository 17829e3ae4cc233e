"""Bytes in and out: encodings found out, compression, files moved into place."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import stat
from contextlib import closing
from pathlib import Path

import pytest

from normalize.errors import DecodeError, InputError
from normalize.files import encodings
from normalize.files.reading import Reader
from normalize.files.walk import Found
from normalize.files.writing import ToFile

UK = (
    "Вночі над містом знову лунали сирени, а зранку підприємства підраховували збитки. "
    "Міська влада обіцяє відновити світло до вечора, їхні бригади вже працюють."
)
RU = (
    "Ночью над городом снова звучали сирены, а утром предприятия подсчитывали убытки. "
    "Городские власти обещают восстановить свет к вечеру, бригады уже работают."
)
EN = "The mayor’s office said the café on the square had been “closed” since April."


@pytest.mark.parametrize("codec", ["cp1251", "koi8-u", "cp866", "iso-8859-5"])
@pytest.mark.parametrize("text", [UK, RU], ids=["uk", "ru"])
def test_cyrillic_is_found_out(codec: str, text: str):
    """The usual encodings of two sentences are told apart."""
    if text == UK and codec == "cp866":
        pytest.skip("cp866 has no Ukrainian letters")
    data = text.encode(codec)
    found = encodings.of_beginning(data, "auto", "a.txt")
    assert data.decode(found.codec) == text
    assert 0.2 <= found.confidence < 1


def test_western_marks_are_found_out():
    """Typographic marks and accents in English are cp1252."""
    found = encodings.of_beginning(EN.encode("cp1252"), "auto", "a.txt")
    assert EN.encode("cp1252").decode(found.codec) == EN


@pytest.mark.parametrize("codec", ["cp1251", "koi8-u", "cp866"])
def test_a_few_cyrillic_words_in_english_are_not_guessed(codec: str):
    """In an English text the letters of English tell nothing about the others."""
    data = (f"{EN.replace('é', 'e').replace('’', chr(39))} " * 20).replace("“", '"')
    data = data.replace("”", '"') + "Слава Україні, Київ".replace("ї", "и").replace(
        "і", "и"
    )
    try:
        found = encodings.of_beginning(data.encode(codec), "auto", "a.txt")
    except DecodeError:
        return
    assert data.encode(codec).decode(found.codec) == data


def test_a_letter_cut_at_the_end_of_the_sample():
    """UTF-8 whose sample ends inside a letter is UTF-8."""
    data = ("a" + "Ї" * encodings.SAMPLE).encode()[: encodings.SAMPLE]
    assert encodings.of_beginning(data, "auto", "a.txt").codec == "utf-8"


def test_the_first_letter_comes_late(tmp_path: Path):
    """A text that begins with a megabyte of ASCII is looked at where letters are."""
    text = "plain words\n" * 100_000 + UK
    (tmp_path / "a.txt").write_bytes(text.encode("cp1251"))
    path = str(tmp_path / "a.txt")
    reader = Reader(Found(path, path, "a.txt"), "auto")
    assert "".join(reader.chunks()) == text
    reader.close()


OPEN = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}


@pytest.mark.parametrize("suffix", [".gz", ".bz2", ".xz", ".zst"])
def test_compression_round_trip(tmp_path: Path, suffix: str):
    """What is written under the name is read again, by the usual tools as well."""
    if suffix == ".zst":
        pytest.importorskip("zstandard")
    path = str(tmp_path / f"a.txt{suffix}")
    data = UK.encode() * 1000
    sink = ToFile(path)
    sink.write(data[:5000])
    sink.write(data[5000:])
    sink.commit()
    assert Path(path).stat().st_size < len(data) / 10
    reader = Reader(Found(path, path, "a"), "utf-8")
    assert "".join(reader.chunks()) == data.decode()
    reader.close()
    if suffix in OPEN:
        with OPEN[suffix](path) as file:
            assert file.read() == data


@pytest.mark.parametrize("suffix", [".gz", ".bz2", ".xz", ".zst"])
def test_damage_is_told(tmp_path: Path, suffix: str):
    """A compressed file that is cut short is an error, never a shorter text."""
    if suffix == ".zst":
        pytest.importorskip("zstandard")
    path = tmp_path / f"a.txt{suffix}"
    sink = ToFile(str(path))
    sink.write(os.urandom(200_000).hex().encode())
    sink.commit()
    path.write_bytes(path.read_bytes()[:-50_000])
    found = Found(str(path), "a.txt", "a")
    with pytest.raises(InputError, match="damaged"):
        read(found)


def read(found: Found) -> str:
    """The text of a file, which is closed whatever comes of it."""
    with closing(Reader(found, "utf-8")) as reader:
        return "".join(reader.chunks())


def test_mode_and_times_are_kept(tmp_path: Path):
    """A replaced file has the mode of the old one, and its times where asked for."""
    path = tmp_path / "a.txt"
    path.write_text("old")
    path.chmod(0o640)
    os.utime(path, (1_000_000, 1_000_000))
    for times in (True, False):
        sink = ToFile(str(path), like=path.stat(), times=times)
        sink.write(b"new")
        sink.commit()
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
        assert (path.stat().st_mtime == 1_000_000) == times


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs /proc")
def test_on_disk_before_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """All bytes are on disk before the file gets its name, and then the name is."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    happened: list[tuple[str, str, bytes]] = []
    fsync, replace = os.fsync, os.replace

    def synced(handle: int) -> None:
        place = Path(f"/proc/self/fd/{handle}").readlink()
        kind = "folder" if place.is_dir() else "file"
        happened.append(
            (kind, place.name, b"" if place.is_dir() else place.read_bytes())
        )
        fsync(handle)

    def replaced(source: str, target: Path) -> None:
        happened.append(("name", Path(source).name, path.read_bytes()))
        replace(source, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", replaced)
    sink = ToFile(str(path))
    sink.write(b"new")
    sink.commit()
    new = happened[0][1]
    assert new != path.name
    assert happened == [
        ("file", new, b"new"),
        ("name", new, b"old"),
        ("folder", tmp_path.name, b""),
    ]
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_discarding_leaves_nothing(tmp_path: Path):
    """A text that is given up leaves the old file and no other."""
    path = tmp_path / "a.txt"
    path.write_text("old")
    sink = ToFile(str(path))
    sink.write(b"x" * 10_000_000)
    assert len(list(tmp_path.iterdir())) == 2
    sink.discard()
    assert [path] == list(tmp_path.iterdir())
    assert path.read_text() == "old"
