"""What a decisions file can't say is told at the word that says it."""

from __future__ import annotations

import pytest

from normalize.reading import read_model
from normalize.source.nodes import Source
from normalize.source.problems import Problems

HEAD = """\
kind: decisions
id: t.decisions
title: T
rules:
  - {id: some, use: """


@pytest.mark.parametrize(
    ("said", "at", "message"),
    [
        (
            "foreign-words, words: [für, à la]",
            "à la",
            "is not one word in small letters",
        ),
        ("foreign-words, words: [für, Mit]", "Mit", "is not one word in small letters"),
        ("quotes, words: [«», „]", "„", "is not two marks"),
        ("lone-given, words: [uk, pl], unless: [a]", "pl", "is no country of names"),
        ("lone-given, words: [uk]", "{id", "needs conditions"),
        ("lies-in, words: [Ohio]", "{id", "needs 'becomes'"),
    ],
)
def test_words_that_do_not_fit_their_use(classes, said, at, message):
    """The place of the word, or of the rule that lacks something, and what is wrong."""
    problems = Problems()
    text = f"{HEAD}{said}}}\n"

    read_model(Source("own.yaml", text), classes, problems)

    (error,) = problems.errors
    line = text.splitlines()[4]
    assert (5, line.index(at) + 1) == (error.at.line, error.at.column)
    assert error.message.endswith(message)
