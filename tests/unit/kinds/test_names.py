"""Names of a user's own: what they may say, and what is refused with its place."""

from __future__ import annotations

import pytest

import normalize
from normalize.checking.answers import alone
from normalize.checking.collisions import collisions
from normalize.library import Library
from normalize.normalizer import Normalizer

PROFILE = """
kind: profile
id: mine.profile
title: Own names alone
lang: en
stages: [{{id: words, rules: [{rules}]}}]
options: {{{options}}}
examples: [keep: nothing]
"""
HEAD = "kind: names\nid: mine.names\ntitle: Own names\nrules:\n"


@pytest.fixture
def load(tmp_path):
    """A profile of own names alone, made of the lines of its rules."""

    def make(*lines, options="", style="", own=True):
        path = tmp_path / "names.yaml"
        path.write_text(HEAD + "".join(f"  - {line}\n" for line in lines), "utf-8")
        profile = tmp_path / "profile.yaml"
        rules = "mine.names" if own else "uk.people"
        profile.write_text(PROFILE.format(rules=rules, options=options), "utf-8")
        files = [path] if own else []
        if style:
            (tmp_path / "style.yaml").write_text(style, "utf-8")
            files.append(tmp_path / "style.yaml")
        return normalize.load(profile, rules=files)

    return make


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{id: a, canonical: Kyiv}", "needs a Cyrillic form ('uk', 'ru') or 'also'"),
        ("{id: a, uk: Kиїв}", "'K' in 'Kиїв' is not a Cyrillic letter"),
        (
            "{id: a, name: Київ, also: [Кiev], examples: a -> b}",
            "is not a Latin letter",
        ),
        (
            "{id: a, name: Артемʼєв, nation: ru}",
            "'Артемʼєв' would be written 'Artemʼєv': its language has other letters",
        ),
    ],
)
def test_name_that_says_too_little_or_too_much(load, line, said):
    """A rule that can't be a name is refused, at its place."""
    with pytest.raises(normalize.RuleErrors) as caught:
        load(line)

    assert "names.yaml:5:" in str(caught.value)
    assert said in str(caught.value)


def test_a_veto_may_have_no_word(tmp_path):
    """A paragraph that is asked for evidence is read with all that vetoes may be."""
    path = tmp_path / "names.yaml"
    rule = "{id: a, name: Жибжик / Жибжик, unless: ['&'], examples: {keep: nothing}}"
    path.write_text(f"{HEAD}  - {rule}\n", "utf-8")
    n = normalize.load("names-en", rules=[path])

    text = "Zhibzhik, a village in Ukraine. They came to Nikolaev."
    written = "Zhybzhyk, a village in Ukraine. They came to Mykolaiv."
    assert n(text) == written


@pytest.mark.parametrize(
    ("line", "message", "hint"),
    [
        (
            "{id: a, name: Берестин, near: [uk, harvest]}",
            "'near' asks for the evidence 'uk' and the word 'harvest'",
            "let 'near' name kinds only; 'use: evidence' makes a kind of words",
        ),
        (
            "{id: a, name: Берестин, near: uk-place}",
            "'near' asks for 'uk-place', which is no kind of evidence",
            "did you mean 'uk-places'?",
        ),
        (
            "{id: a, name: Берестин, not_near: [ru-place], examples: [keep: a]}",
            "'not_near' asks for 'ru-place', which is no kind of evidence",
            "did you mean 'ru-places'?",
        ),
        (
            "{id: a, given: Сергій, surname: Писар, near: uk}",
            "'near' asks for the evidence 'uk', which a person never asks",
            "given name and surname decide together: list words, or leave it out",
        ),
        (
            "{id: a, part: given, name: Яровит, not_near: [ru], examples: [keep: a]}",
            "'not_near' asks for the evidence 'ru', which a given name never asks",
            "given name and surname decide together: list words, or leave it out",
        ),
    ],
)
def test_condition_that_would_not_be_asked(load, line, message, hint):
    """What `near` says and the engine would pass over is an error with a next step."""
    with pytest.raises(normalize.RuleErrors) as caught:
        load(line)

    assert f"names.yaml:5:3: {message}\n" in str(caught.value)
    assert f"hint: {hint}\n" in f"{caught.value}\n"


NEAR = "{id: a, name: Берестинка, near: [ru, luhansk-oblast]}"
NOT_NEAR = (
    "{id: a, name: Берестинка, not_near: [ru, uk-places, orchard], examples: [keep: a]}"
)


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        (NEAR, "Berestinka in Russia", "Berestynka in Russia"),
        (NEAR, "Berestinka in the Luhansk oblast", "Berestynka in the Luhansk oblast"),
        (NEAR, "Berestinka in Ukraine", "Berestinka in Ukraine"),
        (NEAR, "Berestinka", "Berestinka"),
        (NOT_NEAR, "Berestinka in Ukraine", "Berestynka in Ukraine"),
        (NOT_NEAR, "Berestinka", "Berestynka"),
        (NOT_NEAR, "Berestinka in Russia", "Berestinka in Russia"),
        (NOT_NEAR, "Berestinka, an orchard", "Berestinka, an orchard"),
        (NOT_NEAR, "Berestinka beside Berestynka", "Berestynka beside Berestynka"),
    ],
)
def test_one_of_several_kinds_of_evidence_is_enough(load, rule, text, expected):
    """`near` wants one of its kinds in the paragraph, `not_near` none of its."""
    n = load(rule)

    assert expected == n(text)
    assert expected == n(expected)


