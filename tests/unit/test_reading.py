"""Limits of a rule file that is read into a model."""

from __future__ import annotations

from normalize import reading
from normalize.reading import read_model
from normalize.source import nodes
from normalize.source.nodes import Source
from normalize.source.problems import Problems

RULES = """\
kind: names
id: mine.many
title: Many
rules:
  - {id: first, name: Перше}
  - {id: second, name: Друге}
  - {id: third, name: Третє}
"""


def read(classes):
    """The model of the three rules, and what is wrong with it."""
    problems = Problems()
    return read_model(Source("many.yaml", RULES), classes, problems), problems.errors


def test_too_many_rules(classes, monkeypatch):
    """The first rule over the limit is pointed at, and the way out is told."""
    monkeypatch.setattr(reading, "MAX_RULES", 2)

    model, (error,) = read(classes)

    assert model is None
    assert (7, 5) == (error.at.line, error.at.column)
    assert "over 2 rules in a file" == error.message
    assert "split the file" == error.hint


def test_as_many_rules_as_allowed(classes, monkeypatch):
    """As many as the limit says are read."""
    monkeypatch.setattr(reading, "MAX_RULES", 3)

    model, errors = read(classes)

    assert (3, []) == (len(model.rules), errors)


def test_the_limit_of_rules_comes_before_that_of_values():
    """The shortest rule has five values: itself, two names of fields, what they say."""
    assert reading.MAX_RULES * 5 < nodes.MAX_NODES
