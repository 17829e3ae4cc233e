"""The object that users share, copy, send to other processes and map over texts."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
import threading
from itertools import count, islice

import pytest

import normalize

RULES = """\
kind: rewrite
id: units
title: units
rules:
  - {id: kilometre, variants: [kms, k.m.], output: km, examples: [5 kms -> 5 km]}
"""


@pytest.fixture(scope="module")
def n():
    """A profile that loads fast."""
    return normalize.load("characters")


# --- the object


def test_it_can_not_be_changed(n):
    """Whoever shares a normalizer may rely on it."""
    with pytest.raises(AttributeError, match="load another"):
        n.profile = "other"
    with pytest.raises(AttributeError, match="deleted"):
        del n.profile


def test_a_copy_is_the_object_itself(n):
    """Frameworks copy their parameters; nothing is compiled again."""
    assert copy.copy(n) is n
    assert copy.deepcopy({"n": n})["n"] is n


def test_pickles_are_equal_in_every_process(n):
    """Equal rules are equal bytes: whatever the hash seed, read or kept, copied."""
    code = (
        "import normalize, pickle, hashlib, sys; n = normalize.load('characters');"
        "print(hashlib.sha256(pickle.dumps(n)).hexdigest(), n.fingerprint)"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin", "NORMALIZE_CACHE": place},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed, place in (("1", ""), ("77", ""))
    }
    data = pickle.dumps(n)

    assert 1 == len(outputs)
    assert outputs.pop().split()[1] == n.fingerprint
    assert data == pickle.dumps(pickle.loads(data))


def test_rules_travel_and_not_their_files(tmp_path):
    """A pickled normalizer works where its rule files are gone."""
    path = tmp_path / "units.yaml"
    path.write_text(RULES, encoding="utf-8")
    data = pickle.dumps(normalize.load("characters", rules=[path]))
    path.unlink()

    assert "5 km" == pickle.loads(data)("5 k.m.")


def test_nothing_is_compiled_before_it_is_needed(n):
    """What arrives is bytes until the first text."""
    arrived = pickle.loads(pickle.dumps(n))

    assert arrived._compiled is None
    assert arrived.profile == "characters"
    assert "10 km" == arrived("10\N{NARROW NO-BREAK SPACE}km")
    assert arrived._compiled is not None


def test_threads_share_one(n):
    """Threads get what one thread gets, from one that has just arrived too."""
    shared = pickle.loads(pickle.dumps(n))
    texts = [f"{i}\N{NARROW NO-BREAK SPACE}km" for i in range(200)]
    results = {}

    def work(number):
        results[number] = [shared(text) for text in texts]

    threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [[f"{i} km" for i in range(200)]] * 4 == [results[i] for i in range(4)]


# --- what is no text


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
@pytest.mark.parametrize(
    "use",
    [
        lambda n, value: n(value),
        lambda n, value: n.trace(value),
        lambda n, value: n.stream().feed(value),
        lambda n, value: list(n.map([value])),
        lambda n, value: n.settled(value),
    ],
    ids=["call", "trace", "stream", "map", "settled"],
)
def test_bytes_are_refused_with_advice(n, use, kind):
    """Nobody guesses an encoding; the message says what to do."""
    with pytest.raises(TypeError, match=r"decode it first, data\.decode\('utf-8'\)"):
        use(n, kind(b"Kiev"))


@pytest.mark.parametrize("value", [1, 1.5, ["Kiev"], object()])
def test_other_types_are_refused(n, value):
    """Only a str, or None for a missing one, is taken."""
    with pytest.raises(TypeError, match="expected str, not"):
        n(value)


@pytest.mark.parametrize("value", [None, 3, b"news-en"])
def test_names_and_paths_of_other_types_are_refused(value):
    """What is no name or path of a profile or rule file is no unknown one."""
    with pytest.raises(TypeError, match="expected a name or path, not"):
        normalize.load(value)
    with pytest.raises(TypeError, match="expected a name or path, not"):
        normalize.load("characters", rules=[value])


@pytest.mark.parametrize("rules", [None, 3])
def test_rules_that_are_no_paths_are_refused(rules):
    """A value in the place of the paths is told as what it is."""
    with pytest.raises(TypeError, match="expected paths of rule files, not"):
        normalize.load("characters", rules=rules)


def test_a_profile_without_a_name_is_unknown():
    """An empty name is no folder that one stands in."""
    with pytest.raises(normalize.UnknownNameError, match="unknown profile ''"):
        normalize.load("")


def test_the_class_says_what_makes_one():
    """Who calls the class with a name is told the function that takes names."""
    with pytest.raises(TypeError, match=r"normalize\.load\('characters'\) makes"):
        normalize.Normalizer("characters")


def test_subclasses_of_str_are_taken(n):
    """A str of a class of its own is a str."""

    class Name(str):
        __slots__ = ()

    assert "10 km" == n(Name("10\N{NARROW NO-BREAK SPACE}km"))


# --- map


@pytest.mark.parametrize("workers", [0, 2])
def test_map_takes_texts_and_not_one_text(n, workers):
    """A text is an iterable of letters, and that is never what was meant."""
    with pytest.raises(TypeError, match="texts, not one text"):
        n.map("Kiev", workers=workers)


@pytest.mark.parametrize("texts", [None, 7])
def test_map_takes_nothing_else_than_texts(n, texts):
    """What can't be walked through is told at once, with its type."""
    with pytest.raises(TypeError, match="expected texts, not"):
        n.map(texts)


