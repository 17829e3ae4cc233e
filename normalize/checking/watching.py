"""Watching rule files: which were saved, and which examples that touches."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from normalize.library import Library
from normalize.source.places import shipped_rules

PAUSE = 0.1  # seconds between looks

State = dict[str, tuple[int, int]]


class Watcher:
    """The files of some paths, or the shipped rules when there are none."""

    def __init__(
        self, paths: Sequence[str], sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.paths = tuple(paths)
        self._sleep = sleep
        self._last: Library | None = None
        self._roots = [Path(path) for path in paths] or [shipped_rules()]

    def library(self) -> Library:
        """All rule files as they are now."""
        self._last = Library(self.paths, before=self._last)
        return self._last

    def changes(self) -> Iterator[list[str]]:
        """The files that were saved since the last look; none at first."""
        known = self._state()
        yield []
        while True:
            self._sleep(PAUSE)
            now = self._state()
            if now != known:
                yield sorted(
                    k for k in now.keys() | known if now.get(k) != known.get(k)
                )
                known = now

    def _state(self) -> State:
        found: State = {}
        for root in self._roots:
            files = root.rglob("*.yaml") if root.is_dir() else [root]
            for file in files:
                try:
                    state = file.stat()
                except OSError:
                    continue  # between two writes of an editor
                found[str(file)] = state.st_mtime_ns, state.st_size
        return found

    def touched(
        self, library: Library, changed: Sequence[str], ids: Sequence[str]
    ) -> list[str]:
        """The ids whose examples to run: of saved files and what takes them over."""
        own = [i for i in library.own if library.kind(i) != "classes"]
        wanted = [id_.partition("/")[0] for id_ in ids] or own
        if not changed:
            return wanted
        saved = {Path(path).resolve() for path in changed}
        direct = [i for i in library.ids() if _place(library, i) in saved]
        found = dict.fromkeys(i for i in direct if library.kind(i) != "profile")
        for id_ in wanted:
            kind = library.kind(id_) if id_ in library.ids() else "profile"
            file = None if kind in ("profile", "classes") else library.rule_file(id_)
            if file is not None and {*file.parents, *file.uses} & set(direct):
                found[id_] = None
        return [*found, *(i for i in direct if i not in found and i in wanted)]


def _place(library: Library, id_: str) -> Path:
    """Where the file with this id lies."""
    path = library.path_of(id_)
    if id_ not in library.own:
        return shipped_rules().resolve() / path.removeprefix("rules/")
    return Path(path).resolve()
