"""YAML text -> nodes that are text only and know their place.

The reader works on parser events and builds nothing but the three node types
below: every scalar is text (`no` stays `no`, `12:30` stays `12:30`), tags are
refused, a repeated key is an error. Limits keep hostile files harmless.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from normalize.errors import Location, RuleError, RuleSyntaxError
from normalize.source.places import MAX_BYTES

MAX_DEPTH = 32
MAX_NODES = 1_000_000
_TOO_DEEP = f"nested deeper than {MAX_DEPTH} levels"


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one rule file and the path under which messages name it."""

    path: str
    text: str
    lines: list[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        # YAML ends a line at CR, LF, NEL, LS and PS; the parser counts so too.
        object.__setattr__(self, "lines", self.text.splitlines())

    def line(self, number: int) -> str:
        """The line with this number (from 1), empty when there is none."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """Base of the nodes: the file and where in it the node begins (from 1)."""

    source: Source
    line: int
    column: int
    width: int

    @property
    def at(self) -> Location:
        return Location(self.source.path, self.line, self.column)

    def error(
        self,
        message: str,
        *,
        kind: type[RuleError] = RuleSyntaxError,
        hint: str | None = None,
        shift: int | None = None,
    ) -> RuleError:
        """An error that points at this node, or at a code point `shift` into it."""
        column, width = self.column, self.width
        if shift is not None and 0 <= shift < self.width:
            column, width = column + shift, 1
        return kind(
            message,
            at=Location(self.source.path, self.line, column),
            line_text=self.source.line(self.line),
            width=width,
            hint=hint,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Scalar(Node):
    """A text; `style` is the quotation mark around it, if there is one."""

    value: str
    style: str = ""

    def shift_of(self, index: int) -> int | None:
        """Where the code point `index` of the value stands in the file.

        Counted from the node; None when the value goes over several lines.
        """
        written = self.source.line(self.line)[self.column - 1 :][: self.width]
        if not self.style:
            return index if written == self.value else None
        steps = _ESCAPED[self.style].finditer(written, 1)
        starts = [step.start() for step in steps]
        # One step for each code point, and one for the closing mark.
        return starts[index] if len(starts) == len(self.value) + 1 else None


# What stands for one code point of a quoted text.
_ESCAPED = {
    "'": re.compile(r"''|."),
    '"': re.compile(r"\\x..|\\u.{4}|\\U.{8}|\\.|."),
}


@dataclass(frozen=True, slots=True, eq=False)
class Sequence(Node):
    """A list of nodes."""

    items: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True, eq=False)
class Mapping(Node):
    """Key and value nodes in file order; keys are texts and never repeat."""

    items: dict[str, tuple[Scalar, Node]] = field(default_factory=dict)


def what(node: Node) -> str:
    """The author's word for what stands there."""
    if isinstance(node, Mapping):
        return "fields"
    if isinstance(node, Sequence):
        return "a list"
    left_out = isinstance(node, Scalar) and not node.value and not node.style
    return "nothing" if left_out else f"{node.value!r}"  # type: ignore[attr-defined]


def parse(source: Source) -> tuple[Node | None, list[RuleError]]:
    """The root node of a rule file, and what is wrong with it as YAML.

    Wrong are: text that is not YAML (there is no root then), a repeated key, a tag,
    several documents, and what is larger, deeper or more expanded than the limits of
    this module.
    """
    import yaml  # not at import of the package

    start = Node(source, 1, 1, 1)
    if len(source.text) > MAX_BYTES:
        message = f"the file has over {MAX_BYTES} characters"
        return None, [start.error(message, hint="split it")]
    refused = _REFUSED.search(source.text)
    if refused:
        return None, [_refused_character(source, refused)]
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = _Builder(source)
    try:
        root = builder.build(yaml.parse(source.text, Loader=loader))
    except yaml.MarkedYAMLError as error:
        return None, [*builder.errors, _yaml_error(source, error)]
    except RuleSyntaxError as error:
        return None, [*builder.errors, error]
    return root, builder.errors


# All that YAML does not allow in a text, escaped or not.
_REFUSED = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _refused_character(source: Source, found: re.Match[str]) -> RuleError:
    before = source.text[: found.start()]
    column = found.start() - before.rfind("\n")
    node = Node(source, before.count("\n") + 1, column, 1)
    return node.error(
        f"not YAML: character U+{ord(found[0]):04X} is not allowed",
        hint=f'write it as an escape in double quotes: "\\u{ord(found[0]):04X}"',
    )


def _yaml_error(source: Source, error: Any) -> RuleError:
    """An error of the YAML parser, at the place where its author must look."""
    mark = error.problem_mark or error.context_mark
    if "nesting depth" in (error.problem or ""):  # the parser has a limit of its own
        node = Node(source, mark.line + 1, mark.column + 1, 1)
        return node.error(_TOO_DEEP)
    if mark.index >= len(source.text) and error.context_mark:
        mark = error.context_mark  # not the end of the file, but what is open there
    node = Node(source, mark.line + 1, mark.column + 1, 1)
    said = ", ".join(part for part in (error.problem, error.context) if part)
    line = source.line(node.line)
    if line[mark.column : mark.column + 1] == "\t" or line.startswith("\t"):
        return node.error("not YAML: a tab", hint="indent with spaces")
    odd = next((c for c in line[: len(line) - len(line.lstrip())] if c != " "), "")
    if odd:
        said = f"not YAML: the line begins with U+{ord(odd):04X}, which is no space"
        return Node(source, node.line, line.index(odd) + 1, 1).error(
            said, hint="indent with spaces"
        )
    hint = None
    if "alias" in said or "anchor" in said:
        sign = "*" if "alias" in said else "&"
        hint = f"quote the value if it begins with {sign!r}"
    elif "mapping values" in said or "block mapping" in said:
        hint = "quote a value that holds ': ', and begin each field in one column"
    elif "block collection" in said:
        hint = "begin all fields of an entry in one column, that of the first"
    elif "flow" in said:
        hint = "close every '[' and '{', and quote a value that holds one"
    elif "quoted scalar" in said:
        hint = "close the quotation mark"
    return node.error(f"not YAML: {said}", hint=hint)


class _Builder:
    """Nodes out of parser events, with an explicit stack and counted nodes."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.errors: list[RuleError] = []
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.count = 0

    def build(self, events: Iterator[Any]) -> Node:
        import yaml

        roots: list[Node] = []
        # Each open collection: node, its anchor, nodes counted before, key waiting.
        stack: list[tuple[Node, str | None, int]] = []
        keys: list[Scalar | None] = []
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent) and roots:
                raise self._node(Node, event).error(
                    "a rule file holds one document", hint="remove the line '---'"
                )
            if isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                node, anchor, before = stack.pop()
                keys.pop()
                if anchor:
                    self.anchors[anchor] = (node, self.count - before)
                continue
            made = self._start(event, len(stack))
            if made is None:
                continue
            if stack:
                keys[-1] = self._add(stack[-1][0], keys[-1], made)
            else:
                roots.append(made)
            anchor = getattr(event, "anchor", None)
            if isinstance(made, Scalar) or isinstance(event, yaml.AliasEvent):
                if anchor and isinstance(event, yaml.ScalarEvent):
                    self.anchors[anchor] = (made, 1)
            else:
                stack.append((made, anchor, self.count))
                keys.append(None)
        if not roots:
            raise Node(self.source, 1, 1, 1).error(
                "the file is empty", hint="a rule file begins with 'kind:'"
            )
        return roots[0]

    def _start(self, event: Any, depth: int) -> Node | None:
        """The node that an event begins, or None when it begins none."""
        import yaml

        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        node: Node
        if isinstance(event, yaml.ScalarEvent):
            style = event.style if event.style in ("'", '"') else ""
            node = self._node(Scalar, event, value=event.value, style=style)
        elif isinstance(event, yaml.SequenceStartEvent):
            node = self._node(Sequence, event, items=[])
        elif isinstance(event, yaml.MappingStartEvent):
            node = self._node(Mapping, event, items={})
        else:
            return None
        if event.tag is not None:
            raise node.error(
                f"a tag ({event.tag}) is not allowed: every value is plain text",
                hint="quote the value if it begins with '!'",
            )
        self._tally(node, 1)
        if depth >= MAX_DEPTH:
            raise node.error(_TOO_DEEP)
        return node

    def _alias(self, event: Any) -> Node:
        node = self._node(Node, event)
        if event.anchor not in self.anchors:
            raise node.error(
                f"'*{event.anchor}' has no '&{event.anchor}' before it",
                hint="quote the value if it begins with '*'",
            )
        target, size = self.anchors[event.anchor]
        self._tally(node, size)
        return target

    def _tally(self, node: Node, size: int) -> None:
        self.count += size
        if self.count > MAX_NODES:
            raise node.error(f"over {MAX_NODES} values, aliases counted as written out")

    def _node(self, kind: type[Any], event: Any, **fields: Any) -> Any:
        start, end = event.start_mark, event.end_mark
        line = self.source.line(start.line + 1)
        stop = end.column if end.line == start.line else len(line.rstrip())
        width = max(1, stop - start.column)
        return kind(self.source, start.line + 1, start.column + 1, width, **fields)

    def _add(self, parent: Node, key: Scalar | None, node: Node) -> Scalar | None:
        """Put a node into its collection; returns the key that waits for a value."""
        if isinstance(parent, Sequence):
            parent.items.append(node)
            return None
        if not isinstance(parent, Mapping):  # pragma: no cover - only collections open
            raise TypeError(parent)
        if key is None:
            if not isinstance(node, Scalar):
                raise node.error("a field name must be plain text")
            if node.value in parent.items:
                first = parent.items[node.value][0]
                self.errors.append(
                    node.error(
                        f"field {node.value!r} is there twice, first in line "
                        f"{first.line}"
                    )
                )
            return node
        parent.items.setdefault(key.value, (key, node))
        return None
