r"""Typography as cases: tests/cases/typography/*.yaml.

What a case may hold stands at the head of quotes.yaml and keep.yaml.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest
import yaml

from normalize.library import Library
from normalize.loading import load

FOLDER = Path(__file__).parents[1] / "cases" / "typography"
_ESCAPE = re.compile(r"\\(?:N\{([A-Z0-9 -]+)\}|([nt\\]))")
_SHORT = {"n": "\n", "t": "\t", "\\": "\\"}


def escaped(text):
    """The text with its escapes read."""
    return _ESCAPE.sub(
        lambda m: unicodedata.lookup(m[1]) if m[1] else _SHORT[m[2]], text
    )


def cases(name):
    """The cases of a file; every scalar is text."""
    path = FOLDER / f"{name}.yaml"
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)


@pytest.fixture(scope="session")
def loaded():
    """Profiles by name, each loaded once."""
    made = {}

    def get(name):
        if name not in made:
            made[name] = load(name)
        return made[name]

    return get


@pytest.mark.parametrize(
    "case", [*cases("quotes"), *cases("dashes")], ids=lambda case: case["why"]
)
def test_what_becomes_of_a_text(loaded, case):
    """Text and diagnostics are what the case says, and a second run adds nothing."""
    n = loaded(case["profile"])
    text, expected = escaped(case["text"]), escaped(case["expected"])
    result = n.trace(text)
    alone = [d.start for d in result.diagnostics if d.code == "unpaired_quote"]

    assert expected == n(text) == result.text == n(expected)
    assert [int(offset) for offset in case.get("alone", [])] == alone


NAMES = {
    "uk": ("Гурт, Завод, Слово дня, Новий степ, Дім", "«»"),
    "ru": ("Группа, Завод, Слово дня, Новая степь, Дом", "«»"),
    "en": ("Band, The Plant, Word of the day, New river, House", "“”"),
}


@pytest.mark.parametrize("lang", NAMES)
def test_a_missing_mark_flips_no_other(loaded, lang):
    """With any one mark gone, all other quotations come out as they did with it."""
    n = loaded(f"typography-{lang}")
    names, (opens, closes) = NAMES[lang]
    quoted = [f'"{name}"' for name in names.split(", ") * 3]
    text = ", ".join(quoted)
    places = [at for at, char in enumerate(text) if char == '"']
    paired = [opens + quote[1:-1] + closes for quote in quoted]
    for number, at in enumerate(places):
        own = number // 2
        found = n(text[:at] + text[at + 1 :]).split(", ")

        assert [*paired[:own], *paired[own + 1 :]] == [*found[:own], *found[own + 1 :]]
        assert 1 == found[own].count('"')


# Profiles that are there to change what others leave: all punctuation, all letters.
CHANGING = ("plain", "units", "romanize-uk", "romanize-ru", "romanize-auto")


# What `plain` is there for: these marks in ASCII, and nothing else.
FOLDED = str.maketrans({
    **dict.fromkeys("«»“”„", '"'),
    **dict.fromkeys(
        "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
        "\N{MODIFIER LETTER APOSTROPHE}", "'"
    ),
    **dict.fromkeys("\N{EN DASH}\N{EM DASH}", "-"),
    "\N{HORIZONTAL ELLIPSIS}": "...",
})  # fmt: skip


@cache
def of_language(code):
    """The shipped profiles for a language, but for those that change it all."""
    library = Library()
    found = [library.profile(name) for name in library.ids("profile")]
    return [
        p.id
        for p in found
        if p is not None and p.lang in ((), (code,)) and p.id not in CHANGING
    ]


@pytest.mark.parametrize("case", cases("keep"), ids=lambda case: case["text"][:40])
def test_what_every_profile_of_a_language_leaves(loaded, case):
    """A hazard comes out as it went in, through every profile of its language."""
    text = escaped(case["text"])
    profiles = of_language(case["lang"])

    assert {f"news-{case['lang']}", f"typography-{case['lang']}", "news"} <= {*profiles}
    assert [] == [name for name in profiles if loaded(name)(text) != text]
    assert text.translate(FOLDED) == loaded("plain")(text)
