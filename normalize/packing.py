"""Rule data as bytes and back: the same bytes in every process, and nothing that runs.

What is read is made by an unpickler that knows the classes of rule data, compiled
patterns and plain data, and refuses everything else.
"""

from __future__ import annotations

import copyreg
import io
import pickle
from collections.abc import Callable, Mapping
from dataclasses import fields
from operator import attrgetter, is_
from types import BuiltinFunctionType, FunctionType
from typing import Any, BinaryIO

# Modules whose classes rule data and what it compiles to are made of.
_OURS = (
    "normalize.engine.",
    "normalize.joined.",
    "normalize.kinds.",
    "normalize.plan.",
    "normalize.source.nodes.",
    "normalize.spans.",
)
_OTHERS = {
    ("builtins", "frozenset"),
    ("builtins", "set"),
    ("datetime", "date"),
    # Compiled patterns: the library's own form, and the source of the standard one's.
    ("regex._regex", "compile"),
    ("re", "_compile"),
}


def pack(value: Any, apart: Mapping[int, str] | None = None) -> bytes:
    """The value as bytes that depend on nothing but what it says.

    `apart` are parts of it, by identity, of which only the name is written.
    """
    file = io.BytesIO()
    writer = _Writer(file) if apart is None else _Dividing(file, apart)
    writer.dump(value)
    return file.getvalue()


def naming(value: Any) -> bytes:
    """Bytes to tell the value from others: of equal values they are the same.

    Those of `pack` may differ when parts of one value are one object, those of another
    equal ones. They are more, so it is for small values.
    """
    file = io.BytesIO()
    writer = _Writer(file)
    writer.fast = True
    writer.dump(value)
    return file.getvalue()


def unpack(data: bytes | memoryview, find: Callable[[str], Any] | None = None) -> Any:
    """The value that `pack` made bytes of; `find` gives parts by their names.

    Raises:
        Exception: of many kinds, when the bytes are no such thing.
    """
    return unpack_from(io.BytesIO(data), find)


def unpack_from(file: BinaryIO, find: Callable[[str], Any] | None = None) -> Any:
    """The value that `pack` made bytes of, from a file that stands where they begin.

    Raises:
        As `unpack`.
    """
    return (_Reader(file) if find is None else _Joining(file, find)).load()


class _Ordered:
    """A set to be written in the order of its members, not in that of this process."""

    def __init__(self, members: frozenset[Any] | set[Any]) -> None:
        self._members = members

    def __reduce__(self) -> tuple[type, tuple[tuple[Any, ...]]]:
        return type(self._members), (tuple(sorted(self._members, key=repr)),)


_AS_USUAL = (type, _Ordered, FunctionType, BuiltinFunctionType)
# These may hold sets; what else there is says itself what is kept of it.
_HOLDING = frozenset({frozenset, set, list, tuple, dict})
_SETS = frozenset({frozenset, set})


def _values_of(kind: type) -> Callable[[Any], tuple[Any, ...]] | None:
    """What gives the fields of a frozen dataclass with slots, by which it is made.

    `pickle` asks for them slowly, and puts them in more slowly. None of other classes,
    and of those that say themselves what is kept of them or are made otherwise.
    """
    getstate = getattr(kind, "__getstate__", None)
    if getattr(getstate, "__module__", "") != "dataclasses":
        return None
    if hasattr(kind, "__post_init__") or any(
        not field.init or field.kw_only for field in fields(kind)
    ):
        return None
    names = [field.name for field in fields(kind)]
    if len(names) > 1:
        values: Callable[[Any], tuple[Any, ...]] = attrgetter(*names)
        return values
    return lambda value: tuple(getattr(value, name) for name in names)


class _Writer(pickle.Pickler):
    """Writes what objects hold with sets in order."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file, protocol=5)
        # By identity, with the set itself so that it lives as long as its number.
        self._sets: dict[int, tuple[Any, _Ordered]] = {}
        self._known: dict[type, Callable[[Any], tuple[Any, ...]] | None] = {}

    def reducer_override(self, value: Any) -> Any:
        """How an object is written; `NotImplemented`: as usual."""
        kind = type(value)
        try:
            values = self._known[kind]
        except KeyError:
            values = self._known[kind] = _values_of(kind)
        if values is not None:
            return kind, self._ordered(values(value))
        if isinstance(value, _AS_USUAL) or kind in copyreg.dispatch_table:
            return NotImplemented
        reduced = value.__reduce_ex__(5)
        if isinstance(reduced, str) or len(reduced) < len(("make", "with", "state")):
            return NotImplemented
        make, given, state, *rest = reduced
        return make, given, self._ordered(state), *rest

    def _ordered(self, value: Any) -> Any:
        """The value with every set in it wrapped; itself when there is none."""
        kind = type(value)
        if kind in _SETS:
            known = self._sets.setdefault(id(value), (value, _Ordered(value)))
            return known[1]
        if kind is dict:
            made = self._ordered([*value.values()])
            same = all(map(is_, made, value.values()))
            return value if same else dict(zip(value, made, strict=True))
        if kind not in _HOLDING or _HOLDING.isdisjoint(map(type, value)):
            return value
        made = [
            self._ordered(item) if type(item) in _HOLDING else item for item in value
        ]
        return value if all(map(is_, made, value)) else kind(made)


class _Reader(pickle.Unpickler):
    """Makes rule data and plain data, and refuses everything else."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _OTHERS:
            return super().find_class(module, name)
        if f"{module}.".startswith(_OURS) and name.isidentifier():
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__.startswith("normalize."):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no rule data")


class Apart:
    """Stands in the bytes of a value for a part that is kept by itself."""


class _Dividing(_Writer):
    """Writes the names of some parts in place of them."""

    def __init__(self, file: io.BytesIO, apart: Mapping[int, str]) -> None:
        super().__init__(file)
        self._apart = apart

    def reducer_override(self, value: Any) -> Any:
        """How an object is written."""
        name = self._apart.get(id(value))
        return super().reducer_override(value) if name is None else (Apart, (name,))


class _Joining(_Reader):
    """Puts parts in where their names stand."""

    def __init__(self, file: BinaryIO, find: Callable[[str], Any]) -> None:
        super().__init__(file)
        self._find = find

    def find_class(self, module: str, name: str) -> Any:
        """What makes an object."""
        if (module, name) == (Apart.__module__, Apart.__name__):
            return self._find
        return super().find_class(module, name)
