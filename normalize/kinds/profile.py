"""Kind `profile`: stages of rule files, what is protected, options."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from normalize.engine.patterns import Classes
from normalize.kinds.base import Example, Kind
from normalize.kinds.examples import EXAMPLES
from normalize.kinds.fields import header_fields
from normalize.source.fields import Field, ListOf, MapOf, Record
from normalize.source.nodes import Mapping, Scalar
from normalize.source.problems import Problems, unique
from normalize.source.texts import ID, Choice, Text

RULE_ID = Text(
    r"[a-z0-9]+(?:[-.][a-z0-9]+)*(?:/[a-z0-9]+(?:[-.][a-z0-9]+)*)?",
    "a file id, or file id/rule id",
)


@dataclass(frozen=True, slots=True)
class StageSpec:
    """A stage as a profile names it: its id and the ids of its rule files."""

    id: Scalar
    rules: tuple[Scalar, ...]


@dataclass(frozen=True, slots=True)
class ProfileFile:
    """A profile as written; names are nodes, so that errors can point at them."""

    id: str
    title: str
    path: str
    lang: tuple[str, ...]
    detects: bool  # whether each paragraph is told its language
    extends: Scalar | None
    protect: tuple[Scalar, ...]
    stages: tuple[StageSpec, ...]
    remove: tuple[Scalar, ...]
    options: tuple[tuple[Scalar, Scalar], ...]
    examples: tuple[Example, ...]


def _build_stage(
    values: dict[str, Any], _node: Mapping, problems: Problems
) -> StageSpec:
    unique(values["rules"], problems, "rule file")
    return StageSpec(values["id"], tuple(values["rules"]))


_STAGE = Record(
    (
        Field("id", ID, "the name of the stage", True),
        Field(
            "rules", ListOf(ID), "ids of rule files; an earlier one wins a tie", True
        ),
    ),
    _build_stage,
    "stage",
)


def record(classes: Classes) -> Record:
    """The fields of a profile."""
    del classes
    fields = (
        *header_fields("profile"),
        Field("extends", ID, "the profile that this one adds to"),
        Field(
            "languages",
            Choice(("auto",)),
            "auto: a rule file with 'lang' acts in paragraphs of that language only",
        ),
        Field(
            "rules",
            ListOf(Text()),
            "rule files and folders of your own, beside this file or below it",
        ),
        Field("protect", ListOf(ID), "ids of protect files; they hold in every stage"),
        Field(
            "stages",
            ListOf(_STAGE),
            "what runs, in this order; a stage that the extended profile has gets "
            "more rule files (they win a tie), a new one runs after its stages",
        ),
        Field("remove", ListOf(RULE_ID), "files or single rules to leave out"),
        Field("options", MapOf(Text()), "values of the options of the rule files"),
        Field(
            "examples",
            EXAMPLES,
            "what the whole profile does, run as tests",
            True,
            "N013",
        ),
    )
    # The files that it names are looked for whatever else is wrong with it.
    return Record(fields, _build, "profile", partly=True)


def _build(
    values: dict[str, Any], node: Mapping, problems: Problems
) -> ProfileFile | None:
    stages = tuple(values.get("stages", ()))
    unique([stage.id for stage in stages], problems, "stage")
    unique(values.get("protect", ()), problems, "protect file")
    if not stages and "extends" not in values:
        if not {"stages", "extends"} & set(node.items):
            problems.add(node, "a profile needs 'stages' or 'extends'")
        return None
    return ProfileFile(
        id=values["id"].value,
        title=values["title"].value,
        path=node.source.path,
        lang=tuple(scalar.value for scalar in values.get("lang", ())),
        detects="languages" in values,
        extends=values.get("extends"),
        protect=tuple(values.get("protect", ())),
        stages=stages,
        remove=tuple(values.get("remove", ())),
        options=tuple(values.get("options", {}).items()),
        examples=tuple(values["examples"]),
    )


KIND = Kind("profile", "stages of rule files, protection, options", record)
