"""Which files are meant: paths, folders, globs, `.gitignore`, each file once."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from normalize.errors import InputError, OptionError
from normalize.files import missing
from normalize.files.compression import plain_name
from normalize.source.places import is_file

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

# What a folder gives when no --include says otherwise: running text, nothing that
# quotation marks or dashes of the press would break.
TEXTS = (
    ".txt", ".text", ".md", ".markdown", ".rst", ".adoc", ".org",
    ".html", ".htm", ".xhtml", ".srt", ".vtt",
)  # fmt: skip
# Of a long list that belongs to another folder each path is told, but not each with
# a look at what stands beside it.
HINTS = 20


class Found(NamedTuple):
    """A file to work on.

    Attributes:
        path: what to open; `-` is standard input.
        name: how messages call it.
        inside: its path below an output folder.
        walked: a folder gave it, nobody named it.
    """

    path: str
    name: str
    inside: str
    walked: bool = False


@dataclass(frozen=True)
class Wanted:
    """What the options say about files in folders; globs are those of .gitignore."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = TEXTS
    gitignore: bool = True
    hidden: bool = False
    leave: str = ""  # a folder that is never gone into: the one for the output


@dataclass
class Walk:
    """Goes through the paths once; afterwards it knows what it passed over.

    Raises:
        OptionError: a glob that is none.
    """

    wanted: Wanted
    stdin_name: str = "<stdin>"
    others: int = 0  # files in folders whose names say that they are no texts
    linked: int = 0  # symbolic links in folders
    texts: int = 0  # files in folders that are texts, by their names
    _unopened: int = 0  # paths named that can't be opened
    _seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        wanted = self.wanted
        self._include = _asked("--include", wanted.include)
        self._exclude = _asked("--exclude", wanted.exclude)
        self._leave = os.path.realpath(wanted.leave) if wanted.leave else ""

    def find(self, paths: Iterable[str]) -> Iterator[Found | InputError]:
        """The files, in the order named, those of a folder by name; each once.

        What can't be worked on comes as the error that tells why.
        """
        for path in paths:
            if path == "-":
                if self._first("-"):
                    yield Found("-", self.stdin_name, Path(self.stdin_name).name)
                continue
            try:
                mode = os.stat(path).st_mode  # noqa: PTH116 - bytes of any name
            except OSError as error:
                self._unopened += 1
                expected = missing.TEXTS if self._unopened <= HINTS else ""
                yield missing.unopened(path, path, error, expected)
                continue
            except ValueError:
                yield InputError(f"{path}: not a path", path=path)
                continue
            if stat.S_ISDIR(mode):
                yield from self._folder(path)
            elif not self._excluded(path) and self._first(os.path.realpath(path)):
                yield Found(path, path, Path(path).name)

    def _first(self, key: str) -> bool:
        new = key not in self._seen
        self._seen.add(key)
        return new

    def _excluded(self, path: str, folder: bool = False) -> bool:
        if self._exclude is None:
            return False
        return self._exclude.match_file(_below_here(path) + "/" * folder)

    def _folder(self, root: str) -> Iterator[Found | InputError]:
        try:
            specs = _git_specs(Path(root)) if self.wanted.gitignore else []
        except InputError as error:
            yield error
            return
        texts, others = self.texts, self.others
        untold = True
        for found in self._walk(root, "", specs):
            untold &= not isinstance(found, InputError)
            yield found
        if self.texts > texts or not untold:
            return
        if self.others == others:
            hint = "--include, --hidden and --no-gitignore say what else to take"
            yield InputError(f"{root}: no text in this folder", path=root, hint=hint)
        else:
            hint = "--include '*' takes all; or say which, such as '*.log'"
            said = f"{root}: no text in this folder, only files of other kinds"
            yield InputError(said, path=root, hint=hint)

    def _walk(
        self, root: str, inside: str, specs: list[tuple[str, GitIgnoreSpec]]
    ) -> Iterator[Found | InputError]:
        here = os.path.join(root, inside) if inside else root  # noqa: PTH118
        if self._leave and os.path.realpath(here) == self._leave:
            return
        try:
            with os.scandir(here) as found:
                entries = sorted(found, key=lambda entry: entry.name)
            if self.wanted.gitignore and inside:
                specs = specs + _own_spec(here)
        except OSError as error:
            yield InputError(f"{here}: {error.strerror}", path=here)
            return
        except InputError as error:
            yield error
            return
        for entry in entries:
            if entry.name.startswith(".") and not self.wanted.hidden:
                continue
            if entry.name == ".git":
                continue
            if entry.is_symlink():
                self.linked += 1
                continue
            folder = entry.is_dir()
            if self._excluded(entry.path, folder) or _ignored(
                entry.path, folder, specs
            ):
                continue
            below = f"{inside}/{entry.name}" if inside else entry.name
            if folder:
                yield from self._walk(root, below, specs)
            elif (
                entry.is_file()
                and self._text(entry.path, below)
                and self._first(os.path.realpath(entry.path))
            ):
                yield Found(entry.path, entry.path, below, walked=True)

    def _text(self, path: str, below: str) -> bool:
        if self._include is not None:
            taken = self._include.match_file(below)
        else:
            taken = plain_name(path).lower().endswith(self.wanted.suffixes)
        self.others += not taken
        self.texts += taken
        return taken


