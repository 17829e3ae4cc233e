"""What is put beside a value instead of into it: the new text, the edits."""

from __future__ import annotations

import json
from dataclasses import dataclass

from normalize.files.work import Made


@dataclass(frozen=True)
class Beside:
    """The names of the new columns: for the text, for the edits; empty for none."""

    into: str = ""
    edits_into: str = ""

    @property
    def names(self) -> list[str]:
        """Those that are asked for, in the order of the columns."""
        return [name for name in (self.into, self.edits_into) if name]


NOTHING = Beside()


def edits_as_json(made: Made) -> str:
    """The edits of a value; offsets are code points of the value."""
    listed = [
        {
            "start": edit.start,
            "end": edit.end,
            "before": edit.before,
            "after": edit.after,
            "rules": [rule.id for rule in edit.rules],
        }
        for edit in made.edits
    ]
    return json.dumps(listed, ensure_ascii=False)
