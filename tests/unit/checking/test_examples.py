"""Examples as tests: alone, in profiles, over processes; what they show; watching."""

from __future__ import annotations

import time

import pytest

from normalize.checking.coverage import coverage
from normalize.checking.examples import run_examples
from normalize.checking.spreading import spread
from normalize.checking.watching import Watcher
from normalize.errors import OptionError
from normalize.library import Library
from normalize.source.places import shipped_rules

FIRST = """
kind: rewrite
id: t.first
title: First
rules:
  - id: percent
    variants: [per cent, pct]
    output: percent
    unless: [pct file, per cent sign]
    examples:
      - five per cent -> five percent
      - keep: the pct file
"""
THEN = """
kind: rewrite
id: t.then
title: Then
rules:
  - id: sign
    variants: [percent]
    output: '%'
    examples: five percent -> five %
"""
EATER = """
kind: rewrite
id: t.eater
title: Eater
rules:
  - id: five
    variants: [five per cent]
    output: a twentieth
    examples: five per cent -> a twentieth
"""
PROFILE = """
kind: profile
id: t.profile
title: Profile
stages:
  - id: one
    rules: [{first}]
  - id: two
    rules: [t.then]
examples: {{keep: nothing to do}}
"""


@pytest.fixture
def folder(tmp_path):
    for name, text in (("first", FIRST), ("then", THEN)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def outcomes(folder, first, **options):
    if "eater" in first:  # a file that no profile names would join all of them
        (folder / "eater.yaml").write_text(EATER, encoding="utf-8")
    text = PROFILE.format(first=first)
    (folder / "profile.yaml").write_text(text, encoding="utf-8")
    library = Library([folder])
    return list(run_examples(library, library.own, **options))


def test_in_a_profile_source_and_outcome_come_to_the_same(folder):
    """A later stage may write something else, as long as both texts end alike."""
    found = outcomes(folder, "t.first")

    assert {"pass"} == {outcome.word for outcome in found}
    assert ["t.profile"] * 3 == [o.profile for o in found if o.profile]


def test_a_rule_that_another_one_eats_fails_in_the_profile(folder):
    """The outcome names the profile, both texts, and the rules that were faster."""
    bad = [o for o in outcomes(folder, "t.first, t.eater") if o.word != "pass"]

    assert [("wrong", "t.first/percent", "t.profile")] == [
        (o.word, o.owner, o.profile) for o in bad
    ]
    assert ("a twentieth", "five %") == (bad[0].got, bad[0].wanted)
    assert "t.eater/five" in bad[0].rules


def test_alone_leaves_the_profiles_out(folder):
    """Without profiles the eaten rule passes."""
    found = outcomes(folder, "t.first, t.eater", alone=True)

    assert {("pass", "")} == {(o.word, o.profile) for o in found}


def test_processes_change_nothing(folder):
    """Two processes give the outcomes of one, in the same order."""
    one = outcomes(folder, "t.first, t.eater")

    assert one == outcomes(folder, "t.first, t.eater", workers=2)


def test_coverage_names_what_no_example_shows(folder):
    """Spellings and vetoes that stand in no example are missing, others shown."""
    library = Library([folder])
    (found,) = coverage(library, ["t.first"])

    # pct stands in no example that changes, only in the one to be kept.
    assert ("'pct'", "unless 'per cent sign'") == found.missing
    assert (2, 4) == (found.shown, found.parts)


CONTEXTS = """
kind: rewrite
id: t.contexts
title: Contexts
rules:
  - id: number
    variants: ['No.']
    output: number
    preceded_by: [under, {pattern: '[a-z]: '}]
    followed_by: [{pattern: ' ?[0-9]'}, five]
    unless: [No. 10 Downing Street, see No. 1]
    examples:
      - under No. 5 -> under number 5
      - keep: 'five times: No. 10 Downing Street'
      - keep: under the sea, see no. 1 there
"""


def test_a_context_is_shown_where_it_stands_beside_the_match(tmp_path):
    """Words that stand somewhere else in an example show nothing."""
    path = tmp_path / "contexts.yaml"
    path.write_text(CONTEXTS, encoding="utf-8")
    (found,) = coverage(Library([path]), ["t.contexts"])

    assert ("followed_by 'five'",) == found.missing
    assert (6, 7) == (found.shown, found.parts)


AREAS = """
kind: quantities
id: t.areas
title: Areas
options:
  area_template: {title: t, takes: 'template amount, unit', default: '{amount} {unit}'}
lexicon:
  unit: {ha: [ha, hectare]}
fields:
  amount: {digits: ['{digit}{1,9}']}
  unit: {words: unit}
values:
  area: {of: [amount, unit], required: [amount, unit], template: area_template}
rules:
  - id: area
    patterns: ['{amount} {unit}', '{unit} {amount}', '{amount}-{unit}']
    output: '{area}'
    examples:
      - 5 hectare -> 5 ha
      - keep: hectare by hectare
      - keep: ha 3
"""


def test_each_pattern_wants_an_example(tmp_path):
    """A pattern that fits no example is named; one that changes nothing fits none."""
    path = tmp_path / "areas.yaml"
    path.write_text(AREAS.replace("keep: ha 3", "hectare 3 -> 3 ha"), encoding="utf-8")
    (found,) = coverage(Library([path]), ["t.areas"])

    assert ("pattern '{amount}-{unit}'",) == found.missing
    assert (2, 3) == (found.shown, found.parts)


def test_spread_keeps_the_order():
    """Results come in the order of the tasks, whoever did them."""
    found = spread(lambda n: n * n, range(20), 2, key=lambda n: n % 5)

    assert [n * n for n in range(20)] == list(found)


def test_spread_hands_on_errors():
    """An error of ours in another process is raised here, as it is."""

    def fail(number):
        raise OptionError(f"no {number}", hint="yes")

    with pytest.raises(OptionError, match="no 1\nhint: yes"):
        list(spread(fail, [1, 2], 2, key=lambda n: n))


def test_watching_reruns_what_a_saved_file_touches(folder):
    """At first all own files; after a save that file, and those that take it over."""
    child = """
kind: rewrite
id: t.child
title: Child
extends: t.then
rules:
  - {id: x, variants: [xx], output: y, examples: xx -> y}
"""
    (folder / "child.yaml").write_text(child, encoding="utf-8")
    saved = folder / "then.yaml"
    watcher = Watcher(
        [str(folder)], sleep=lambda _: saved.write_text(THEN + "\n", encoding="utf-8")
    )
    changes = watcher.changes()

    assert [] == next(changes)
    assert sorted(watcher.library().own) == sorted(
        watcher.touched(watcher.library(), [], [])
    )
    changed = next(changes)
    assert [str(saved)] == changed
    assert ["t.then", "t.child"] == watcher.touched(watcher.library(), changed, [])


def test_watching_shows_an_error_and_goes_on(folder, capsys, monkeypatch):
    """A file that can't be read in the middle of work is told, not fatal."""
    from normalize.checking import watching
    from normalize.cli.testing import watch

    path = folder / "first.yaml"
    texts = iter(["kind: [\n", FIRST])

    class Stepping(watching.Watcher):
        def __init__(self, paths):
            super().__init__(paths, sleep=lambda _: path.write_text(next(texts)))

    monkeypatch.setattr(watching, "Watcher", Stepping)

    assert 0 == watch([str(path)], (), verbose=False, once=3)
    said = capsys.readouterr().out
    assert "2 examples: 2 pass" in said.split("saved")[0]
    assert "not YAML" in said.split("saved")[1]
    assert "2 examples: 2 pass" in said.split("saved")[2]


# The longest shipped file, and the one with the most examples.
LONGEST = ("names/uk/settlements.yaml", "names/uk/people.yaml")
# So many times as long as the longest is read may the first result take: that is a
# second, where reading it takes a quarter of one.
FIRST_RESULT = 4


@pytest.mark.parametrize("name", LONGEST)
def test_a_saved_file_has_its_first_result_within_a_second(name, tmp_path, monkeypatch):
    """Of a long file the rules with examples are run first; all of them follow.

    Counted is the work of this process: the rest of the second is for the look at
    the files. It is compared with other work, since machines differ.
    """
    import click

    from normalize.checking import watching
    from normalize.cli.testing import watch

    text = (shipped_rules() / name).read_text(encoding="utf-8")
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    # A new name each time, so that nothing of it is known from another run.
    new = "\n  - {id: zzz, name: Зизи / Зыз%s}\n"
    saves = iter("абвгд")
    times = []

    class Stepping(watching.Watcher):
        def __init__(self, paths):
            super().__init__(paths, sleep=self.save)

        def save(self, _):
            path.write_text(text + new % next(saves), encoding="utf-8")
            times.append([time.process_time()])

    def echo(message="", **_):
        if " examples: " in message and times:
            times[-1].append(time.process_time())

    monkeypatch.setattr(watching, "Watcher", Stepping)
    monkeypatch.setattr(click, "echo", echo)

    assert 0 == watch([str(path)], (), verbose=False, once=4)
    first = min(first - saved for saved, first, *_ in times)
    other = tmp_path / "other.yaml"
    assert first < FIRST_RESULT * min(_reading(other) for _ in range(3))


def _reading(path):
    """How long it takes to read the longest file, when nothing of it is kept."""
    text = (shipped_rules() / LONGEST[0]).read_text(encoding="utf-8")
    path.write_text(f"{text}# {time.time_ns()}\n", encoding="utf-8")
    start = time.process_time()
    Library([path]).check()
    return time.process_time() - start
