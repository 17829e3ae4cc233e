"""A rule file that builds on another: the rules that it takes over or leaves out."""

from __future__ import annotations

from dataclasses import replace

from normalize.errors import RuleReferenceError, suggestion
from normalize.kinds.base import Rule, RuleFile, error_at
from normalize.kinds.fields import check_claims
from normalize.source.nodes import Source
from normalize.source.problems import Problems


def extended(
    parent: RuleFile, child: RuleFile, source: Source, problems: Problems
) -> RuleFile:
    """The parent's rules, overridden in place, then the child's new ones.

    `source` is the child's file, at which what is wrong is noted.
    """
    child = child.inherit(parent)
    rules: dict[str, Rule] = {rule.id: rule for rule in parent.handed_on()}
    for scalar in child.remove:
        if scalar.value not in rules:
            problems.add(
                scalar,
                f"{parent.id!r} has no rule {scalar.value!r} to leave out",
                kind=RuleReferenceError,
                hint=suggestion(scalar.value, rules),
            )
        rules.pop(scalar.value, None)
    rules.update({rule.id: rule for rule in child.rules})
    options = {option.name: option for option in (*parent.options, *child.options)}
    check_claims(tuple(rules.values()), source, problems)
    return replace(
        child,
        parents=(parent.id, *parent.parents),
        extends=None,
        remove=(),
        options=tuple(options.values()),
        rules=tuple(rules.values()),
        grammar=child.grammar.over(parent.grammar) if child.grammar else None,
    )


def check_when(file: RuleFile, source: Source | None, problems: Problems) -> None:
    """Note each rule whose `when` names an option, or a value, that is not there.

    What a file says by itself was looked at when it was read (`kinds/switches`);
    options that it takes over are known only now.
    """
    options = {option.name: option for option in file.options}
    for rule in file.rules:
        for name, value in rule.when:
            known = [*options]
            message = f"unknown option {name!r} in 'when'"
            if name in options:
                known = [*options[name].values]
                message = f"option {name!r} can't be {value!r}"
                if value in known:
                    continue
            hint = suggestion(value if name in options else name, known)
            problems.errors.append(
                error_at(rule.at, message, RuleReferenceError, source, hint)
            )
