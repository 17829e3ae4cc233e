"""Which form a file has: by its name, or as the user says."""

from __future__ import annotations

from normalize.errors import InputError
from normalize.files.compression import plain_name
from normalize.files.forms.hypertext import Hypertext
from normalize.files.forms.lines import Lines
from normalize.files.forms.markdown import Markdown
from normalize.files.forms.subtitles import Subtitles
from normalize.files.walk import Found
from normalize.files.work import Form

FORMS: dict[str, Form | None] = {
    "text": None,
    "lines": Lines(),
    "html": Hypertext(),
    "markdown": Markdown(),
    "srt": Subtitles(vtt=False),
    "vtt": Subtitles(vtt=True),
}
_ENDINGS = {
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".md": "markdown", ".markdown": "markdown",
    ".srt": "srt", ".vtt": "vtt",
}  # fmt: skip
# Rules for running text would break these.
_TABLES = {
    ".csv": "--csv-column NAME",
    ".tsv": "--tsv-column NAME",
    ".jsonl": "--jsonl-field PATH",
    ".ndjson": "--jsonl-field PATH",
    ".parquet": "--parquet-column NAME",
}


def ending_of(name: str) -> str:
    """The ending of a name, that of a compression aside."""
    plain = plain_name(name).rpartition("/")[2]
    dot = plain.rfind(".")
    return plain[dot:].lower() if dot > 0 else ""


def form_of(found: Found, asked: str) -> Form | None:
    """The form of a file; None for running text.

    Raises:
        InputError: its name says that it is a table.
    """
    if asked != "auto":
        return FORMS[asked]
    ending = ending_of(found.name)
    if ending in _TABLES:
        raise InputError(
            f"{found.name}: is a table, of which not all may change",
            path=found.name,
            hint=f"{_TABLES[ending]} says what may; --input-format text takes it all",
        )
    return FORMS[_ENDINGS.get(ending, "text")]