def test_evidence_that_a_name_must_not_have_is_told(load):
    """What is left because of `not_near` is a diagnostic."""
    found = load(NOT_NEAR).trace("Berestinka in Russia").diagnostics

    assert ["ambiguous_name"] == [each.code for each in found]
    assert "something near speaks against it" in found[0].message


def test_written_form_that_is_a_spelling_of_another_name(load):
    """A spelled-out form may not be what another name changes; both are told."""
    with pytest.raises(normalize.RuleErrors) as caught:
        load(
            "{id: kharkiv, name: Харків / Харьков}",
            "{id: other, name: Харькове, canonical: Kharkov}",
        )

    said = str(caught.value)
    assert "names.yaml:5:3: the spelling 'Kharkov' of mine.names/kharkiv is" in said
    assert "never: [Kharkov]" in said


def test_written_form_that_another_name_changes_but_for_a_veto(load):
    """A veto says where a name is something else, and makes no room for another."""
    with pytest.raises(normalize.RuleErrors) as caught:
        load(
            "{id: kharkiv, name: Харків / Харьков, unless: [Prince Kharkov],"
            " examples: Kharkov -> Kharkiv}",
            "{id: other, name: Харькове, canonical: Kharkov}",
        )

    assert "the spelling 'Kharkov' of mine.names/kharkiv is" in str(caught.value)


def test_spelling_that_another_name_is_written_as(load):
    """A listed spelling may not be the written form of another name."""
    with pytest.raises(normalize.RuleErrors) as caught:
        load(
            "{id: kharkiv, name: Харків / Харьков}",
            "{id: other, canonical: Harkow, also: [Kharkiv], examples: a -> b}",
        )

    said = str(caught.value)
    assert "'Kharkiv' of mine.names/kharkiv is a spelling of mine.names/other" in said


def test_spelling_that_is_a_word_elsewhere(tmp_path):
    """A name that would take in a city elsewhere is told by lint."""
    path = tmp_path / "names.yaml"
    path.write_text(HEAD + "  - {id: kolkatta, name: Колкатта}\n", "utf-8")

    library = Library([path])
    plan = alone(library, library.rule_file("mine.names"))
    found = list(collisions(library, plan.stages[0], Normalizer(plan)))

    assert ["N050"] == [finding.code for finding in found]
    assert found[0].message.startswith("'Kolkata' is a city elsewhere")


STYLE = """
kind: style
id: mine.house
title: Ours
extends: style.bbc
rules:
  - {{id: name, of: {of}, {part}: Shevtchenko, examples: Schevchenko -> Shevtchenko}}
"""


@pytest.mark.parametrize(
    ("of", "part", "said"),
    [
        ("uk.people/klitchko", "name", "no rule 'klitchko' to override"),
        ("uk.peeple/klitschko", "name", "no file of names 'uk.peeple'"),
        ("uk.people/klitschko", "surname", "'uk.people/klitschko' has no 'surname'"),
    ],
)
def test_override_of_what_is_not_there(load, of, part, said):
    """An override of a name that is not there is an error with the closest one."""
    with pytest.raises(normalize.RuleErrors) as caught:
        load(
            "{id: a, name: Київ / Киев}",
            options="style: house",
            style=STYLE.format(of=of, part=part),
        )

    assert said in str(caught.value)
    assert "style.yaml:7" in str(caught.value)


def test_style_of_the_users_own(load):
    """An own style may extend a shipped one and write a name in its own way."""
    style = STYLE.format(of="mine.names/shevchenko", part="name")

    n = load("{id: shevchenko, name: Шевченко}", options="style: house", style=style)

    assert "Shevtchenko met Shevtchenko" == n("Shevchenko met Schewtschenko")


def test_unknown_style_in_a_profile(load):
    """A style that is not there is an error at its place in the profile."""
    with pytest.raises(normalize.RuleErrors) as caught:
        load("{id: a, name: Київ / Киев}", options="style: reutres")

    assert "profile.yaml:7:" in str(caught.value)
    assert "did you mean 'reuters'?" in str(caught.value)


def test_cut_off_of_spellings(load):
    """A profile may want the usual spellings only."""
    rare = load("{id: a, name: Хмельницький / Хмельницкий}")
    usual = load(
        "{id: a, name: Хмельницький / Хмельницкий}", options='spelling_limit: "60"'
    )

    assert "Khmelnytskyi, Khmelnytskyi" == rare("Khmelnitsky, Chmelnyzkyj")
    assert "Khmelnytskyi, Chmelnyzkyj" == usual("Khmelnitsky, Chmelnyzkyj")


def test_every_romanization_system_makes_spellings():
    """All systems of Ukrainian and Russian are among those that names are made by."""
    library = Library()
    file = library.rule_file("spelling.systems")
    known = {table.id for rule in file.rules for table, _ in rule.systems}
    shipped = {
        id_
        for id_ in library.ids("romanization")
        if library.rule_file(id_).lang in (("uk",), ("ru",))
    }

    assert shipped == known


def test_spellings_of_a_name_are_few():
    """A name has 64 spellings at most."""
    assert 64 >= len([v for v in normalize.variants("Володимир") if v.habit])
