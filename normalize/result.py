"""What `trace` tells: the text, every edit, the alignment, what was left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from normalize.engine.matcher import Note
from normalize.engine.stage import StageEdit
from normalize.spans import (
    Alignment,
    Change,
    Edit,
    Projected,
    RuleRef,
    blocks_of,
    check_span,
    compose,
    projected,
    splice,
)

SCHEMA = 1


# Name of a stage, its rules by rank, its edits.
Found = tuple[str, Mapping[int, RuleRef], Sequence[StageEdit]]
# An edit of a stage with its rule instead of the rule's rank.
NamedEdit = tuple[int, int, str, RuleRef]


def _named(found: Found) -> list[NamedEdit]:
    _, rules, edits = found
    return [(start, end, after, rules[rank]) for start, end, after, rank in edits]


class Diagnostic(NamedTuple):
    """Something that was seen and left: its code, source span, reason, rule."""

    code: str
    start: int
    end: int
    message: str
    rule: RuleRef | None = None


class Step(NamedTuple):
    """The edits of one stage, in the offsets of the text that it was given."""

    stage: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, eq=False)
class Result:
    """A normalized text and how it came about.

    What was found is kept as it came; edits and steps are put together when they
    are first asked for.

    Attributes:
        source: the text that was given.
        text: the normalized text.
        diagnostics: what was seen and left, ordered by place.
    """

    source: str
    text: str
    diagnostics: tuple[Diagnostic, ...]
    _found: tuple[Found, ...]

    @cached_property
    def edits(self) -> tuple[Edit, ...]:
        """From `source` to `text`: ordered, disjoint, offsets in code points.

        Splicing them into `source` gives `text`.
        """
        steps = [_named(found) for found in self._found]
        return compose_steps(self.source, self.text, steps)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The edits a stage at a time, each in the offsets of its own input."""
        steps = []
        text = self.source
        for found in self._found:
            steps.append(Step(found[0], edits_of(text, _named(found))))
            text = splice(text, found[2])
        return tuple(steps)

    @cached_property
    def alignment(self) -> Alignment:
        """How offsets of `source` and `text` correspond."""
        blocks = blocks_of((e.start, e.end, e.after) for e in self.edits)
        return Alignment(blocks, len(self.source), len(self.text))

    def project_spans(
        self, spans: Iterable[Sequence[Any]], *, back: bool = False
    ) -> list[Projected]:
        """Where annotations of `source` are in `text`; with `back`, the other way.

        As many as there are, in their order, so that labels can be put on again; a
        span that is lost is not there. A span whose border lies inside an edit is
        widened to the whole edit; one of which nothing is left becomes empty and
        stands where it was; `how` tells which it was.

        Args:
            spans: pairs of start and end in code points; what follows is not looked at.
            back: spans of `text` are given, spans of `source` come back.

        Raises:
            TypeError: what is given for a span is no pair.
            ValueError: a span does not lie in the text.
        """
        length = len(self.text if back else self.source)
        made = []
        for span in spans:
            try:
                start, end = span[0], span[1]
            except (TypeError, LookupError):
                said = f"expected pairs of start and end, not {span!r}"
                raise TypeError(said) from None
            check_span(start, end, length)
            made.append(projected(self.alignment, start, end, back=back))
        return made

    def to_dict(self) -> dict[str, Any]:
        """The result as plain data for JSON; `schema` counts its versions."""
        return {
            "schema": SCHEMA,
            "source": self.source,
            "text": self.text,
            "edits": [_edit_dict(edit) for edit in self.edits],
            "steps": [
                {"stage": s.stage, "edits": [_edit_dict(e) for e in s.edits]}
                for s in self.steps
            ],
            "diagnostics": [_diagnostic_dict(d) for d in self.diagnostics],
        }


def _diagnostic_dict(diagnostic: Diagnostic) -> dict[str, Any]:
    rule = diagnostic.rule
    return {**diagnostic._asdict(), "rule": rule._asdict() if rule else None}


def _edit_dict(edit: Edit) -> dict[str, Any]:
    return {**edit._asdict(), "rules": [rule._asdict() for rule in edit.rules]}


def edits_of(text: str, found: Sequence[NamedEdit]) -> tuple[Edit, ...]:
    """The edits of one stage as the user sees them."""
    return tuple(
        Edit(start, end, text[start:end], after, (rule,))
        for start, end, after, rule in found
    )


def located(
    notes: Sequence[Note], rules: Mapping[int, RuleRef], before: Sequence[Found]
) -> list[Diagnostic]:
    """The notes of a stage as diagnostics, in the offsets of the source.

    `before` are the stages that had run by then.
    """
    maps = [
        Alignment(blocks_of(edit[:3] for edit in edits))
        for _, _, edits in reversed(before)
        if edits
    ]
    found = []
    for code, start, end, message, rank in notes:
        for alignment in maps:
            start, end = alignment.to_source(start, end)  # noqa: PLW2901
        found.append(Diagnostic(code, start, end, message, rules[rank]))
    return found


def compose_steps(
    source: str, text: str, steps: Sequence[Sequence[NamedEdit]]
) -> tuple[Edit, ...]:
    """The edits of all stages as edits from `source` to `text`."""
    changes: list[Change] = []
    for found in steps:
        step = _changes(found)
        changes = compose(changes, step) if changes and step else changes or step
    edits = []
    for block, rules in changes:
        before = source[block.source_start : block.source_end]
        after = text[block.output_start : block.output_end]
        if before != after:  # two stages may undo each other
            edits.append(
                Edit(block.source_start, block.source_end, before, after, rules)
            )
    return tuple(edits)


def _changes(found: Sequence[NamedEdit]) -> list[Change]:
    blocks = blocks_of(edit[:3] for edit in found)
    rules: list[tuple[RuleRef, ...]] = [(edit[3],) for edit in found]
    return [Change(*pair) for pair in zip(blocks, rules, strict=True)]
