r"""The pattern language of rule files: text -> syntax tree.

It is the common regular expression syntax, less what rules never need and plus named
classes: `{letter}` stands for the class of that name, inside square brackets too. A
plain group `( )` does not capture; `(?<name>...)` does. `\d` is an ASCII digit, `\w` a
letter, digit, mark or underscore, `.` anything but a line end, `^` and `$` the ends of
a line, `\N{NAME}` a character by name. The compiler derives anchors and groups of it.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import regex

MAX_REPEAT = 1000
WHITESPACE = frozenset(re.findall("[^\\S\x1c-\x1f]", "".join(map(chr, range(0x3001)))))
MAX_CHARS = 128
MAX_LENGTH = 100_000  # code points of a pattern
MAX_PARTS = 50_000  # with the classes in it written out


class PatternError(ValueError):
    """A pattern is wrong at `offset` code points from its start.

    `code` is the lint that it is, when it has one of its own.
    """

    def __init__(
        self, message: str, offset: int, hint: str | None = None, code: str = ""
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.offset = offset
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Chars:
    """One character out of a set.

    `inner` is the set as written between brackets for the `regex` package;
    `members` lists it, or is None when it is open (negated, a property, large).
    """

    inner: str
    negated: bool = False
    members: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Seq:
    items: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Alt:
    options: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """`item` from `low` to `high` times (None: any number); mode '', '?' or '+'."""

    item: Tree
    low: int
    high: int | None
    mode: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A named group."""

    name: str
    item: Tree


@dataclass(frozen=True, slots=True)
class Look:
    """A condition on what follows (or, `behind`, precedes), matching nothing."""

    item: Tree
    behind: bool
    negated: bool


@dataclass(frozen=True, slots=True)
class At:
    r"""A place: `^`, `$`, `\b` or `\B`."""

    mark: str


Tree = Chars | Seq | Alt | Repeat | Group | Look | At
Classes = Mapping[str, Tree]


def parts(tree: Tree) -> int:
    """How many parts a tree has, repeats counted once."""
    if isinstance(tree, Repeat | Group | Look):
        return 1 + parts(tree.item)
    if isinstance(tree, Seq):
        return 1 + sum(map(parts, tree.items))
    return 1 + sum(map(parts, tree.options)) if isinstance(tree, Alt) else 1


@functools.cache
def one(char: str) -> Chars:
    """The tree of a single character: one for all, since rules hold thousands."""
    return Chars(regex.escape(char, special_only=False), False, frozenset(char))


def literal(text: str) -> Seq:
    """The tree of a literal text."""
    return Seq(tuple(map(one, text)))


def parse(pattern: str, classes: Classes, called: str = "class") -> Tree:
    """The tree of a pattern; `called` is what stands in braces, for messages.

    Raises:
        PatternError: not a pattern, or a class that `classes` does not have.
    """
    if len(pattern) > MAX_LENGTH:
        raise PatternError(f"a pattern of over {MAX_LENGTH} characters", 0)
    parser = _Parser(pattern, classes, called)
    tree = parser.alternatives()
    if parser.i < len(pattern):
        raise PatternError("')' without '('", parser.i)
    return tree


_SHORT = {
    "d": Chars("0-9", False, frozenset("0123456789")),
    "D": Chars("0-9", True),
    "s": Chars(r"\s", False, WHITESPACE),
    "S": Chars(r"\s", True),
    "w": Chars(r"\w\p{M}"),
    "W": Chars(r"\w\p{M}", True),
}
_HEX = regex.compile("[0-9A-Fa-f]+")
_CONTROL = {"n": "\n", "t": "\t", "r": "\r"}
_QUANTIFIER = regex.compile(r"\{(\d+)(?:(,)(\d*))?\}")
_CLASS = regex.compile(r"\{([a-z][a-z0-9_-]*)\}")
_OPENERS = {
    "(?=": (False, False), "(?!": (False, True),
    "(?<=": (True, False), "(?<!": (True, True),
}  # fmt: skip


