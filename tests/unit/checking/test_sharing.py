"""Stages that profiles share while they are checked do what their own would."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import normalize
from normalize.checking.examples import run_examples
from normalize.checking.profiles import Profiles
from normalize.checking.spreading import spread
from normalize.compiling import compile_plan
from normalize.errors import NormalizeError
from normalize.library import Library
from normalize.normalizer import Normalizer
from normalize.profile import resolve

SEEDS = Path(__file__).resolve().parents[3] / "seeds"
TEXTS = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
# Light ones, in which every way of telling a language and of protecting takes part.
PROFILES = (
    "characters", "house-uk", "news-ru", "news-uk", "plain", "romanize-auto",
    "romanize-ru", "typography-en", "typography-uk", "units",
)  # fmt: skip
RULES = """
kind: rewrite
id: t.{0}
title: Words of one language
lang: {0}
rules:
  - id: word
    variants: [Kiev, Москва]
    output: '{0}'
    examples: in Kiev -> in {0}
"""
BOTH = """
kind: profile
id: t.both
title: Two languages
languages: auto
stages:
  - {id: words, rules: [t.en, t.ru]}
examples: {keep: nothing}
"""
ONE = """
kind: profile
id: t.one
title: One language
lang: en
stages:
  - {id: words, rules: [t.en, t.ru]}
examples: {keep: nothing}
"""


@pytest.fixture(scope="module")
def profiles():
    return Profiles(Library())


@pytest.mark.parametrize("id_", PROFILES)
def test_shared_stages_say_what_those_of_the_profile_say(profiles, id_):
    """Text, edits with their rules, and diagnostics are those of `load`."""
    ours, loaded = profiles.get(id_).normalizer, normalize.load(id_)

    for text in TEXTS:
        mine, other = ours.trace(text), loaded.trace(text)
        assert (other.text, other.edits) == (mine.text, mine.edits)
        assert other.diagnostics == mine.diagnostics


def test_equal_stages_are_made_once(profiles):
    """What two profiles have in common is the same object but for the language."""
    uk, ru = (profiles.get(id_).normalizer.compiled for id_ in ("news-uk", "news-ru"))
    same = [
        a.name for a, b in zip(uk.stages, ru.stages, strict=True) if a.rules is b.rules
    ]

    assert {"hidden", "encoding", "scripts", "apostrophes"} <= set(same)
    assert not {"words", "punctuation"} & set(same)


def test_files_of_one_language_are_not_shared_with_who_tells_none(tmp_path):
    """Where languages are told a file acts in its own; elsewhere it acts always."""
    files = {"en": RULES.format("en"), "ru": RULES.format("ru")}
    for name, text in {**files, "both": BOTH, "one": ONE}.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    made = Profiles(Library([tmp_path]))
    text = "They say that it was in Kiev and that this is so.\n\nЭто Москва, и он там."

    for id_ in ("t.both", "t.one"):
        plan = resolve(Library([tmp_path]), id_, {})
        alone = Normalizer(plan, compile_plan(plan))
        assert alone(text) == made.get(id_).normalizer(text)
    assert "in en and" in made.get("t.both").normalizer(text)
    assert "Это ru" in made.get("t.both").normalizer(text)
    assert "Это en" in made.get("t.one").normalizer(text)


def test_a_process_that_ends_early_is_told():
    """Somebody who stops a worker, or a lack of memory, is an error in one line."""

    def run(number):
        if number == 2:
            os._exit(3)
        return number

    with pytest.raises(NormalizeError, match="ended before it was done"):
        list(spread(run, [1, 2, 3], 2, key=lambda number: number))


def test_a_mistake_in_the_program_is_raised_whole():
    """What is no error of the user's comes through, not as a lost process."""

    def run(number):
        raise KeyError(number)

    with pytest.raises(KeyError):
        list(spread(run, [1, 2, 3], 2, key=lambda number: number))


def test_all_runs_are_still_made():
    """Every profile that uses a file runs its examples, shared stages or not."""
    found = [o for o in run_examples(Library(), ["rewrite.hidden"]) if o.profile]

    assert len({outcome.profile for outcome in found}) > 10
