"""A character that the encoding to be written can't hold: where, whose, what helps."""

from __future__ import annotations

import unicodedata

from normalize.errors import EncodeError
from normalize.files.encodings import Encoding
from normalize.files.work import Outcome, Part
from normalize.kinds.apostrophes import ApostropheRule
from normalize.normalizer import Normalizer
from normalize.spans import Edit


def no_place(
    name: str,
    part: Part,
    outcome: Outcome,
    error: UnicodeEncodeError,
    encoding: Encoding,
    normalizer: Normalizer | None,
) -> EncodeError:
    """The error of the first such character in the new text of a part."""
    char = outcome.text[error.start]
    edit, at = _written_by(outcome, error.start)
    line = part.line + part.text.count("\n", 0, max(0, at))
    called = unicodedata.name(char, "no name")
    said = f"{encoding.name} has no {char!r} (U+{ord(char):04X} {called})"
    hint = "--output-encoding utf-8 holds it"
    if edit is not None:
        said += f", which {edit.rules[-1].id} writes"
        hint += "; or " + " ".join(_remedies(outcome, encoding, normalizer))
    return EncodeError(f"{name}:{line}: {said}", path=name, hint=hint)


def _written_by(outcome: Outcome, offset: int) -> tuple[Edit | None, int]:
    """The edit that wrote what stands there now, and about where that was before."""
    shift = 0
    for edit in outcome.edits if outcome.splices is None else ():
        begin = edit.start + shift
        if begin > offset:
            break
        if offset < begin + len(edit.after):
            return edit, edit.start
        shift += len(edit.after) - (edit.end - edit.start)
    return None, offset - shift


def _remedies(
    outcome: Outcome, encoding: Encoding, normalizer: Normalizer | None
) -> list[str]:
    """The options with which the rules write nothing that can't be held."""
    rules = dict.fromkeys(
        edit.rules[-1].id for edit in outcome.edits if not _holds(encoding, edit.after)
    )
    others = _other_outputs(normalizer, encoding) if normalizer else {}
    found = [others.get(rule, f"--ignore {rule}") for rule in rules]
    return list(dict.fromkeys(found))


def _other_outputs(normalizer: Normalizer, encoding: Encoding) -> dict[str, str]:
    """By rule, the option that makes it write something that can be held."""
    found: dict[str, str] = {}
    for file in (file for stage in normalizer.plan.stages for file in stage.files):
        for rule in file.rules:
            if isinstance(rule, ApostropheRule) and rule.option:
                held = [value for value, out in rule.outputs if _holds(encoding, out)]
                if held:
                    setting = f"--set {rule.option}={held[0]}"
                    found[f"{file.id}/{rule.id}"] = setting
    return found


def _holds(encoding: Encoding, text: str) -> bool:
    try:
        text.encode(encoding.codec)
    except UnicodeEncodeError:
        return False
    return True
