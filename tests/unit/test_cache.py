"""Kept profiles: what fits is used, what does not is made anew."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import time
from pathlib import Path

import pytest

from normalize import cache
from normalize.checking.sharing import ready
from normalize.engine import contexts
from normalize.engine.guards import make_guard
from normalize.engine.patterns import At, Seq
from normalize.kinds.spelling.keeping import WORTH_KEEPING
from normalize.kinds.spelling.making import Spellings
from normalize.library import Library
from normalize.loading import load
from normalize.packing import naming, pack
from normalize.profile import resolve
from normalize.source.places import shipped_rules


@pytest.fixture
def place(tmp_path, monkeypatch):
    """An empty folder to keep profiles in."""
    monkeypatch.setenv("NORMALIZE_CACHE", str(tmp_path))
    return tmp_path / "normalize-slavic"


class Stranger:
    """A class that is no rule data."""


@pytest.mark.usefixtures("place")
def test_what_was_written_is_read():
    """Plain data comes back as it was."""
    cache.write("key", (1, ("a",), frozenset({"b"})))

    assert (1, ("a",), frozenset({"b"})) == cache.read("key")


OWN = """
kind: names
id: desk.names
title: Names of our desk
rules:
  - {id: berestyn, name: Берестин / Берестин}
  - {id: pysarenko, given: Сергій / Сергей, surname: Писаренко / Писаренко}
"""


def test_a_second_load_gives_the_same(place, tmp_path):
    """A profile that was kept does what the one that was made does.

    So does one with names of the user's own that are put beside the kept ones.
    """
    text = "“Sergey  Pysarenko...” in Kiev, not in Berestin"
    made, kept = load("typography-en"), load("typography-en")
    path = tmp_path / "own.yaml"
    path.write_text(OWN, encoding="utf-8")
    with_own = load("typography-en", rules=[path])
    for file in place.iterdir():
        file.unlink()
    alone = load("typography-en", rules=[path])

    assert made.fingerprint == kept.fingerprint
    assert made(text) == kept(text)
    assert with_own.plan == alone.plan
    assert with_own.fingerprint == alone.fingerprint
    assert (
        with_own(text) == alone(text) == "“Serhii Pysarenko…” in Kiev, not in Berestyn"
    )


PROFILE = """
kind: profile
id: desk
title: Our desk
stages: [{id: words, rules: [desk.towns]}]
examples:
  - keep: a
"""
TOWN = "  - {{id: {0}, name: {1}}}"
TOWNS = """
kind: names
id: desk.{0}
title: Towns
rules:
"""


def _towns(path, name, ending):
    """Write a file with as many invented towns as is worth keeping."""
    names = [
        f"{first}{second}{ending}".capitalize()
        for first in ("бер", "дуб", "вер", "кал", "мел", "сос", "тер", "чер")
        for second in ("ежн", "овик", "инов", "анов", "ечан", "ушин", "ович")
    ]
    assert len(names) >= WORTH_KEEPING
    rows = [TOWN.format(f"t{i}", name) for i, name in enumerate(names)]
    path.write_text(TOWNS.format(name) + "\n".join(rows), encoding="utf-8")


@pytest.mark.usefixtures("place")
def test_a_file_costs_its_own_names_only(tmp_path, monkeypatch):
    """Spellings are kept by file: another file beside them makes its own anew."""
    asked = []
    all_of = Spellings.all_of

    def counted(self, pairs):
        asked.extend(pairs)
        return all_of(self, pairs)

    monkeypatch.setattr(Spellings, "all_of", counted)
    profile, more = tmp_path / "profile.yaml", tmp_path / "more.yaml"
    towns = tmp_path / "towns.yaml"
    profile.write_text(PROFILE, encoding="utf-8")
    _towns(towns, "towns", "ськ")
    _towns(more, "more", "ець")
    load(profile, rules=[towns])
    first = len(asked)
    asked.clear()
    loaded = load(profile, rules=[towns, more])

    assert first >= WORTH_KEEPING
    assert all(uk.endswith("ець") for uk, _ in asked)
    assert loaded("Kalanovetz and Kalanovsk") == "Kalanovets and Kalanovsk"


@pytest.mark.usefixtures("place")
def test_a_check_finds_the_spellings_that_a_load_kept(tmp_path, monkeypatch):
    """Whether rules come from files or from a kept profile is no difference."""
    profile, towns = tmp_path / "profile.yaml", tmp_path / "towns.yaml"
    profile.write_text(PROFILE, encoding="utf-8")
    _towns(towns, "towns", "ськ")
    load(profile, rules=[towns])

    def refused(_self, pairs):
        assert not pairs
        return []

    monkeypatch.setattr(Spellings, "all_of", refused)
    library = Library([profile, towns])
    (id_,) = library.own_of(profile)
    checked = ready(library, resolve(library, id_, {}))
    assert checked("to Kalanovsk") == "to Kalanovsk"


GUARDED = """
kind: names
id: {0}
title: Towns with a condition
rules:
  - id: town
    name: {1}
    also: [{2}]
    unless: [{{pattern: '[0-9]{{1,4}} {2}'}}]
    examples: [{2} -> {3}, keep: 12 {2}]
