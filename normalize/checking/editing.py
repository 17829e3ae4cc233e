"""Adding to a rule in its file: the lines around it stay as their author wrote them.

A YAML library that writes files again would lay flow lists and long lines out anew;
here the place is looked up in the parsed file and only the new text is put in.
"""

from __future__ import annotations

import re
from typing import Any

from normalize.errors import NormalizeError
from normalize.kinds.names.model import BOTH
from normalize.source.nodes import Mapping, Node, Scalar, Sequence, Source, parse

_PLAIN = re.compile(r"[\w(][\w '’().>/+%-]*")
_UNSAFE = re.compile(r"^[^\w(]|^$|: |:$| #|[^\S ]|\n")  # in a line of its own
# Fields that stand at the end of a rule.
LAST = ("examples",)
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


def add_to_field(
    source: Source, rule_id: str, field: str, text: str, *, part: str = ""
) -> str:
    """The text of the file with one more entry in a list field of a rule.

    With `part` the field is one of that part of the rule: `also` of its `surname`.

    Raises:
        NormalizeError: there is no such rule, or its field can't be added to.
    """
    rule = find_rule(source, rule_id)
    place = rule.items[part][1] if part else rule
    lines = source.text.splitlines(keepends=True)
    if isinstance(place, Mapping):
        _add(place, field, text, lines)
    elif isinstance(place, Scalar):
        _spell_out(place, field, text, lines)
    new = "".join(lines)
    wanted = _with_entry(_plain(_root(source)), rule_id, part, field, text)
    if _plain(_root(Source(source.path, new))) != wanted:
        raise NormalizeError(
            f"{place.at}: {field!r} is written in a way that can't be added to here",
            hint="add the entry in the file, a line of its own",
        )
    return new


def _root(source: Source) -> Node | None:
    root, errors = parse(source)
    return None if errors else root


def _plain(node: Node | None) -> Any:
    """A node as data."""
    if isinstance(node, Mapping):
        return {key: _plain(value) for key, (_, value) in node.items.items()}
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    return node.value if isinstance(node, Scalar) else None


def _with_entry(data: Any, rule_id: str, part: str, field: str, text: str) -> Any:
    """What the file must hold when the entry is in it."""
    place = next(rule for rule in data["rules"] if rule["id"] == rule_id)
    if part and isinstance(place[part], str):
        place[part] = _forms(place[part])
    place = place[part] if part else place
    old = place.get(field, [])
    place[field] = [*(old if isinstance(old, list) else [old]), text]
    return data


def _forms(name: str) -> dict[str, str]:
    """`Київ / Киев`, or one form for both, as fields."""
    uk, slash, ru = name.partition(BOTH)
    return {"uk": uk, "ru": ru if slash else uk}


def _spell_out(value: Scalar, field: str, text: str, lines: list[str]) -> None:
    """A name in one line becomes fields, one of them the new one."""
    shown = [f"{k}: {written(v, flow=True)}" for k, v in _forms(value.value).items()]
    new = f"{{{', '.join(shown)}, {field}: [{written(text, flow=True)}]}}"
    number, start = value.line - 1, value.column - 1
    line = lines[number]
    lines[number] = line[:start] + new + line[start + value.width :]


def _add(rule: Mapping, field: str, text: str, lines: list[str]) -> None:
    """One more entry in a field of a rule or of a part of one."""
    if field not in rule.items:
        _add_field(rule, field, text, lines)
        return
    value = rule.items[field][1]
    if isinstance(value, Scalar):
        _make_list(value, text, lines)
    elif isinstance(value, Sequence) and value.items:
        last = value.items[-1]
        if any(isinstance(i, Scalar) and i.value == text for i in value.items):
            raise NormalizeError(f"{last.at}: {text!r} is there already")
        _append(last, text, lines)
    elif isinstance(value, Mapping) and lines[value.line - 1][value.column - 1] == "{":
        number, column = _end(value, lines)
        _insert(lines, number, column, f", {written(text, flow=True)}]")
        _insert(lines, value.line - 1, value.column - 1, "[")
    else:
        raise NormalizeError(f"{value.at}: {field!r} is no list to add to")


def _end(node: Node, lines: list[str]) -> tuple[int, int]:
    """Line index and column behind a text or the last text in a node."""
    if isinstance(node, Sequence) and node.items:
        return _end(node.items[-1], lines)
    if isinstance(node, Mapping) and node.items:
        number, column = _end(list(node.items.values())[-1][1], lines)
        closed = re.match(r"\s*\}", lines[number][column:])
        return number, column + (closed.end() if closed else 0)
    return node.line - 1, node.column - 1 + node.width


def _append(last: Node, text: str, lines: list[str]) -> None:
    number = last.line - 1
    before = lines[number][: last.column - 1]
    if re.fullmatch(r"\s*-\s+", before):  # a block list: one entry a line
        end, _ = _end(last, lines)
        _insert_line(lines, end, before + written(text, flow=False))
        return
    end, column = _end(last, lines)
    _insert(lines, end, column, f", {written(text, flow=True)}")


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
    """A field that the rule does not have yet goes behind one that is a plain text.

    What says more about a name, and examples, go behind the last of them; other
    fields behind the first, which is the id.
    """
    first_key, first = next(iter(rule.items.values()))
    if field in LAST or "id" not in rule.items:
        texts = [value for _, value in rule.items.values() if isinstance(value, Scalar)]
        first = texts[-1] if texts else first
    number, column = _end(first, lines)
    line = lines[first_key.line - 1]
    if line[: first_key.column - 1].rstrip().endswith("{"):
        _insert(lines, number, column, f", {field}: [{written(text, flow=True)}]")
        return
    indent = " " * (first_key.column - 1)
    entry = f"{indent}{field}: [{written(text, flow=True)}]"
    _insert_line(lines, number, entry)


def _insert_line(lines: list[str], number: int, text: str) -> None:
    """A line behind one, ended as the first of the file is."""
    end = "\r\n" if lines[0].endswith("\r\n") else "\n"
    if not lines[number].endswith(("\n", "\r")):
        lines[number] += end
    lines.insert(number + 1, text + end)


def _insert(lines: list[str], number: int, column: int, text: str) -> None:
    line = lines[number]
    lines[number] = line[:column] + text + line[column:]
