"""Output templates: literal text with `{group}` references."""

from __future__ import annotations

from collections.abc import Collection

import regex

from normalize.engine.forms import like

_REFERENCE = regex.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")

# A template is its literal texts and group names in turn.
Template = tuple[tuple[bool, str], ...]


class TemplateError(ValueError):
    """A template names a group that its pattern does not have."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


def parse_template(text: str, groups: Collection[str]) -> Template:
    """The parts of a template: (is a group, text or group name).

    >>> parse_template("{a}-{{b}}", ["a"])
    ((True, 'a'), (False, '-{b}'))

    Raises:
        TemplateError: an unknown group or a lone brace.
    """
    parts: list[tuple[bool, str]] = []
    plain: list[str] = []
    last = 0
    for found in _REFERENCE.finditer(text):
        plain.append(text[last : found.start()])
        last = found.end()
        if found[0] in ("{{", "}}"):
            plain.append(found[0][0])
        elif found[1] is None:
            raise TemplateError(f"a lone {found[0]!r}", found.start())
        elif found[1] not in groups:
            raise TemplateError(f"unknown group {found[0]}", found.start())
        else:
            parts += [(False, "".join(plain)), (True, found[1])]
            plain = []
    plain.append(text[last:])
    parts.append((False, "".join(plain)))
    return tuple((group, part) for group, part in parts if part)


class Renderer:
    """Gives the text of a template for a match.

    A template without groups is put in the case of the match with `recased`; the
    text of groups has its case already.
    """

    def __init__(self, template: Template, *, recased: bool = False) -> None:
        self._template = template
        grouped = any(group for group, _ in template)
        self._constant = None if grouped else "".join(part for _, part in template)
        self._recased = recased

    def __call__(self, match: regex.Match[str]) -> str:
        """The text for one match."""
        if self._constant is None:
            return "".join(
                (match[part] or "") if group else part for group, part in self._template
            )
        return like(match[0], self._constant) if self._recased else self._constant
