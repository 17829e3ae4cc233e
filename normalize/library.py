"""Finding and reading rule files: from paths and ids to checked models."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from normalize.engine.patterns import Classes, Tree
from normalize.engine.words import NEEDED
from normalize.errors import (
    RuleConflictError,
    RuleError,
    RuleErrors,
    RulePathError,
    RuleReferenceError,
    UnknownNameError,
    suggestion,
)
from normalize.extending import check_when, extended
from normalize.kinds.base import Rule, RuleFile, error_at
from normalize.kinds.classes import ClassTable
from normalize.kinds.profile import ProfileFile
from normalize.kinds.registry import KINDS
from normalize.packing import pack
from normalize.packs import path_of
from normalize.reading import kept_model, read_model, read_source
from normalize.source.heading import heading
from normalize.source.nodes import Scalar, Source
from normalize.source.places import is_folder, real, shipped_rules
from normalize.source.problems import Problems

SEVERAL = 3  # kinds that a message lists


class Library:
    """All rule files of some folders, read when they are asked for.

    `extra` are files or folders of the user's own; a file there may take the
    id of a shipped one and stands in for it then. What a library `before` has read
    of files that are the same is not read again.

    Raises:
        RulePathError: a path is not there or can't be read.
    """

    def __init__(
        self, extra: Iterable[str | Path] = (), *, before: Library | None = None
    ) -> None:
        self.problems = Problems()
        self.classes: Classes = {}
        self.replaces = False  # whether one file stands in for another of its id
        self._sources: dict[str, Source] = {}
        self._kinds: dict[str, str] = {}
        self._models: dict[str, Any] = {}
        self._linked: dict[str, RuleFile | None] = {}
        # The ids of the user's own files, by the path as it was given.
        self._own: dict[str, list[str]] = {}
        self._seen: dict[Path, list[str]] = {}
        root = shipped_rules()
        for path in sorted(root.rglob("*.yaml")):
            shown = f"rules/{path.relative_to(root).as_posix()}"
            source = read_source(path, shown, self.problems)
            if source is not None:
                id_, kind, _ = heading(source)
                self._note(source, id_, kind)
        strays: list[Source] = []
        for given in dict.fromkeys(map(str, extra)):
            strays += self._add_own(given)
        self.classes = self._read_classes()
        self._about_classes = pack(self.classes)
        if before is not None:
            self._models.update(self._same(before))
        # Files without an id are read for the errors that say what is missing, all
        # others of the user's own so that no mistake in them is passed over.
        for source in strays:
            read_model(source, self.classes, self.problems)
        for id_ in self.own:
            self._model(id_)

    @property
    def own(self) -> list[str]:
        """The ids of the user's own files."""
        return list(dict.fromkeys(id_ for ids in self._own.values() for id_ in ids))

    def own_of(self, given: str | Path) -> list[str]:
        """The ids of the files at a path that was given as `extra`."""
        return self._own.get(str(Path(given)), [])

    def _add_own(self, given: str) -> list[Source]:
        """Note the files at a path; returns those that have no id."""
        place = path_of(given)
        folder = is_folder(place)
        paths = sorted(place.rglob("*.yaml")) if folder else [place]
        if folder and not os.access(place, os.R_OK | os.X_OK):
            raise RulePathError(f"can't read the rule folder {given}")
        if not paths:
            raise RulePathError(f"no rule file (*.yaml) in {given!r}")
        strays = []
        mine = self._own.setdefault(str(Path(given)), [])
        for path in paths:
            target = real(path)
            if target in self._seen:
                mine += [i for i in self._seen[target] if i not in mine]
                continue
            self._seen[target] = []
            source = read_source(path, str(path), self.problems)
            if source is None:
                continue
            id_, kind, at = heading(source)
            if id_ in self.own:
                first = self._sources[id_].path
                message = f"the file id {id_!r} is taken by {first} too"
                hint = "give one of them another id"
                error = RuleConflictError(
                    message,
                    at=at,
                    line_text=source.line(at.line),
                    width=len(id_),
                    hint=hint,
                )
                error.code = "N002"
                self.problems.errors.append(error)
            elif id_ and kind:
                self._note(source, id_, kind)
                self._seen[target] = [id_]
                mine.append(id_)
            else:
                strays.append(source)
        return strays

    def _note(self, source: Source, id_: str, kind: str) -> None:
        """Note a file under its id without reading it whole."""
        self.replaces |= id_ in self._sources
        self._sources[id_] = source
        self._kinds[id_] = kind
        self._models.pop(id_, None)
        self._linked.pop(id_, None)

    def _read_classes(self) -> Classes:
        known: dict[str, Tree] = {}
        self.classes = known
        for id_ in self.ids("classes"):
            model = read_model(self._sources[id_], self.classes, self.problems)
            if isinstance(model, ClassTable):
                known.update(model)
        missing = [name for name in NEEDED if name not in known]
        if missing:
            self.check()
            message = f"no classes file defines {missing[0]!r}"
            raise RulePathError(message, hint="are the shipped rules complete?")
        return known

    def ids(self, *kinds: str) -> list[str]:
        """The ids of all files of these kinds (all kinds when none is given)."""
        return [i for i, kind in self._kinds.items() if not kinds or kind in kinds]

    def kind(self, id_: str) -> str:
        """The kind that the file with this id says it is."""
        return self._kinds[id_]

    def about(self, id_: str) -> tuple[str, str]:
        """Title and path of the file with this id."""
        return getattr(self._model(id_), "title", ""), self._sources[id_].path

    def path_of(self, id_: str) -> str:
        """The path of the file with this id, as messages show it."""
        return self._sources[id_].path

    def source_of(self, id_: str) -> Source | None:
        """The file with this id as it was read; None when there is none."""
        return self._sources.get(id_)

    def text_of(self, id_: str) -> str:
        """The text of the file with this id."""
        return self._sources[id_].text

    def lines_of(self, rule: Rule) -> list[str]:
        """The lines of a rule as its editor wrote them."""
        path, _, number = rule.at.rpartition(":")
        source = self._at_path(path)
        lines = source.lines[int(number) - 1 :] if source is not None else []
        deep = len(lines[0]) - len(lines[0].lstrip()) if lines else 0
        end = 1
        while end < len(lines) and (
            not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip()) >= deep
        ):
            if lines[end][: deep + 2].strip().startswith(("-", "#")):
                break
            end += 1
        return lines[:end]

    def _same(self, before: Library) -> dict[str, Any]:
        """What another library has read of files that are here as they were there."""
        if before.problems.errors or before.classes != self.classes:
            return {}
        return {
            id_: model
            for id_, model in before._models.items()
            if self._sources.get(id_) == before._sources[id_]
        }

    def _model(self, id_: str) -> Any:
        if id_ not in self._models:
            self._models[id_] = kept_model(
                self._sources[id_], self.classes, self.problems, self._about_classes
            )
        return self._models[id_]

    def profile(self, id_: str) -> ProfileFile | None:
        """The profile with this id; None when it has problems.

        Raises:
            UnknownNameError: there is no profile of that name.
        """
        known = self.ids("profile")
        if id_ not in known:
            if id_ and is_folder(Path(id_)):
                hint = "a profile is named by its id, or by the path of its file"
                raise RulePathError(f"{id_!r} is a folder, not a profile", hint=hint)
            raise UnknownNameError("profile", id_, sorted(known))
        model = self._model(id_)
        return model if isinstance(model, ProfileFile) else None

    def rule_file(self, name: Scalar | str, *kinds: str) -> RuleFile | None:
        """The rule file with this id, what it extends taken in.

        A name that is not there becomes a problem at the node that says it.
        """
        id_ = name if isinstance(name, str) else name.value
        known = self.ids(*kinds)
        if id_ not in known:
            if isinstance(name, str):
                raise UnknownNameError("rule file", id_, sorted(known))
            said = f" of kind {' or '.join(kinds)}" if kinds else ""
            said = " for a stage" if len(kinds) > SEVERAL else said
            self.problems.add(
                name,
                f"no rule file{said} has the id {id_!r}",
                kind=RuleReferenceError,
                hint=suggestion(id_, known),
            )
            return None
        if id_ in self._linked:
            return self._linked[id_]
        file = self._extended(id_, ())
        link = KINDS[file.kind].link if file is not None else None
        if file is not None and link is not None:
            self._linked[id_] = None  # a file that uses itself finds nothing
            kinds = KINDS[file.kind].refers_to
            find = partial(self._used, kinds)
            file = link(file, find, self.classes, self.problems)
            check_when(file, self._sources.get(id_), self.problems)
        elif file is not None and self._model(id_).extends is not None:
            check_when(file, self._sources.get(id_), self.problems)
        file = self._with_borrowed(file) if file is not None else None
        self._linked[id_] = file
        return file

    def _with_borrowed(self, file: RuleFile) -> RuleFile:
        """The file with what it borrows from others of its kind."""
        others = []
        for name in file.borrows():
            if name.value not in self.ids(file.kind):
                self.problems.add(
                    name,
                    f"no {file.kind} file has the id {name.value!r}",
                    kind=RuleReferenceError,
                    hint=suggestion(name.value, self.ids(file.kind)),
                )
                continue
            other = self._extended(name.value, ())
            if other is not None:
                others.append(other)
        return file.borrow(tuple(others)) if others else file

    def _used(self, kinds: tuple[str, ...], name: Scalar) -> RuleFile | None:
        """A file that another one names."""
        return self.rule_file(name, *kinds)

    def _extended(self, id_: str, chain: tuple[str, ...]) -> RuleFile | None:
        file = self._model(id_)
        if not isinstance(file, RuleFile):
            return None
        if file.extends is None:
            for scalar in file.remove:
                self.problems.add(
                    scalar, "'remove' needs 'extends': there is nothing to leave out"
                )
            return file
        parents = self.ids(file.kind)
        parent_id = file.extends.value
        if parent_id in (*chain, id_):
            cycle = " -> ".join((*chain, id_, parent_id))
            self.problems.add(
                file.extends,
                f"files extend each other: {cycle}",
                kind=RuleReferenceError,
            )
            return None
        if parent_id not in parents:
            self.problems.add(
                file.extends,
                f"no {file.kind} file has the id {parent_id!r}",
                kind=RuleReferenceError,
                hint=suggestion(parent_id, [p for p in parents if p != id_]),
            )
            return None
        parent = self._extended(parent_id, (*chain, id_))
        if parent is None:
            return None
        return extended(parent, file, self._sources[id_], self.problems)

    def check(self) -> None:
        """Raise what went wrong so far.

        Raises:
            RuleErrors: at least one file has a problem.
        """
        if self.problems.errors:
            drawn = map(self._drawn, self.problems.errors)
            # A file of classes is read again with those of others.
            raise RuleErrors({str(error): error for error in drawn}.values())

    @contextmanager
    def drawing(self) -> Iterator[None]:
        """What compiles files of this library: its errors get the lines they point at.

        Compiling knows of a rule no more than its place.
        """
        try:
            yield
        except RuleErrors as found:
            raise RuleErrors(map(self._drawn, found.errors)) from None

    def _drawn(self, error: RuleError) -> RuleError:
        """An error with the line of the file that it points at."""
        at = error.at
        source = None if error.line_text else self._at_path(at.path)
        if source is None:
            return error
        line = at.line
        if line == 1:  # no rule stands there: the file as a whole is meant
            line = heading(source)[2].line
        place = f"{at.path}:{line}"
        made = error_at(place, error.message, type(error), source, error.hint)
        made.code = error.code
        return made

    def _at_path(self, path: str) -> Source | None:
        """The file that messages show under this path."""
        return next((s for s in self._sources.values() if s.path == path), None)
