"""Adding to rules of the shipped files: what is put in, and not a byte beside it."""

from __future__ import annotations

import pytest

from normalize.checking.editing import add_to_field
from normalize.checking.placing import parts_of, sentence
from normalize.cli.main import _run
from normalize.errors import NormalizeError
from normalize.kinds.names.model import NameRule
from normalize.library import Library
from normalize.source.nodes import Source
from normalize.source.places import shipped_rules

FIELDS = {"rewrite": "variants", "protect": "unless", "names": "also"}
LIBRARY = Library()
FILES = list(LIBRARY.ids(*FIELDS))
PEOPLE = """\
# Ours, in the order of the desk.
kind: names
id: desk.people
title: P
rules:
  - {id: petrykivskyi, given: Остап, surname: Петриківський / Петриковский}  # a writer
  - id: zimenko
    given: {uk: Уляна, ru: Ульяна, canonical: Ulana}  # her own spelling
    surname:
      uk: Зименко
      ru: Зименко
      also: [Zymenkoh,
             Zimenkoh]
    alone: no
"""


def source_of(id_):
    """A shipped file as it lies on the disk, byte for byte."""
    path = shipped_rules() / LIBRARY.path_of(id_).removeprefix("rules/")
    return Source(LIBRARY.path_of(id_), path.read_bytes().decode("utf-8"))


def common(one, other):
    """How many characters two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return next(
        (n for n, (a, b) in enumerate(pairs) if a != b), min(map(len, (one, other)))
    )


def put_in(old, new):
    """What stands in `new` in the place of what in `old`: all else is the same."""
    start = common(old, new)
    end = common(old[start:][::-1], new[start:][::-1])
    return old[start : len(old) - end], new[start : len(new) - end]


def sample(rules):
    """One in the middle, and the last."""
    return dict.fromkeys([rules[len(rules) // 2], rules[-1]])


@pytest.mark.parametrize("id_", FILES)
def test_all_else_in_a_shipped_file_stays(id_):
    """A spelling and an example go in as one stretch; nothing is written anew.

    One text that becomes a list, or a name in one line that becomes fields, is
    written again with what is added; no other line is.
    """
    file = LIBRARY.rule_file(id_)
    source = source_of(id_)
    # Not those that are taken over from another file.
    for rule in sample([r for r in file.rules if r.at.startswith(source.path)]):
        person = isinstance(rule, NameRule) and rule.surname is not None
        adding = [("examples", "Zzyq -> Zzyq", "")]
        parts = ("given", "surname") if person else ("",)
        adding += [(FIELDS[file.kind], "Zzyq", part) for part in parts]
        for field, text, part in adding:
            new = add_to_field(source, rule.id, field, text, part=part)
            gone, come = put_in(source.text, new)
            assert text.split(maxsplit=1)[0] in come
            assert "\n" not in gone
            assert gone == "" or gone.strip() in come or " / " in gone


@pytest.mark.parametrize(
    ("rule", "variant", "said"),
    [
        ("petrykivskyi", "Ostapp", "given: {uk: Остап, ru: Остап, also: [Ostapp]}"),
        (
            "petrykivskyi",
            "Petrykowskij-B",
            "surname: {uk: Петриківський, ru: Петриковский, also: [Petrykowskij-B]}",
        ),
        ("zimenko", "Ulanna", "{uk: Уляна, ru: Ульяна, canonical: Ulana, also: ["),
        ("zimenko", "Zimenckoh", "also: [Zymenkoh,\n             Zimenkoh, Zimenckoh]"),
    ],
)
def test_a_spelling_of_a_person_goes_to_the_name_it_is_like(
    rule, variant, said, tmp_path, monkeypatch, capsys
):
    """Given name or surname, in whatever form it is written; the effect is shown."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "people.yaml"
    path.write_bytes(PEOPLE.encode())

    assert 0 == _run(["rules", "add", rule, "--rules", ".", "--variant", variant])
    text = path.read_bytes().decode()
    gone, _ = put_in(PEOPLE, text)
    assert said in text
    assert "\n" not in gone
    assert "left before, " in capsys.readouterr().out.splitlines()[-1]


def test_a_whole_name_gives_each_part_what_it_lacks(tmp_path, monkeypatch, capsys):
    """Only what is not found already is put in; an example goes behind the rest."""
    monkeypatch.chdir(tmp_path)
    # With the line ends and the mark of an editor on Windows.
    mark = "\N{ZERO WIDTH NO-BREAK SPACE}"
    path = tmp_path / "people.yaml"
    path.write_bytes((mark + PEOPLE.replace("\n", "\r\n")).encode())
    example = "Ostap Petrykowskij-B -> Ostap Petrykivskyi"
    args = ["--variant", "Ostap Petrykowskij-B", "--example", example]

    assert 0 == _run(["rules", "add", "petrykivskyi", "--rules", ".", *args])
    text = path.read_bytes().decode()
    assert text.startswith(f"{mark}# Ours, in the order of the desk.\r\n")
    assert text.count("\r\n") == text.count("\n") == PEOPLE.count("\n")
    assert "surname: {uk: Петриківський, ru: Петриковский, also: [Petrykow" in text
    assert f"examples: [{example}]" in text
    assert "1 example: 1 pass" in capsys.readouterr().out


def test_what_belongs_to_neither_name_or_is_known_is_told():
    """No guess is made, and nothing is listed that is found anyway."""
    rule = next(r for r in LIBRARY.rule_file("uk.people").rules if r.id == "zelenskyy")
    with pytest.raises(NormalizeError, match="like neither") as raised:
        list(parts_of(LIBRARY, rule, "Xyzzy"))
    assert "Given-name Surname" in raised.value.hint
    with pytest.raises(NormalizeError, match="is found already"):
        list(parts_of(LIBRARY, rule, "Vladimir Zelensky"))
    assert [("surname", "Selenskiyy")] == list(parts_of(LIBRARY, rule, "Selenskiyy"))
    assert "Volodymyr Selenskiyy" == sentence(LIBRARY, rule, "Selenskiyy")


def test_a_layout_that_cannot_be_added_to_is_told_and_left():
    """Where the text would not be what is meant, nothing is written."""
    text = (
        "kind: rewrite\nid: t\ntitle: T\nrules:\n  - id: a\n    variants: [b]\n"
        "    output: c\n    examples:\n      - >-\n        b\n        -> c\n"
    )
    with pytest.raises(NormalizeError, match="in a way that can't be added to"):
        add_to_field(Source("t.yaml", text), "a", "examples", "bb -> cc")