"""


@pytest.mark.usefixtures("place")
def test_conditions_are_compiled_once(tmp_path, monkeypatch):
    """Names beside them compile none but their own, which tell where they stand."""
    made = []

    def counted(*given, own=None, **more):
        guard = make_guard(*given, own=own, **more)
        if guard is not None:
            made.append(own.id.partition("/")[0] if own else "shipped")
        return guard

    monkeypatch.setattr(contexts, "make_guard", counted)
    profile, others = tmp_path / "profile.yaml", tmp_path / "others.yaml"
    profile.write_text(
        PROFILE.replace("desk.towns", "desk.towns, desk.others"), encoding="utf-8"
    )
    towns = tmp_path / "towns.yaml"
    towns.write_text(
        GUARDED.format("desk.towns", "Берестин", "Berestin", "Berestyn"),
        encoding="utf-8",
    )
    whose = []
    for name, old, new in (
        ("Дубечно", "Dubetschno", "Dubechno"), ("Вербичі", "Verbitschi", "Verbychi")
    ):  # fmt: skip
        others.write_text(GUARDED.format("desk.others", name, old, new), "utf-8")
        library = Library([profile, towns, others])
        whole = ready(library, resolve(library, "desk", {}))
        assert whole(f"{old}, 12 {old}, Berestin") == f"{new}, 12 {old}, Berestyn"
        whose.append(set(made))
        made.clear()

    own = {"desk.towns", "desk.others"}
    assert whose == [{"shipped", *own}, own]


def test_what_is_kept_of_a_part_may_be_damaged(place):
    """A part that can't be read is made anew."""
    assert [1] == cache.kept(b"about", lambda: [1])
    assert [1] == cache.kept(b"about", lambda: [2])
    (file,) = place.iterdir()
    file.write_bytes(b"nothing")

    assert [2] == cache.kept(b"about", lambda: [2])


@pytest.mark.parametrize("damage", [b"", b"x", slice(0, 40), slice(0, -1)])
def test_damage_is_passed_over(place, damage):
    """A damaged file is as good as none."""
    cache.write("key", (1, 2, 3))
    (file,) = place.iterdir()
    file.write_bytes(file.read_bytes()[damage] if isinstance(damage, slice) else damage)

    assert cache.read("key") is None


@pytest.mark.parametrize("value", [Stranger(), os.getcwd, pytest.raises])
def test_only_rule_data_is_made(place, value):
    """A file that names any other class or function is refused whole."""
    cache.write("key", ("a", 1))
    (file,) = place.iterdir()
    body = pickle.dumps(value)
    file.write_bytes(cache.MAGIC + cache.DIGEST(body).digest() + body)

    assert cache.read("key") is None


def test_a_folder_that_others_can_write_is_not_used(place):
    """What somebody else may have put there is not read."""
    cache.write("key", (1,))
    place.chmod(0o777)

    assert cache.read("key") is None


def test_keeping_can_be_switched_off(monkeypatch):
    """With an empty NORMALIZE_CACHE nothing is read or written."""
    monkeypatch.setenv("NORMALIZE_CACHE", "")

    assert cache.folder() is None


def test_the_key_covers_rules_and_options(tmp_path):
    """Another rule, option or profile is another key; a missing file has none."""
    file = tmp_path / "a.yaml"
    file.write_text("kind: names")
    root = shipped_rules()
    keys = [
        cache.request_key(root, "news-en", [], {}),
        cache.request_key(root, "news-uk", [], {}),
        cache.request_key(root, "news-en", [], {"ellipsis": "dots"}),
        cache.request_key(root, "news-en", [str(file)], {}),
    ]
    file.write_text("kind: rewrite")
    keys.append(cache.request_key(root, "news-en", [str(file)], {}))

    assert 5 == len(set(keys) - {None})
    assert cache.request_key(root, "news-en", [str(tmp_path / "none.yaml")], {}) is None


