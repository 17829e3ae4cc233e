"""Kind `decisions`: what decides about a name that could be something else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from normalize.engine.patterns import Classes
from normalize.kinds.base import Kind, Rule
from normalize.kinds.builder import Builder
from normalize.kinds.conditions import condition_fields, conditions
from normalize.kinds.fields import RULE_FIELDS, base_of, file_record
from normalize.source.fields import Field, ListOf, Record
from normalize.source.nodes import Mapping
from normalize.source.problems import Problems
from normalize.source.texts import Choice, Text

USES = {
    "evidence": "words of a country or a circle of topics; `near` refers to the id",
    "first-names": "before a name that decides alone they make it somebody else's",
    "never": "words that no made spelling of a name may be",
    "doubtful": "words that are a name only where words of its country stand near",
    "mention-before": "right before a spelling that is spoken of, not used",
    "mention-after": "right behind a spelling that is spoken of, not used",
    "frozen": "phrases that stay as they are, with every name in them",
    "joined": "between two spellings of one name that are spoken of",
    "naming": "right before the written form of a name told in another spelling, too",
    "mention-paragraph": "a paragraph with these and the written form speaks of both",
    "mention-sentence": "so does a sentence with these and the written form",
    "shared-given": "given names of other nations too: an unknown surname behind stays",
    "foreign-given": "given names of many nations: alone they stay",
    "telling-given": "given names of Ukraine only, though Russian could be spelled so",
    "before-people": "right before a doubtful name they make it a surname, no place",
    "always-people": "right before any place they make it a surname: Mr Lvov",
    "behind-people": "right behind a doubtful name they make it a surname, no place",
    "before-places": "right before a doubtful name they make it a place for all that",
    "lies-in": "right behind a place and a comma: where it is; `becomes` is evidence",
    "lies-within": "between a place and where it is, instead of a comma: in",
    "lands": "before what a settlement is called: the Russian city of; and `becomes`",
    "settlements": "what a settlement is called, and words before that: border city",
    "settlement-links": "between such a word and a place: the city of, is a city",
    "quotes": "two marks each: what opens and closes titles, nicknames and spellings",
    "quotes-of-words": "the same around spellings that are spoken of, not titles",
    "surname-ending": "how an unknown surname may end, and what it becomes",
    "surname-beginning": "how such a surname may begin, and what that becomes",
    "surname-inside": "letters of such a surname between, and what they become",
    "surname-elsewhere": "words, surnames abroad: an initial beside one tells nothing",
    "turned-ending": "how an unknown surname ends that stands before its given name",
    "womens-given": "given names of women: no unknown surname of men stands behind one",
    "mens-ending": "how surnames end, as they are written, that women do not have",
    "foreign-names": "names with words of another language in them, which tell nothing",
    "foreign-words": "small words one of which, with no English beside, is enough",
    "foreign-letters": "so is one word in small letters with one of these letters",
    "foreign-shared": "English words that other languages have too",
    "plural-before": "right before a surname with an s they make it a family",
    "lone-given": "countries whose given names change alone where the conditions hold",
    "lone-surname": "countries whose people's surnames change alone under conditions",
    "kept": "places stay where the conditions hold, but with `near` and no `not_near`",
    "lone-telling": "where given names change that are joined to one of one language",
    "stranger-abroad": "where an unknown surname behind such a given name stays",
    "namesake": "where somebody known by given name and surname is another person",
    "stranger-letters": "letters with which such a surname needs evidence to change",
    "patronymic-uk": "how Ukrainian names end, and what their patronymics end in",
    "patronymic-ru": "how Russian names end, and what their patronymics end in",
}
BECOMING = (
    "lies-in",
    "lands",
    "surname-ending",
    "surname-beginning",
    "surname-inside",
    "patronymic-uk",
    "patronymic-ru",
)
LETTERS = "stranger-letters"
COUNTRIES = ("uk", "ru")
# Of which the words say whose names are meant, and conditions where; of letters any.
CONDITIONAL = {
    "lone-given": COUNTRIES,
    "lone-surname": COUNTRIES,
    "lone-telling": COUNTRIES,
    "stranger-abroad": COUNTRIES,
    "namesake": COUNTRIES,
    "kept": ("places", "uk-places", "ru-places", "not-uk-places", "not-ru-places"),
    LETTERS: (),
}
NAMES_OF = {"kept": "sort of names"}
ASKING = ("place", "near", "not_near", "absent")
QUOTING = ("quotes", "quotes-of-words")
_SMALL = re.compile(r"[^\W\d_A-Z]+")


@dataclass(frozen=True, slots=True)
class DecisionRule(Rule):
    """Words with one use; `becomes` only for parts of names.

    `place`, `near`, `not_near` and `absent` are conditions beside those of all rules.
    """

    use: str
    words: tuple[str, ...]
    becomes: str
    place: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


def record(classes: Classes) -> Record:
    """The fields of a decisions file."""
    about = "; ".join(f"{use}: {what}" for use, what in USES.items())
    rule = Record(
        (
            *(field for field in RULE_FIELDS if field.name != "examples"),
            *(
                Field(f.name, f.type, f"{f.doc}, in the profiles that use the file")
                for f in RULE_FIELDS
                if f.name == "examples"
            ),
            Field("use", Choice(tuple(USES)), about, True),
            Field("words", ListOf(Text()), "the words or phrases", True),
            Field(
                "becomes",
                Text(),
                "what a part of a name becomes; ~ is the ending itself",
            ),
            Field("near", ListOf(Text()), "kinds of evidence with which it changes"),
            Field("not_near", ListOf(Text()), "kinds with which it stays all the same"),
            *condition_fields(classes),
            Field("place", ListOf(Text()), "kinds of evidence that {place} must be"),
            Field("absent", ListOf(Text()), "words none of which may stand near"),
        ),
        _build,
        "rule",
    )
    return file_record("decisions", rule)


def _build(
    values: dict[str, Any], node: Mapping, problems: Problems
) -> DecisionRule | None:
    ending = values["use"] in BECOMING
    if ending != ("becomes" in values):
        said = "needs 'becomes'" if ending else "has no 'becomes'"
        problems.add(node, f"a rule with 'use: {values['use']}' {said}")
        return None
    for field in ASKING:
        if field in values and values["use"] not in CONDITIONAL:
            message = f"a rule with 'use: {values['use']}' has no {field!r}"
            problems.add(node.items[field][0], message)
            return None
    known = CONDITIONAL.get(values["use"], ())
    conditional = any(conditions(values)) or any(values.get(n) for n in ASKING)
    if (values["use"] in CONDITIONAL) != conditional:
        said = "has no conditions" if conditional else "needs conditions"
        problems.add(node, f"a rule with 'use: {values['use']}' {said}")
        return None
    strange = [word for word in values["words"] if word.value not in known]
    if known and strange:
        sort = NAMES_OF.get(values["use"], "country of names")
        message = f"{strange[0].value!r} is no {sort}"
        problems.add(strange[0], message, hint=f"known: {', '.join(known)}")
        return None
    pairs = values["use"] in QUOTING
    strange = [word for word in values["words"] if len(word.value) != len("()")]
    if pairs and strange:
        message = f"{strange[0].value!r} is not two marks"
        problems.add(strange[0], message, hint="write the opening and the closing one")
        return None
    strange = [word for word in values["words"] if not _SMALL.fullmatch(word.value)]
    if values["use"] in {"foreign-words", "foreign-letters"} and strange:
        message = f"{strange[0].value!r} is not one word in small letters"
        problems.add(strange[0], message, hint="write each word by itself, as für")
        return None
    return DecisionRule(
        **base_of({"examples": (), **values}, node),
        use=values["use"],
        words=tuple(scalar.value for scalar in values["words"]),
        becomes=values["becomes"].value if ending else "",
        place=_said(values, "place"),
        near=_said(values, "near"),
        not_near=_said(values, "not_near"),
        absent=_said(values, "absent"),
    )


def _said(values: dict[str, Any], field: str) -> tuple[str, ...]:
    return tuple(scalar.value for scalar in values.get(field, ()))


def add(rule: DecisionRule, builder: Builder, rank: int) -> None:
    """Hand the words to the names of the stage."""
    builder.decisions.append((rule, rank))


KIND = Kind(
    "decisions",
    "what decides about a name that could be something else",
    record,
    add,
    in_profiles=True,
)
