"""Names that other words would be taken for, found by trying those words."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.kinds.base import Finding
from normalize.kinds.wordlist import WordList
from normalize.library import Library
from normalize.normalizer import Normalizer
from normalize.plan import StagePlan

NAMES = "names"
# Each word is a paragraph of its own, so that none is evidence for another.
APART = "\n\n"


def collisions(
    library: Library, stage: StagePlan, normalizer: Normalizer
) -> Iterator[Finding]:
    """Words of the lists that a stage would take for names, `normalizer` runs it.

    A spelling that its rule lists under `also` is meant.
    """
    if not any(file.kind == NAMES for file in stage.files):
        return
    meant = {
        (f"{file.id}/{rule.id}", spelling)
        for file in stage.files
        for rule in file.rules
        for spelling in rule.claims()
    }
    for id_ in library.ids("wordlist"):
        found = library.rule_file(id_)
        if not isinstance(found, WordList):
            continue
        words = [word[:1].upper() + word[1:] for word in found.words]
        for edit in normalizer.trace(APART.join(words)).edits:
            for ref in edit.rules:
                if ref.kind == NAMES and (ref.id, edit.before) not in meant:
                    yield _finding(found, edit.before, edit.after, ref.id, ref.at)


def _finding(found: WordList, word: str, becomes: str, rule: str, at: str) -> Finding:
    message = f"{word!r} is {found.what} ({found.id}), and {rule} makes it {becomes!r}"
    hint = "put it under 'never' or 'doubtful' of names.collisions, or into 'also'"
    return Finding("N050", message, at, hint)