@pytest.mark.parametrize("workers", [None, "2", 1.5])
def test_workers_are_counted_in_whole_numbers(n, workers):
    """A number of processes that is none is told as such, at once."""
    with pytest.raises(TypeError, match="workers must be an int, not"):
        n.map(["a"], workers=workers)


def test_map_reads_one_text_at_a_time(n):
    """Without workers a text is read when its result is asked for."""
    taken = []
    texts = (taken.append(i) or str(i) for i in count())

    assert ["0", "1", "2"] == list(islice(n.map(texts), 3))
    assert [0, 1, 2] == taken


def test_workers_do_not_read_far_ahead(n):
    """An endless source is read a few batches ahead and no further."""
    taken = []
    texts = (taken.append(i) or str(i) for i in count())
    results = n.map(texts, workers=2)

    assert ["0", "1", "2"] == list(islice(results, 3))
    ahead = len(taken)
    results.close()
    assert ahead <= 2 * 4 * 256 + 256
    assert ahead == len(taken)


@pytest.mark.parametrize("workers", [0, 2])
def test_an_error_comes_when_its_turn_comes(n, workers):
    """All results before it are given first, with workers as without."""
    given = []
    with pytest.raises(TypeError, match="not int"):
        given.extend(n.map([*("a", None) * 300, 7, "b"], workers=workers))
    texts = iter(n.map([*("a", None) * 300, 7, "b"], workers=workers))

    assert ["a", None] * 300 == [next(texts) for _ in range(600)]


def test_workers_take_what_is_not_negative(n):
    """A negative number of processes is refused at once."""
    with pytest.raises(ValueError, match="0 or more, not -1"):
        n.map([], workers=-1)


# --- without some rules


def test_without_rules_they_change_nothing(n):
    """A rule that is left out leaves what it would have changed."""
    text = "10\N{NARROW NO-BREAK SPACE}km"
    (edit,) = n.trace(text).edits

    assert text == n.without([edit.rules[0].id])(text)


def test_without_takes_ids_and_not_one_id(n):
    """An id is an iterable of letters, and no rule would be left out."""
    with pytest.raises(TypeError, match="expected ids of rules, not one"):
        n.without("a/b")


def test_without_an_unknown_rule_is_an_error(n):
    """A slip in an id must not leave the rule in."""
    with pytest.raises(normalize.UnknownNameError, match="unknown rule"):
        n.without(["characters/nothing-of-the-kind"])