@pytest.mark.usefixtures("place")
@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="no pipes with a path here")
def test_rules_from_a_pipe():
    """What comes out of a pipe comes once: it is read as rules and not as a key."""
    reader, writer = os.pipe()
    os.write(writer, PIPED.encode())
    os.close(writer)
    made = load("plain", rules=[f"/dev/fd/{reader}"])
    os.close(reader)

    assert "bbb" == made("aaa")


PIPED = """\
kind: rewrite
id: mine.piped
title: Out of a pipe
rules:
  - {id: a, variants: aaa, output: bbb, examples: aaa -> bbb}
"""


def test_compiled_rules_are_kept_apart_from_requests(place):
    """A pickled normalizer finds what its rules compiled to, whoever asked first."""
    made = load("characters")
    names = sorted(path.name for path in place.iterdir())

    again = pickle.loads(pickle.dumps(made))

    assert cache.rules_key(made.packed) in names
    assert again("a\N{NO-BREAK SPACE}b") == "a b"
    assert names == sorted(path.name for path in place.iterdir())


def test_a_pickle_needs_nothing_kept(place):
    """Where nothing is kept a normalizer compiles its rules again."""
    data = pickle.dumps(load("characters"))
    for path in place.iterdir():
        path.unlink()

    assert pickle.loads(data)("a\N{NO-BREAK SPACE}b") == "a b"
    assert 1 == len(list(place.iterdir()))


HASHES = """
import hashlib, pickle, normalize
print(hashlib.sha256(pickle.dumps(normalize.load("units"))).hexdigest())
"""


def test_equal_rules_are_equal_bytes():
    """The pickle is the same in processes with other hashes of strings."""
    seen = set()
    for seed in ("0", "1", "77"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "NORMALIZE_CACHE": ""}
        done = subprocess.run(
            [sys.executable, "-c", HASHES], env=env, capture_output=True, check=True
        )
        seen.add(done.stdout)

    assert 1 == len(seen)


def test_what_was_used_lately_is_kept(place, monkeypatch):
    """Of too many files the one that was not asked for the longest time goes."""
    monkeypatch.setattr(cache, "MOST_KEPT", 2)
    for age, key in ((30, "a"), (20, "b")):
        cache.write(key, (key,))
        then = time.time() - age
        os.utime(place / key, (then, then))
    assert cache.read("a") == ("a",)

    cache.write("c", ("c",))

    assert ["a", "c"] == sorted(path.name for path in place.iterdir())


def test_what_can_t_be_written_leaves_nothing(place):
    """Where a file can't be put at its place nothing is kept, and no part of it."""
    cache.write("a", ("a",))
    (place / "b").mkdir()

    cache.write("b", ("b",))

    assert cache.read("b") is None
    assert ["a", "b"] == sorted(path.name for path in place.iterdir())


SMALL = """\
kind: names
id: desk.words
title: Names of our desk
rules:
  - {id: vizyrka, name: Визирка, examples: [Vizirka -> Vyzyrka]}
"""


def test_a_file_is_read_once(place, tmp_path):
    """A model is kept with its text; another text is read, and every mistake told."""
    path = tmp_path / "desk.yaml"
    path.write_text(SMALL, encoding="utf-8")

    def read():
        library = Library([path])
        model = library.rule_file("desk.words")
        return len(list(place.iterdir())), model, library.problems.errors

    first, made, _ = read()
    assert made is not None
    again, kept, _ = read()
    assert made == kept
    assert first == again
    path.write_text(SMALL.replace("Vizirka", "Wisirka"), encoding="utf-8")
    changed, other, _ = read()
    assert changed == first + 1
    assert other != made
    path.write_text(SMALL.replace("name:", "names:"), encoding="utf-8")
    for _ in range(2):
        count, nothing, errors = read()
        assert count == changed
        assert nothing is None
        assert [error.at.line for error in errors] == [5]


@pytest.mark.usefixtures("place")
def test_what_comes_of_a_kept_file_has_the_same_bytes():
    """So what was compiled of its rules is found again."""
    first, second = ([pack(model) for model in models()] for _ in range(2))

    assert first == second


def test_equal_values_have_one_name():
    """Whichever of their parts are one object."""
    part = Seq((At("^"),))
    one, other = (part, part), (part, Seq((At("^"),)))

    assert pack(one) != pack(other)
    assert naming(one) == naming(other) != naming((part, At("^")))


def models():
    library = Library()
    return [library.rule_file(id_) for id_ in library.ids("homoglyphs", "pairs")]