def _asked(option: str, globs: tuple[str, ...]) -> GitIgnoreSpec | None:
    for glob in globs:
        if not glob or _read([glob]) is None:
            hint = "globs are those of .gitignore, such as '*.txt' or 'old/'"
            raise OptionError(f"{option} can't be {glob!r}", hint=hint)
    return _read(globs) if globs else None


def _spec(lines: list[str]) -> GitIgnoreSpec | None:
    """A list of globs; one that can't be read matches nothing, as in git."""
    return _read(lines) or _read([line for line in lines if _read([line])])


def _read(globs: Sequence[str]) -> GitIgnoreSpec | None:
    """The globs, or None when one of them can't be read."""
    import re
    import warnings

    from pathspec import GitIgnoreSpec

    with warnings.catch_warnings():
        # Brackets in brackets mean here what they mean in git.
        warnings.simplefilter("ignore", FutureWarning)
        try:
            return GitIgnoreSpec.from_lines(globs)
        except (ValueError, re.error):
            return None


def _below_here(path: str) -> str:
    """The path as globs see it: from the current folder, if it lies below it."""
    below = os.path.relpath(path)
    return path.lstrip("/") if below.startswith("..") else below


def _own_spec(folder: str) -> list[tuple[str, GitIgnoreSpec]]:
    """The .gitignore of one folder, with the folder that its patterns start at."""
    return _listed_globs(Path(folder, ".gitignore"), os.path.realpath(folder))


def _listed_globs(path: Path, base: str) -> list[tuple[str, GitIgnoreSpec]]:
    """The globs in a file, with the folder they start at; nothing where there is none.

    Raises:
        InputError: it can't be read, so it is not known what it leaves out.
    """
    if not is_file(path):
        return []
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        hint = "--no-gitignore does without it"
        said = f"{path}: {error.strerror}"
        raise InputError(said, path=str(path), hint=hint) from None
    spec = _spec(text.splitlines())
    return [(base, spec)] if spec is not None else []


def _git_specs(root: Path) -> list[tuple[str, GitIgnoreSpec]]:
    """Those that hold in a folder: its own, and those above it in its repository."""
    real = Path(os.path.realpath(root))
    above = [real, *real.parents]
    # Path.exists would raise where it may not look.
    tops = [i for i, f in enumerate(above) if os.path.exists(f / ".git")]  # noqa: PTH110
    specs: list[tuple[str, GitIgnoreSpec]] = []
    if tops:
        local = above[tops[0]] / ".git" / "info" / "exclude"
        specs += _listed_globs(local, str(above[tops[0]]))
    for folder in reversed(above[: tops[0] + 1 if tops else 1]):
        specs += _own_spec(str(folder))
    return specs


def _ignored(path: str, folder: bool, specs: list[tuple[str, GitIgnoreSpec]]) -> bool:
    """What git says: the deepest .gitignore that has a word about it decides."""
    if not specs:
        return False
    parent, name = os.path.split(path)
    real = os.path.join(os.path.realpath(parent), name)  # noqa: PTH118
    for base, spec in reversed(specs):
        said = spec.check_file(os.path.relpath(real, base) + "/" * folder).include
        if said is not None:
            return said
    return False


def listed(source: str, data: bytes) -> list[str]:
    """The paths of a --files-from list: one a line, or separated by NUL.

    Raises:
        InputError: a name in it is empty or has a NUL at a wrong place.
    """
    separator = b"\0" if b"\0" in data else b"\n"
    names = [os.fsdecode(n) for n in data.split(separator)]
    if separator == b"\n":
        names = [name.removesuffix("\r") for name in names]
    if "-" in names:
        raise InputError(f"{source}: - (standard input) can't stand in a list")
    return [name for name in names if name]
