"""Entity annotations in the formats of brat and CoNLL, moved with their text.

What becomes of a span that an edit cuts is said at `Result.project_spans`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from normalize.result import Result

_WORD = re.compile(r"\S+")


class Entity(NamedTuple):
    """An annotated span of a text, in code points, and its label."""

    start: int
    end: int
    label: str


def move_entities(
    entities: Sequence[Entity], result: Result, *, back: bool = False
) -> list[Entity]:
    """The entities of `result.source` in `result.text`, or back; none is lost."""
    places = result.project_spans(entities, back=back)
    return [
        Entity(place.start, place.end, entity.label)
        for place, entity in zip(places, entities, strict=True)
    ]


def move_brat(annotations: str, result: Result, *, back: bool = False) -> str:
    """A brat standoff file (`.ann`) for `result.text`, or back for `result.source`.

    Text-bound lines (`T1 <TAB> Person 0 5;8 12 <TAB> text`) get their new offsets and
    text; relations, events, attributes and notes refer to them by id and stay.

    Raises:
        ValueError: a text-bound line can't be read, or does not lie in the text.
    """
    lines = annotations.split("\n")
    for i, line in enumerate(lines):
        if line.startswith("T"):
            try:
                lines[i] = _moved(line.rstrip("\r"), result, back=back)
            except ValueError as error:
                raise ValueError(f"line {i + 1} of the annotations: {error}") from None
    return "\n".join(lines)


def _moved(line: str, result: Result, *, back: bool) -> str:
    id_, place, *_ = [*line.split("\t"), ""]
    label, _, offsets = place.partition(" ")
    spans = [tuple(map(int, pair.split(" "))) for pair in offsets.split(";")]
    if any(len(span) != len(("start", "end")) for span in spans):
        raise ValueError(f"expected 'start end' or 'start end;start end': {offsets!r}")
    text = result.source if back else result.text
    # Fragments that were widened to one edit are one fragment.
    found = dict.fromkeys(p[:2] for p in result.project_spans(spans, back=back))
    where = ";".join(f"{start} {end}" for start, end in found)
    covered = " ".join(text[start:end].replace("\n", " ") for start, end in found)
    return f"{id_}\t{label} {where}\t{covered}"


class Sentence(NamedTuple):
    """A sentence of a CoNLL file: its tokens joined by spaces, and its entities."""

    text: str
    entities: tuple[Entity, ...]


def read_conll(data: str) -> Iterator[Sentence]:
    """The sentences of a CoNLL file: a token a line, its BIO tag in the last column.

    Sentences are separated by empty lines; the columns between are left out.

    Raises:
        ValueError: a tag is not O, B-label or I-label; an I- continues nothing.
    """
    rows: list[tuple[str, str]] = []
    for number, line in enumerate([*data.splitlines(), ""], 1):
        columns = line.split()
        if columns:
            tag = columns[-1] if len(columns) > 1 else ""
            before = rows[-1][1] if rows else "O"
            if not _follows(tag, before):
                raise ValueError(f"line {number}: tag {tag!r} can't follow {before!r}")
            rows.append((columns[0], tag))
        elif rows:
            yield _sentence(rows)
            rows = []


def _follows(tag: str, before: str) -> bool:
    if tag.startswith("I-"):
        return before[2:] == tag[2:] and before[:1] in "BI"
    return tag == "O" or tag.startswith("B-")


def _sentence(rows: Sequence[tuple[str, str]]) -> Sentence:
    entities: list[Entity] = []
    position = 0
    for token, tag in rows:
        end = position + len(token)
        if tag.startswith("B-"):
            entities.append(Entity(position, end, tag[2:]))
        elif tag.startswith("I-"):
            entities[-1] = entities[-1]._replace(end=end)
        position = end + 1
    return Sentence(" ".join(token for token, _ in rows), tuple(entities))


def write_conll(text: str, entities: Sequence[Entity]) -> str:
    """A sentence as CoNLL lines; tokens end at white space and where an entity does.

    Raises:
        ValueError: two entities overlap or one is empty, which BIO tags can't say.
    """
    ordered = sorted(entities)
    for i, entity in enumerate(ordered):
        if not text[entity.start : entity.end].strip():
            raise ValueError(f"{entity} holds no token")
        if i and entity.start < ordered[i - 1].end:
            raise ValueError(f"{ordered[i - 1]} and {entity} overlap")
    lines = []
    position = 0
    for entity in ordered:
        lines += [f"{word} O" for word in _WORD.findall(text, position, entity.start)]
        for i, word in enumerate(_WORD.findall(text, entity.start, entity.end)):
            lines.append(f"{word} {'I' if i else 'B'}-{entity.label}")
        position = entity.end
    lines += [f"{word} O" for word in _WORD.findall(text, position)]
    return "".join(f"{line}\n" for line in lines)
