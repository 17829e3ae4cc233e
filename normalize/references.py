"""References of rules to rules of other files, checked where all files are known."""

from __future__ import annotations

from normalize.errors import RuleReferenceError, suggestion
from normalize.kinds.base import Rule, RuleFile, error_at
from normalize.library import Library


def check_references(library: Library, file: RuleFile) -> None:
    """Note a problem for each rule of the file that refers to one not there."""
    for rule in file.rules:
        for target in rule.refers():
            message, hint = _wrong(library, rule, target)
            if message:
                source = library.source_of(file.id)
                error = error_at(rule.at, message, RuleReferenceError, source, hint)
                library.problems.errors.append(error)


def _wrong(library: Library, rule: Rule, target: str) -> tuple[str, str | None]:
    file_id, _, rule_id = target.partition("/")
    files = library.ids("names")
    if file_id not in files:
        return f"there is no file of names {file_id!r}", suggestion(file_id, files)
    file = library.rule_file(file_id)
    if file is None:
        return "", None  # it has problems of its own, which are told
    rules = {other.id: other for other in file.rules}
    if rule_id not in rules:
        hint = suggestion(rule_id, rules)
        return f"{file_id!r} has no rule {rule_id!r} to override", hint
    message = rule.refuses(rules[rule_id])
    return message, "name, given or surname: as in that rule" if message else None
