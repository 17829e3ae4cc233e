"""Output templates: literal text with `{group}` references."""

from __future__ import annotations

from collections.abc import Callable, Collection

import regex

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


def renderer(
    template: Template, recase: Callable[[str, str], str] | None = None
) -> Callable[[regex.Match[str]], str]:
    """A function from a match to the text of the template.

    A template without groups is put in the case of the match by `recase`; the text
    of groups has its case already.
    """
    if not any(group for group, _ in template):
        constant = "".join(part for _, part in template)
        if recase is not None:
            return lambda match: recase(match[0], constant)
        return lambda _: constant

    def render(match: regex.Match[str]) -> str:
        return "".join(
            (match[part] or "") if group else part for group, part in template
        )

    return render