class _Parser:
    """Recursive descent over the pattern; `i` is the next code point."""

    def __init__(self, text: str, classes: Classes, called: str) -> None:
        self.text = text
        self.called = called
        self.classes = classes
        self.i = 0
        self.depth = 0
        self.parts = 0  # of the classes that were put in

    def peek(self) -> str:
        return self.text[self.i] if self.i < len(self.text) else ""

    def take(self, token: str) -> bool:
        found = self.text.startswith(token, self.i)
        if found:
            self.i += len(token)
        return found

    def alternatives(self) -> Tree:
        options = [self.sequence()]
        while self.take("|"):
            options.append(self.sequence())
        return options[0] if len(options) == 1 else Alt(tuple(options))

    def sequence(self) -> Tree:
        items: list[Tree] = []
        while self.peek() not in ("", "|", ")"):
            items.append(self.repeated(self.atom()))
        return items[0] if len(items) == 1 else Seq(tuple(items))

    def repeated(self, item: Tree) -> Tree:
        start = self.i
        bounds = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(self.peek())
        if bounds is not None:
            self.i += 1
        else:
            found = _QUANTIFIER.match(self.text, self.i)
            if found is None:
                return item
            self.i = found.end()
            low = int(found[1])
            high = low if not found[2] else int(found[3]) if found[3] else None
            if (high is not None and high < low) or max(low, high or 0) > MAX_REPEAT:
                raise PatternError(
                    f"repeat {found[0]} is not possible (0 to {MAX_REPEAT}, "
                    "the smaller number first)", start,
                )  # fmt: skip
            bounds = (low, high)
        if isinstance(item, At | Look):
            raise PatternError("a place or condition can't be repeated", start)
        mode = "?" if self.take("?") else "+" if self.take("+") else ""
        if self.peek() in ("*", "+", "?") or _QUANTIFIER.match(self.text, self.i):
            raise PatternError("a repeat of a repeat", self.i, "put it in a group")
        return Repeat(item, bounds[0], bounds[1], mode)

    def atom(self) -> Tree:
        start, char = self.i, self.peek()
        if char == "(":
            return self.group()
        if char == "[":
            return self.char_set()
        if char == "{":
            return self.class_reference()
        if char in "*+?":
            raise PatternError(f"nothing before {char!r} to repeat", start)
        self.i += 1
        if char == "\\":
            if self.peek() in ("b", "B"):
                self.i += 1
                return At("\\" + self.text[self.i - 1])
            return self.escape()
        if char in "^$":
            return At(char)
        if char == ".":
            return Chars(r"\r\n", True)
        return one(char)

    def group(self) -> Tree:
        start = self.i
        self.depth += 1
        if self.depth > 50:
            raise PatternError("groups nested deeper than 50", start)
        opener = next((o for o in _OPENERS if self.take(o)), "")
        name = ""
        if not opener:
            named = regex.compile(r"\(\?P?<([A-Za-z_]\w*)>").match(self.text, self.i)
            if named:
                name = named[1]
                self.i = named.end()
            elif not self.take("(?:"):
                self.i += 1
                if self.peek() == "?":
                    raise PatternError(
                        "unknown kind of group", start,
                        "use ( ), (?<name> ), (?= ), (?! ), (?<= ) or (?<! )",
                    )  # fmt: skip
        inside = self.alternatives()
        if not self.take(")"):
            raise PatternError("'(' is not closed", start)
        self.depth -= 1
        if opener:
            return Look(inside, *_OPENERS[opener])
        return Group(name, inside) if name else inside

    def class_reference(self) -> Tree:
        found = _CLASS.match(self.text, self.i)
        if found is None:
            raise PatternError(
                "'{' begins neither a repeat nor a class", self.i,
                "write \\{ for the character itself",
            )  # fmt: skip
        if found[1] not in self.classes:
            from normalize.errors import suggestion

            hint = suggestion(found[1], self.classes)
            raise PatternError(f"unknown {self.called} {found[0]}", self.i, hint)
        tree = self.classes[found[1]]
        self.parts += parts(tree)
        if self.parts > MAX_PARTS:
            raise PatternError(
                f"over {MAX_PARTS} parts, classes counted as written out", self.i,
                "classes of classes multiply: use fewer of them",
            )  # fmt: skip
        self.i = found.end()
        return tree

    def escape(self) -> Chars:
        """The set that an escape stands for; the backslash is already taken."""
        start, char = self.i - 1, self.peek()
        self.i += 1
        if char in _SHORT:
            return _SHORT[char]
        if char in _CONTROL:
            return one(_CONTROL[char])
        if char in ("p", "P"):
            return self.unicode_property(start)
        if char == "N":
            end = self.closing_brace(start)
            name = self.text[self.i + 1 : end]
            try:
                char = unicodedata.lookup(name)
            except KeyError:
                message = f"no character has the Unicode name {name!r}"
                raise PatternError(message, start) from None
            self.i = end + 1
            return one(char)
        if char in ("x", "u", "U"):
            return self.code(start, {"x": 2, "u": 4, "U": 8}[char])
        if not char or char.isalnum():
            raise PatternError(
                f"unknown escape '\\{char}'" if char else "a lone '\\' at the end",
                start, "write \\\\ for a backslash",
            )  # fmt: skip
        return one(char)

    def code(self, start: int, length: int) -> Chars:
        """The character with a code of so many hexadecimal digits."""
        digits = self.text[self.i : self.i + length]
        number = int(digits, 16) if _HEX.fullmatch(digits) else -1
        surrogate = 0xD800 <= number <= 0xDFFF
        if len(digits) < length or not 0 <= number <= 0x10FFFF or surrogate:
            raise PatternError(
                f"not a character code: '{self.text[start : self.i]}{digits}'", start,
                f"{length} digits 0-9 and A-F are needed",
            )  # fmt: skip
        self.i += length
        return one(chr(number))

    def closing_brace(self, start: int) -> int:
        """Where the brace that opens at `i` is closed."""
        end = self.text.find("}", self.i) if self.peek() == "{" else -1
        if end < 0:
            raise PatternError(f"'{self.text[start : self.i]}' needs {{NAME}}", start)
        return end

    def unicode_property(self, start: int) -> Chars:
        end = self.closing_brace(start)
        source = self.text[start : end + 1]
        try:
            regex.compile(source)
        except regex.error:
            raise PatternError(f"unknown Unicode property '{source}'", start) from None
        self.i = end + 1
        return Chars(source)

    def char_set(self) -> Chars:
        start = self.i
        self.i += 1
        negated = self.take("^")
        inner: list[str] = []
        members: set[str] | None = set()
        while not self.take("]"):
            if not self.peek():
                raise PatternError("'[' is not closed", start)
            part = self.set_item()
            inner.append(part.inner)
            if members is not None:
                members = None if part.members is None else members | part.members
        if not inner:
            raise PatternError(
                "an empty set", start, "write \\] for the character itself"
            )
        known = members if members is not None and len(members) <= MAX_CHARS else None
        listed = None if negated or known is None else frozenset(known)
        return Chars("".join(inner), negated, listed)

    def set_item(self) -> Chars:
        start = self.i
        if _CLASS.match(self.text, start):
            tree = self.class_reference()
            if not isinstance(tree, Chars) or tree.negated:
                raise PatternError(
                    "only a class that is one set can stand in [ ]", start
                )
            return tree
        low = self.set_char()
        if self.peek() != "-" or self.text[self.i + 1 : self.i + 2] in ("]", ""):
            return low
        self.i += 1
        high = self.set_char()
        if not (_single(low) and _single(high)):
            raise PatternError("a range needs one character at both ends", start)
        first, last = ord(*low.members or ""), ord(*high.members or "")
        if last < first:
            raise PatternError("the range runs backwards", start)
        members = frozenset(map(chr, range(first, min(last, first + MAX_CHARS) + 1)))
        known = members if last - first < MAX_CHARS else None
        return Chars(f"{low.inner}-{high.inner}", False, known)

    def set_char(self) -> Chars:
        start, char = self.i, self.peek()
        self.i += 1
        if char != "\\":
            return one(char)
        part = self.escape()
        # Inside brackets a negated class is written by its own escape.
        return Chars(self.text[start : self.i]) if part.negated else part


def _single(chars: Chars) -> bool:
    return chars.members is not None and len(chars.members) == 1
