"""Resolving a file of quantities: the words it uses, its patterns, its templates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from normalize.engine.analysis import group_names
from normalize.engine.expressions import check_width
from normalize.engine.patterns import (
    Alt,
    Classes,
    Group,
    Look,
    PatternError,
    Repeat,
    Seq,
    Tree,
    parse,
)
from normalize.engine.words import members
from normalize.errors import RuleConflictError, RulePatternError, suggestion
from normalize.kinds.base import Conditions, Finder, Option, RuleFile
from normalize.kinds.conditions import add_pattern_problem
from normalize.kinds.quantities.draft import Draft
from normalize.kinds.quantities.mistakes import (
    check_parts,
    check_shape,
    check_words,
)
from normalize.kinds.quantities.model import (
    FieldSpec,
    Grammar,
    Leave,
    Linked,
    QuantityRule,
    Shape,
    Value,
)
from normalize.kinds.quantities.trees import (
    GAP,
    SPACE,
    link_context,
    parse_with,
    without_names,
)
from normalize.kinds.quantities.values import joined_value, template_option
from normalize.kinds.quantities.words import Coding, Lexicon
from normalize.kinds.templates import (
    Template,
    WritingError,
    names_of,
    read_template,
)
from normalize.source.nodes import Scalar
from normalize.source.problems import Problems

# A field may stand in a pattern so many times: {day}, {day2}, {day3}, {day4}.
TIMES = ("", "2", "3", "4")
_DIGIT = parse("[0-9]", {})
_NUMBER_EDGES = (
    Look(_DIGIT, behind=True, negated=True),
    Look(_DIGIT, behind=False, negated=True),
)
_AMOUNT_EDGES = (
    parse("(?<![0-9]|[0-9][.,])", {}),
    parse("(?![0-9]|[.,][0-9])", {}),
)


def link(
    file: RuleFile, find: Finder, classes: Classes, problems: Problems
) -> RuleFile:
    """The file with all that its rules refer to put in."""
    draft: Draft = file.grammar
    options: dict[str, Option] = {}
    below: Draft | None = None
    for name in draft.uses:
        used = find(name)
        if used is not None:
            options.update({option.name: option for option in used.options})
            below = used.grammar.over(below)
    options.update({option.name: option for option in file.options})
    whole = draft.over(below)
    for _, said in whole.values.values():
        template = said["template"].value if "template" in said else ""
        if template in options:
            options[template] = replace(options[template], whole=True)
    file = replace(file, options=tuple(options.values()), grammar=whole)
    if not file.rules:
        return file
    before = len(problems.errors)
    grammar = _Linker(whole, classes, options, problems).grammar()
    if len(problems.errors) > before:
        return replace(file, rules=())
    check_words(whole, file.rules, grammar, problems)
    digest = whole.digest()
    rules = []
    for rule in file.rules:
        if isinstance(rule, QuantityRule) and rule.raw is not None:
            linked = _link_rule(rule, grammar, options, problems)
            if linked is not None:
                rules.append(
                    replace(linked, digest=digest, options=tuple(sorted(options)))
                )
    return replace(file, rules=tuple(rules))


class _Linker:
    """Makes the grammar of a file out of its draft."""

    def __init__(
        self,
        draft: Draft,
        classes: Classes,
        options: Mapping[str, Option],
        problems: Problems,
    ) -> None:
        self.draft = draft
        self.spaces = classes["space"]
        # In a coded text all spaces are plain.
        self.classes = {**classes, "space": SPACE}
        self.options = options
        self.problems = problems
        self.gap = parse(GAP, classes)
        self.lexicons: dict[str, Lexicon] = {}
        self.fields: dict[str, FieldSpec] = {}

    def grammar(self) -> Grammar:
        """All parts, resolved; problems are noted."""
        draft = self.draft
        self.lexicons = {
            name: self._lexicon(name, entries)
            for name, entries in draft.lexicon.items()
        }
        apostrophes = members(self.classes["apostrophe"])
        self.coding = Coding(self.lexicons, self.gap, apostrophes)
        # Parts may hold numbers and words, patterns and amounts may hold parts.
        self._add_fields("number", "words")
        for name, pattern in draft.parts.items():
            tree = self.parse(pattern)
            if tree is not None:
                self.classes[name] = without_names(tree)
        self._add_fields("digits", "pattern")
        tables = {
            name: {key.value: text.value for key, text in entries.items()}
            for name, entries in draft.words.items()
        }
        values = {
            name: self._value(name, node, said)
            for name, (node, said) in draft.values.items()
        }
        return Grammar(
            lexicons=self.lexicons,
            coding=self.coding,
            tables=tables,
            fields=self.fields,
            values=values,
            leave=tuple(self._leave(said) for said in draft.leave),
            gap=self.gap,
            spaces=members(self.spaces),
            classes=self.classes,
        )

    def _add_fields(self, *kinds: str) -> None:
        for name, (_, said) in self.draft.fields.items():
            made = None
            if any(kind in said for kind in kinds):
                made = self._field(name, said)
            if made is not None:
                self.fields[name] = made
                for time in TIMES:
                    self.classes[name + time] = Group(name + time, made.tree)

    def parse(self, node: Scalar) -> Tree | None:
        """The tree of a pattern, its spaces as gaps."""
        return parse_with(node, self.classes, self.gap, self.problems)

    def _lexicon(self, name: str, entries: Mapping[Scalar, list[Scalar]]) -> Lexicon:
        exact = name in self.draft.exact
        owners: dict[str, tuple[Scalar, Scalar]] = {}
        made = []
        for value, forms in entries.items():
            for form in forms:
                key = form.value if exact else form.value.lower()
                first = owners.setdefault(key, (value, form))
                # In small letters as well, where these are to be looked for.
                again = first[0] is value and first[1].value != form.value
                if first[1] is not form and not again:
                    self.problems.add(
                        form,
                        f"the form {form.value!r} of {value.value!r} in lexicon "
                        f"{name!r} is claimed by {first[0].value!r} too "
                        f"({first[1].at})",
                        kind=RuleConflictError,
                        hint="a form has one meaning; take it out of one of them",
                    )
                if form.value != " ".join(form.value.split()):
                    self.problems.add(
                        form, "a form has single spaces, none at its ends"
                    )
            made.append((value.value, tuple(form.value for form in forms)))
        return Lexicon(tuple(made), exact)

    def _field(self, name: str, said: Mapping[str, Any]) -> FieldSpec | None:
        stands_for = said["as"].value if "as" in said else name
        pivot = said["pivot"].value if "pivot" in said else ""
        if pivot and pivot not in self.options:
            hint = suggestion(pivot, self.options)
            self.problems.add(said["pivot"], f"unknown option {pivot!r}", hint=hint)
        if "number" in said:
            low, high = said["number"].value.split("..")
            digits = Repeat(_DIGIT, len(low), len(high))
            tree = Seq((_NUMBER_EDGES[0], digits, _NUMBER_EDGES[1]))
            return FieldSpec(name, tree, stands_for, int(low), int(high), pivot=pivot)
        if "words" in said:
            wanted = said["words"].value
            lexicon = self.lexicons.get(wanted)
            if lexicon is None:
                hint = suggestion(wanted, self.lexicons)
                self.problems.add(
                    said["words"], f"there is no lexicon {wanted!r}", hint=hint
                )
                return None
            return FieldSpec(name, self.coding.tree(wanted), stands_for, lexicon=wanted)
        if "digits" in said:
            shapes = [self._shape(shape) for shape in said["digits"]]
            good = tuple(shape for shape in shapes if shape is not None)
            either: Tree | None = Alt(tuple(shape.tree for shape in good))
            if "outline" in said:
                either = self.parse(said["outline"])
            if either is None:
                return None
            tree = Seq((_AMOUNT_EDGES[0], either, _AMOUNT_EDGES[1]))
            return FieldSpec(name, tree, stands_for, shapes=good)
        pattern = self.parse(said["pattern"])
        return None if pattern is None else FieldSpec(name, pattern, stands_for)

    def _shape(self, said: Scalar | Mapping[str, Any]) -> Shape | None:
        given: Mapping[str, Any]
        given = {"pattern": said} if isinstance(said, Scalar) else said
        tree = self.parse(given["pattern"])
        check_shape(given, self.draft, self.options, self.problems)
        if tree is None:
            return None
        texts = {
            name: given[name].value if name in given else ""
            for name in ("remove", "decimal", "beside", "without", "leave")
        }
        when = given.get("when", {}).items()
        return Shape(
            tree,
            **texts,
            when=tuple((k.value, v.value) for k, v in when),
            not_in=tuple(code.value for code in given.get("not_in", ())),
        )

    def _value(self, name: str, node: Scalar, said: Mapping[str, Any]) -> Value:
        if "joins" in said:
            return joined_value(
                name, said, self.draft.values, self.options, self.problems
            )
        of = tuple(scalar.value for scalar in said["of"])
        option = template_option(said["template"], self.options, self.problems)
        check = said.get("check", "")
        if check == "order":
            self.problems.add(node, "'check: order' needs 'joins': two to compare")
        if check == "calendar" and not {"year", "month", "day"} <= set(of):
            self.problems.add(node, "'check: calendar' needs year, month and day")
        weekday = self.parse(said["weekday"]) if "weekday" in said else None
        invalid = said["invalid"].value if "invalid" in said else "invalid_" + name
        return Value(
            name,
            of,
            check,
            invalid,
            tuple(scalar.value for scalar in said.get("required", ())),
            said["because"].value
            if "because" in said
            else f"a part of {name} is missing",
            option,
            weekday=weekday,
        )

    def _leave(self, said: Mapping[str, Any]) -> Leave:
        contexts = [
            link_context(said.get(name, ()), self.classes, self.gap, self.problems)
            for name in ("preceded_by", "followed_by")
        ]
        return Leave(said["code"].value, said["because"].value, *contexts)


def _link_rule(
    rule: QuantityRule,
    grammar: Grammar,
    options: Mapping[str, Option],
    problems: Problems,
) -> QuantityRule | None:
    raw = rule.raw
    if raw is None:
        return None
    before = len(problems.errors)
    trees = [
        parse_with(node, grammar.classes, grammar.gap, problems)
        for node in raw.patterns
    ]
    known: set[str] = set(options)
    for node, tree in zip(raw.patterns, trees, strict=True):
        if tree is None:
            continue
        names = group_names(tree)
        twice = [name for name in names if names.count(name) > 1]
        if twice:
            message = f"the field {{{twice[0]}}} is there twice"
            hint = f"write the second one {{{twice[0]}2}}"
            problems.add(node, message, kind=RulePatternError, hint=hint)
        try:
            check_width(tree)
        except PatternError as error:
            add_pattern_problem(problems, node, error)
        known.update(_renamed(name, grammar) for name in names)
        known.update(names)
    sets = []
    for key, template in raw.sets:
        made = _template(template, known, grammar, problems)
        if made is not None:
            sets.append((key.value, made))
        known.add(key.value)
    output: Template = ()
    if raw.output is not None:
        values = {name + time for name in grammar.values for time in TIMES}
        output = _template(raw.output, known | values, grammar, problems) or ()
        _check_values(rule, raw.output, output, known, grammar, problems)
        written = {name.rstrip("234") for name in names_of(output)}
        check_parts(rule, written, known, grammar, problems)
    contexts = [
        link_context(raw.contexts[name], grammar.classes, grammar.gap, problems)
        for name in ("preceded_by", "followed_by", "unless")
    ]
    if len(problems.errors) > before:
        return None
    made_trees = tuple(tree for tree in trees if tree is not None)
    return replace(
        rule,
        conditions=Conditions(*contexts),
        grammar=Linked(grammar, made_trees, output, tuple(sets)),
    )


def _renamed(name: str, grammar: Grammar) -> str:
    """The part that a field of a pattern fills, with its number."""
    base = name.rstrip("234")
    return grammar.fields[base].stands_for + name[len(base) :]


def _check_values(
    rule: QuantityRule,
    node: Scalar,
    output: Template,
    known: set[str],
    grammar: Grammar,
    problems: Problems,
) -> None:
    """Refuse a value in the output for which the patterns have no parts at all."""
    for name in sorted(names_of(output)):
        base = name.rstrip("234")
        if base not in grammar.values:
            continue
        value = grammar.values[base]
        of = grammar.values[value.joins or base].of
        if not any(part in known or part + name[len(base) :] in known for part in of):
            problems.add(
                node,
                f"no pattern of rule {rule.id!r} has a part of {{{name}}}",
                kind=RulePatternError,
                hint=f"{base} is made of {', '.join(of)}",
            )


def _template(
    node: Scalar, names: set[str], grammar: Grammar, problems: Problems
) -> Template | None:
    try:
        return read_template(node.value, names, grammar.tables)
    except WritingError as error:
        problems.add(
            node,
            error.message,
            kind=RulePatternError,
            shift=node.shift_of(error.offset),
            hint=error.hint,
        )
        return None
