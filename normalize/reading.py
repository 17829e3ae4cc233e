"""From a rule file on the disk to its checked model, with every problem noted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from normalize import cache
from normalize.engine.patterns import Classes
from normalize.errors import (
    Location,
    RulePathError,
    RuleSyntaxError,
    suggestion,
)
from normalize.kinds.registry import KINDS
from normalize.source.nodes import Mapping, Scalar, Sequence, Source, parse
from normalize.source.places import MAX_BYTES, bytes_of
from normalize.source.problems import Problems

MAX_RULES = 100_000
MAX_PATTERNS = 5000


def read_source(path: Path, shown: str, problems: Problems) -> Source | None:
    """The text of a file; None when it is not UTF-8, which is a problem noted."""
    try:
        data = bytes_of(path)
    except OSError as error:
        hint = None
        if isinstance(error, FileNotFoundError):
            beside = path.parent.glob("*.yaml") if path.parent.is_dir() else ()
            hint = suggestion(path.name, [p.name for p in beside])
            hint = hint or "'normalize rules new KIND -o FILE' makes one to begin with"
        raise RulePathError(
            f"can't read the rule file {shown}: {error.strerror}", hint=hint
        ) from None
    if len(data) > MAX_BYTES:
        message = f"the rule file {shown} has over {MAX_BYTES} bytes"
        raise RulePathError(message, hint="split it")
    try:
        return Source(shown, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        text = data.decode("utf-8-sig", "replace").splitlines()[line - 1]
        problems.errors.append(
            RuleSyntaxError(
                f"byte 0x{data[error.start]:02X} is not UTF-8",
                at=Location(shown, line, column),
                line_text=text,
                hint="save the file as UTF-8",
            )
        )
        return None


def _patterns(rules: Sequence) -> int:
    """How many patterns there are to compile for the rules of a file."""
    found = 0
    for rule in rules.items:
        fields = rule.items if isinstance(rule, Mapping) else {}
        own = int("pattern" in fields)
        several = fields["patterns"][1] if "patterns" in fields else None
        own += len(several.items) if isinstance(several, Sequence) else 0
        found += own
        for name in ("preceded_by", "followed_by", "unless"):
            node = fields[name][1] if name in fields else None
            items = node.items if isinstance(node, Sequence) else [node]
            # A phrase around a spelling is compiled when it is needed, if ever.
            found += sum(isinstance(i, Mapping) or (own > 0 and bool(i)) for i in items)
    return found


def kept_model(
    source: Source, classes: Classes, problems: Problems, about: bytes
) -> Any:
    """As `read_model`, read once: a model without problems is kept between runs.

    `about` says which classes these are.
    """
    said = f"{source.path}\0{source.text}".encode("utf-8", "surrogatepass")
    key = cache.part_key(b"%d\0%b%b" % (len(about), about, said))
    model = cache.read(key)
    if model is None:
        before = len(problems.errors)
        model = read_model(source, classes, problems)
        if model is not None and len(problems.errors) == before:
            cache.write(key, model, tidy=key.endswith("0"))
            # As the next process has it: what comes of it has the same bytes then.
            model = cache.read(key) or model
    return model


def read_model(source: Source, classes: Classes, problems: Problems) -> Any:
    """The model of a file, or None with its problems noted."""
    root, errors = parse(source)
    problems.errors += errors
    if root is None:
        return None
    if not isinstance(root, Mapping):
        problems.add(root, "a rule file is fields, beginning with 'kind:'")
        return None
    kind = root.items["kind"][1] if "kind" in root.items else None
    if kind is None:
        hint = f"kind: {' | '.join(KINDS)}"
        problems.add(root, "missing field 'kind'", hint=hint)
        return None
    if not isinstance(kind, Scalar) or kind.value not in KINDS:
        value = kind.value if isinstance(kind, Scalar) else "?"
        problems.add(kind, f"unknown kind {value!r}", hint=suggestion(value, KINDS))
        return None
    rules = root.items["rules"][1] if "rules" in root.items else None
    if isinstance(rules, Sequence) and len(rules.items) > MAX_RULES:
        first = rules.items[MAX_RULES]
        problems.add(first, f"over {MAX_RULES} rules in a file", hint="split the file")
        return None
    if isinstance(rules, Sequence) and _patterns(rules) > MAX_PATTERNS:
        message = f"over {MAX_PATTERNS} patterns, with their contexts, in a file"
        problems.add(rules, message, hint="split the file")
        return None
    return KINDS[kind.value].record(classes).read(root, problems)
