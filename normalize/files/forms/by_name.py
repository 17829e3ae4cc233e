"""Which form a file has: by its name, or as the user says."""

from __future__ import annotations

from functools import cache

from normalize.errors import InputError
from normalize.files.compression import plain_name
from normalize.files.walk import Found
from normalize.files.work import Form

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
        return _form(asked)
    ending = ending_of(found.name)
    if ending in _TABLES:
        raise InputError(
            f"{found.name}: is a table, of which not all may change",
            path=found.name,
            hint=f"{_TABLES[ending]} says what may; --input-format text takes it all",
        )
    return _form(_ENDINGS.get(ending, "text"))


@cache
def _form(name: str) -> Form | None:
    """The form of this name, imported when a file has it; None for running text."""
    if name == "html":
        from normalize.files.forms.hypertext import Hypertext

        return Hypertext()
    if name == "markdown":
        from normalize.files.forms.markdown import Markdown

        return Markdown()
    if name in {"srt", "vtt"}:
        from normalize.files.forms.subtitles import Subtitles

        return Subtitles(vtt=name == "vtt")
    if name == "lines":
        from normalize.files.forms.lines import Lines

        return Lines()
    return None
