"""Output templates: literal text with references to groups."""

import pytest
import regex

from normalize.engine.templates import Renderer, TemplateError, parse_template

GROUPS = ["day", "month", "a"]
MATCH = regex.match(r"(?P<day>\d+)(?P<month>[a-z]+)?(?P<a>X)?", "24feb")


def rendered(template, match=MATCH):
    """The text of a template for a match."""
    return Renderer(parse_template(template, GROUPS))(match)


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("", ""),
        ("plain", "plain"),
        ("{day}", "24"),
        ("{day}-{month}", "24-feb"),
        ("{day}{day}", "2424"),
        ("on {day} of {month}.", "on 24 of feb."),
        ("{month}[{a}]", "feb[]"),
        ("{{day}}", "{day}"),
        ("{{{day}}}", "{24}"),
        ("{{", "{"),
        ("}}", "}"),
        ("{{}}", "{}"),
        ("{{{{", "{{"),
        ("\\1 $1 %s \\g<day>", "\\1 $1 %s \\g<day>"),
        ("Ціна {day} ₴", "Ціна 24 ₴"),
    ],
)
def test_rendered(template, expected):
    """References become the text of their groups, all else stands as it is."""
    assert expected == rendered(template)


def test_group_text_is_not_read_again():
    """What a group holds is text, also when it looks like a reference."""
    match = regex.match(r"(?P<a>.*)", "{day}")

    assert "{day}" == rendered("{a}", match)


@pytest.mark.parametrize(
    ("template", "offset", "message"),
    [
        ("{year}", 0, "unknown group {year}"),
        ("ab {year}", 3, "unknown group {year}"),
        ("{day} {}", 6, "unknown group {}"),
        ("{ day }", 0, "unknown group { day }"),
        ("{0}", 0, "unknown group {0}"),
        ("{day:02}", 0, "unknown group {day:02}"),
        ("a {", 2, "a lone '{'"),
        ("a }", 2, "a lone '}'"),
        ("{day", 0, "a lone '{'"),
        ("{{day}", 5, "a lone '}'"),
        ("{day}}", 5, "a lone '}'"),
    ],
)
def test_refused(template, offset, message):
    """An unknown group or a lone brace is an error at its place."""
    with pytest.raises(TemplateError) as caught:
        parse_template(template, GROUPS)

    assert (message, offset) == (caught.value.message, caught.value.offset)


def test_parts():
    """A template is texts and groups in turn, with nothing empty between."""
    assert ((True, "day"), (False, "-{x}"), (True, "a")) == (
        parse_template("{day}-{{x}}{a}", GROUPS)
    )


def test_error_is_a_value_error():
    """A template that is wrong is a wrong value to ordinary handlers."""
    assert issubclass(TemplateError, ValueError)
