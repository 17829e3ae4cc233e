"""JSON Schema of a kind of rule file, made from its field table.

Editors that know the schema complete field names and mark mistakes while one
types; the reader checks more than a schema can say.
"""

from __future__ import annotations

import json

from normalize.source.fields import Record

TITLE = "Rule file of kind "
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_text(kind: str, about: str, record: Record) -> str:
    """The schema of a kind as the text of its file, the same every time."""
    schema = {
        "$schema": DIALECT,
        "title": f"{TITLE}{kind}",
        "description": about,
        **record.schema(),
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
