"""Each lint of romanization files finds its mistake, and nothing in a good file."""

from __future__ import annotations

import pytest

from normalize.checking.codes import CODES
from normalize.checking.lint import lint_own
from normalize.library import Library

GOOD = """\
kind: romanization
id: mine
title: Mine
lang: uk
authority: us
year: 2026
status: in use
confidence: high
reversible: no
collisions: {ґрати: грати}
case: word
apostrophe: ''
letters: {
  а: a, б: b, в: v, г: g, ґ: g, д: d, е: e, є: je, ж: ž, з: z, и: y, і: i, ї: ï, й: j,
  к: k, л: l, м: m, н: n, о: o, п: p, р: r, с: s, т: t, у: u, ф: f, х: x, ц: c, ч: č,
  ш: š, щ: ŝ, ь: ʹ, ю: ju, я: ja
}
rules:
  - {id: start, from: є, to: ye, at: start, examples: Єва -> Yeva}
examples: [щур -> ŝur, кіт -> kit, їжа -> ïža, ґедзь -> gedzʹ]
"""


def findings(tmp_path, text):
    """Codes and messages of what is found in one file."""
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    found = lint_own(Library([path]))
    return [(f.code, f.message) for f in found]


def test_a_good_file_has_no_findings(tmp_path):
    """The file that the others are made from is clean."""
    assert [] == findings(tmp_path, GOOD)


@pytest.mark.parametrize(
    ("code", "before", "after", "said"),
    [
        ("N030", "щ: ŝ, ", "", "no output for щ"),
        ("N031", "е: e,", "е: \N{CYRILLIC SMALL LETTER IE},", "CYRILLIC SMALL LETTER"),
        ("N034", "ж: ž", "ж: ß", "no capital"),
        ("N034", "ж: ž", "ж: Ž", "no capital"),
        ("N035", "ґрати: грати", "кіт: кит", "not written alike"),
        ("N035", "collisions: {ґрати: грати}\n", "", "no pair shows why"),
        ("N033", "reversible: no\ncollisions: {ґрати: грати}", "reversible: yes",
         "comes back as"),
        ("N033", "reversible: no", "reversible: except", "comes back as"),
        ("N036", ", ґедзь -> gedzʹ", "", "4 examples"),
        ("N037", "кіт -> kit", "кіт -> kyt", "gives 'kit', not 'kyt'"),
        (
            "N032",
            "rules:\n",
            "rules:\n  - {id: first, from: є, to: e, examples: є -> e}\n",
            "'first' always wins",
        ),
        (
            "N032",
            "at: start,",
            "at: start, after: vowels,",
            "nothing stands before a word",
        ),
        ("N032", "from: є, to: ye", "from: щo, to: ye", "no letter of it"),
        (
            "N036",
            "examples: Єва -> Yeva",
            "examples: щука -> ŝuka",
            "no example shows rule 'start'",
        ),
    ],
)  # fmt: skip
def test_each_mistake_is_found(tmp_path, code, before, after, said):
    """One change of the good file, and the lint that must see it."""
    assert before in GOOD
    found = findings(tmp_path, GOOD.replace(before, after))

    assert code in CODES
    assert [message for c, message in found if c == code and said in message], found


def test_inherited_rules_need_an_example_too(tmp_path):
    """A rule that is taken over must be shown in the file that takes it over."""
    child = (
        "kind: romanization\nid: child\ntitle: Child\nlang: uk\nextends: uk-kmu-2010\n"
        "authority: us\nyear: 2026\nstatus: in use\nconfidence: high\n"
        "reversible: no\ncollisions: {їй: її}\n"
        "examples: [Юрій -> Yurii, Яна -> Yana, Єва -> Yeva, Їжа -> Yizha, а -> a]\n"
    )
    found = findings(tmp_path, child)
    path_free = [message for _, message in found]

    assert [] == [m for m in path_free if "'ya-start'" in m]
    library = Library([tmp_path / "mine.yaml"])
    messages = [f.message for f in lint_own(library) if "'child'" in f.message]
    assert [
        "no example shows rule 'j-start' of 'child'",
        "no example shows rule 'z-h' of 'child'",
    ] == sorted(messages)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("at: start,", "after: vowel,", "no set of letters is called 'vowel'"),
        ("id: start,", "id: letters,", "that of the letter table"),
        ("lang: uk", "lang: de", "needs 'lang'"),
        ("case: word\n", "", "missing field 'case'"),
        ("reversible: no", "reversible: maybe", "yes, except, no"),
        ("case: word", "case: word\nsisters: [ru-icao]", "has the id 'ru-icao'"),
    ],
)
def test_mistakes_that_can_not_be_loaded(tmp_path, before, after, said):
    """A wrong field is told when the file is read, with its place."""
    path = tmp_path / "mine.yaml"
    path.write_text(GOOD.replace(before, after), encoding="utf-8")
    library = Library([path])
    library.rule_file("mine")
    with pytest.raises(ValueError, match="problem") as caught:
        library.check()

    assert said in str(caught.value)
