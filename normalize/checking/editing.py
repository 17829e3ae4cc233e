"""Adding to a rule in its file: the lines around it stay as their author wrote them.

A YAML library that writes files again would lay flow lists and long lines out anew;
here the place is looked up in the parsed file and only the new text is put in.
"""

from __future__ import annotations

import re

from normalize.errors import NormalizeError
from normalize.source.nodes import Mapping, Node, Scalar, Sequence, Source, parse

_PLAIN = re.compile(r"[\w(][\w '’().>/+%-]*")
_UNSAFE = re.compile(r"^[^\w(]|^$|: |:$| #|[^\S ]|\n")  # in a line of its own
_WORDS = frozenset({"", "~"})


def written(text: str, *, flow: bool) -> str:
    """A text as YAML, in quotes where it must be.

    >>> written("Kiev -> Kyiv", flow=True), written("a, b", flow=True)
    ('Kiev -> Kyiv', "'a, b'")
    """
    plain = bool(_PLAIN.fullmatch(text)) and text not in _WORDS
    if not flow:
        plain = plain or not _UNSAFE.search(text)
    plain = plain and text == text.strip()
    if plain:
        return text
    if text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    shown = (c if c.isprintable() else f"\\U{ord(c):08X}" for c in escaped)
    return '"' + "".join(shown) + '"'


def find_rule(source: Source, rule_id: str) -> Mapping:
    """The fields of a rule in a file.

    Raises:
        NormalizeError: the file is not YAML or has no such rule.
    """
    root, errors = parse(source)
    if errors:
        raise errors[0]
    rules = root.items.get("rules") if isinstance(root, Mapping) else None
    nodes = rules[1].items if rules and isinstance(rules[1], Sequence) else []
    for node in nodes:
        if isinstance(node, Mapping) and "id" in node.items:
            id_ = node.items["id"][1]
            if isinstance(id_, Scalar) and id_.value == rule_id:
                return node
    raise NormalizeError(f"{source.path}: there is no rule {rule_id!r} in this file")


def add_to_field(source: Source, rule_id: str, field: str, text: str) -> str:
    """The text of the file with one more entry in a list field of a rule.

    Raises:
        NormalizeError: there is no such rule, or its field can't be added to.
    """
    rule = find_rule(source, rule_id)
    lines = source.text.splitlines(keepends=True)
    if field not in rule.items:
        _add_field(rule, field, text, lines)
        return "".join(lines)
    value = rule.items[field][1]
    if isinstance(value, Scalar):
        _make_list(value, text, lines)
    elif isinstance(value, Sequence) and value.items:
        last = value.items[-1]
        if any(isinstance(i, Scalar) and i.value == text for i in value.items):
            raise NormalizeError(f"{last.at}: {text!r} is there already")
        _append(value, last, text, lines)
    else:
        raise NormalizeError(f"{value.at}: {field!r} is no list to add to")
    return "".join(lines)


def _end(node: Node, lines: list[str]) -> tuple[int, int]:
    """Line index and column behind a text or the last text in a node."""
    if isinstance(node, Sequence) and node.items:
        return _end(node.items[-1], lines)
    if isinstance(node, Mapping) and node.items:
        number, column = _end(list(node.items.values())[-1][1], lines)
        closed = re.match(r"\s*\}", lines[number][column:])
        return number, column + (closed.end() if closed else 0)
    return node.line - 1, node.column - 1 + node.width


def _append(value: Sequence, last: Node, text: str, lines: list[str]) -> None:
    number = last.line - 1
    before = lines[number][: last.column - 1]
    if re.fullmatch(r"\s*-\s+", before):  # a block list: one entry a line
        end, _ = _end(last, lines)
        if not lines[end].endswith(("\n", "\r")):
            lines[end] += "\n"
        lines.insert(end + 1, f"{before}{written(text, flow=False)}\n")
        return
    end, column = _end(last, lines)
    _insert(lines, end, column, f", {written(text, flow=True)}")
    del value


def _make_list(value: Scalar, text: str, lines: list[str]) -> None:
    """One text becomes a list of two."""
    number, start = value.line - 1, value.column - 1
    line = lines[number]
    end = start + value.width
    old = line[start:end]
    old = old if value.style else written(value.value, flow=True)
    new = f"[{old}, {written(text, flow=True)}]"
    lines[number] = line[:start] + new + line[end:]


def _add_field(rule: Mapping, field: str, text: str, lines: list[str]) -> None:
    """A field that the rule does not have yet goes behind its first one."""
    first_key, first = next(iter(rule.items.values()))
    number, column = _end(first, lines)
    line = lines[first_key.line - 1]
    if line[: first_key.column - 1].rstrip().endswith("{"):
        _insert(lines, number, column, f", {field}: [{written(text, flow=True)}]")
        return
    indent = " " * (first_key.column - 1)
    entry = f"{indent}{field}: [{written(text, flow=True)}]\n"
    lines.insert(number + 1, entry)


def _insert(lines: list[str], number: int, column: int, text: str) -> None:
    line = lines[number]
    lines[number] = line[:column] + text + line[column:]
