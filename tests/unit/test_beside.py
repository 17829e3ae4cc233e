"""Own names that join a compiled profile: as if all had been compiled at once."""

from __future__ import annotations

import pickle
import random
from pathlib import Path
from typing import Any

import pytest

from normalize import cache
from normalize.beside import compile_beside
from normalize.compiling import compile_plan
from normalize.errors import RuleErrors
from normalize.joined import joinable
from normalize.library import Library
from normalize.loading import load, load_with
from normalize.normalizer import Normalizer
from normalize.profile import OWN_STAGE, resolve
from normalize.source.places import shipped_rules

HEAD = "kind: names\nid: desk.names\ntitle: Names of our desk\nrules:\n"
PROFILE = "names-en"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder in which the shipped profile is kept, and nothing else."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("kept")
        patch.setenv("NORMALIZE_CACHE", str(folder))
        load(PROFILE)
        yield folder / "normalize-slavic"


@pytest.fixture
def kept(place):
    """That folder, in the end as it was."""
    before = {path: path.read_bytes() for path in place.iterdir()}
    yield place
    for path in place.iterdir():
        path.unlink()
    for path, data in before.items():
        path.write_bytes(data)


def whole(place: Path) -> list[Path]:
    """The files of what the profile compiles to; all others are parts of it."""
    made = load(PROFILE)
    names = (
        cache.request_key(shipped_rules(), PROFILE, (), {}),
        cache.rules_key(made.packed),
        cache.opening_key(made.packed),
    )
    return [place / str(name) for name in names]


def written(path: Path, *rules: str) -> Path:
    """A file of names with these rules."""
    path.write_text(HEAD + "\n".join(f"  - {rule}" for rule in rules), encoding="utf-8")
    return path


def at_once(path: Path, **options: str) -> Normalizer:
    """The profile with own names, compiled whole."""
    library = Library([path])
    plan = resolve(library, PROFILE, options)
    with library.drawing():
        return Normalizer(plan, compile_plan(plan))


def joined(base: Normalizer, path: Path) -> Normalizer | None:
    """The profile that the own names join; None where they can't."""
    found = compile_beside(Library([path]), base.packed)
    return None if found is None else Normalizer(found[0].plan(base.plan), found[1])


def meaning(made: Normalizer) -> dict[str, Any]:
    """What the names of a normalizer mean, whatever the numbers of people are."""
    found = joinable(made.compiled, OWN_STAGE)
    assert found is not None
    index = found[1].index

    def given(number):
        return index.given[number], index.initials[number]

    def person(number):
        name, *rest = index.people[number]
        return given(name), *rest

    def by_spelling(readings, told):
        spellings = {own: [] for own, *_ in readings}
        for own, *rest in readings:
            spellings[own].append(told(*rest))
        return spellings

    def in_order(readings, told):
        return {own: sorted(all_) for own, all_ in by_spelling(readings, told).items()}

    def all_of(readings):
        lone, givens, surnames = readings
        return (
            by_spelling(lone, lambda *rest: rest),
            in_order(givens, given),
            in_order(surnames, person),
        )

    made = {}  # by identity: most words share their readings with others
    words = {}
    for word, readings in index.readings().items():
        if id(readings) not in made:
            made[id(readings)] = readings, all_of(readings)
        words[word] = made[id(readings)][1]
    alone = {
        nation: ({given(number) for number in numbers}, ranks)
        for nation, (numbers, ranks) in index.alone.items()
    }
    others = ("terms", "evidence", "middles", "endings", "first_names", "titles")
    return {
        "words": words,
        "alone": alone,
        "told": index.told(),
        "people": sorted(map(person, range(len(index.people)))),
        "rules": found[0].rules,
        **{name: getattr(index, name) for name in others},
    }


def anchors(made: Normalizer) -> set[str]:
    found = joinable(made.compiled, OWN_STAGE)
    assert found is not None
    return set(found[1].anchors)


def in_russian(name: str) -> str:
    """A Ukrainian form in letters that Russian has."""
    return name.translate(str.maketrans("іїєґІЇЄҐʼ'’", "ииегИИЕГъъъ"))


class Invented:
    """Names, some of them those of the lexicon in other clothes, and texts of them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        plan = load(PROFILE).plan
        files = next(s for s in plan.stages if s.name == OWN_STAGE).files
        rules = [r for file in files if file.kind == "names" for r in file.rules]
        self.people = [r for r in rules if r.surname is not None]
        self.given = [r.name for r in rules if r.part == "given"]
        self.names = [r.name for r in rules if r.name is not None and r.part == "name"]
        found = joinable(load(PROFILE).compiled, OWN_STAGE)
        assert found is not None
        self.words = sorted(
            word for word in found[1].readings if word.isascii() and word.isalpha()
        )

    def form(self) -> str:
        """A Cyrillic name: a new one, one of the lexicon, or nearly one."""
        pick = self.random
        if pick.random() < 0.4:
            syllables = ("ба", "ведо", "гли", "жу", "лоті", "мерна", "щепи", "юрі")
            ends = ("ськ", "івка", "ин", "енко", "", "ів-Берег", "е Поле")
            made = "".join(pick.sample(syllables, pick.randint(1, 3)))
            return made.capitalize() + pick.choice(ends)
        name = pick.choice(self.names)
        known = pick.choice([name.uk or name.ru, name.ru or name.uk]) or "Берестин"
        if pick.random() < 0.6:
            return known
        at = pick.randrange(1, len(known)) if len(known) > 1 else 1
        return known[:at] + pick.choice("аоиерст") + known[at + 1 :]

    def rule(self, number: int) -> str:
        """A rule; many of them ask for what a name of the lexicon has."""
        pick = self.random
        said = [f"id: n{number}"]
        if pick.random() < 0.6:
            said.append(f"name: {self.form()} / {in_russian(self.form())}")
            if pick.random() < 0.1:
                said.append(f"canonical: {pick.choice(self.words)}")
            if pick.random() < 0.25:
                also = sorted(set(pick.choices(self.words, k=2)))
                said.append(f"also: [{', '.join(also)}]")
            if pick.random() < 0.1:
                said.append(f"never: [{pick.choice(self.words)}]")
        else:
            given = pick.choice(self.given)
            said.append(f"given: {given.uk or 'Яро'} / {given.ru or 'Яро'}")
            surname = pick.choice(self.people).surname.uk or self.form()
            surname = pick.choice([surname, self.form()])
            said.append(f"surname: {surname} / {in_russian(surname)}")
            said += ["alone: yes"] if pick.random() < 0.5 else []
        told = "name:" in said[1] or "alone: yes" in said
        said += ["nation: ru"] if pick.random() < 0.35 else []
        if pick.random() < 0.15:
            kinds = ["uk", "ru-places", "ru, uk-places"] if told else []
            said.append(f"near: [{pick.choice([*kinds, 'harvest'])}]")
        if pick.random() < 0.1:
            kinds = ["ru", "uk-places, orchard"] if told else []
            said.append(f"not_near: [{pick.choice([*kinds, 'orchard'])}]")
        said.append("examples: [{keep: nothing}]")
        return "{" + ", ".join(said) + "}"

    def text(self, words: list[str]) -> str:
        """A text with these words, some in capitals, and others beside them."""
        pick = self.random
        before = ("in ", "President ", "near Kiev and ", "Oleksandr ", "S. ", '"', "")
        behind = (",", ".", "'s", " said", "-based", '"', ", Oleg", " (Kyiv)", "")
        found = []
        for _ in range(12):
            word = pick.choice(words if pick.random() < 0.6 else self.words)
            word = word.upper() if pick.random() < 0.15 else word
            found.append(pick.choice(before) + word + pick.choice(behind))
        return " ".join(found)


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    ("seed", "count", "options"),
    [(2, 20, {}), (3, 60, {"style": "bbc"})],
)
def test_names_that_join_mean_what_they_mean_with_all(seed, count, options, tmp_path):
    """Joining gives the readings, evidence, edits, notes of compiling all at once.

    What a name refuses to join for, compiling all refuses too, or does otherwise.
    """
    base = load_with(PROFILE, (), options)
    invented = Invented(seed)
    rules = [invented.rule(number) for number in range(count)]
    path = written(tmp_path / "own.yaml", *rules)
    mine = joined(base, path)
    while mine is None:
        rules = rules[len(rules) // 4 + 1 :]
        path = written(path, *rules)
        mine = joined(base, path)
    whole = at_once(path, **options)

    assert mine.plan == whole.plan
    all_ = meaning(whole)
    assert meaning(mine) == all_
    # What begins with one of its anchors is found.
    found = anchors(mine)
    for anchor in anchors(whole):
        assert any(anchor[:end] in found for end in range(1, len(anchor) + 1))
    old, new = meaning(base)["words"], all_["words"]
    changed = sorted(w for w in old.keys() | new.keys() if old.get(w) != new.get(w))
    assert changed
    for _ in range(60):
        text = invented.text(changed)
        one, other = mine.trace(text), whole.trace(text)
        assert one.edits == other.edits, text
        assert one.diagnostics == other.diagnostics, text


OWN = (
    "{id: berestyn, name: Берестин / Берестин}",
    "{id: pysarenko, given: Сергій / Сергей, surname: Писаренко / Писаренко}",
)
TEXT = "Sergey Pysarenko went from Kiev to Berestin."
DONE = "Serhii Pysarenko went from Kyiv to Berestyn."


def test_own_names_are_kept_whole_when_they_are_asked_for_again(kept, tmp_path):
    """A first load keeps what the names bring, a second one what all comes to."""
    path = written(tmp_path / "own.yaml", *OWN)
    before = set(kept.iterdir())
    first = load(PROFILE, rules=[path])(TEXT)
    brought = set(kept.iterdir()) - before
    second = load(PROFILE, rules=[path])(TEXT)
    whole = set(kept.iterdir()) - before - brought
    third = load(PROFILE, rules=[path])(TEXT)

    assert first == second == third == DONE
    assert 1 == len(whole)
    (all_,) = whole
    assert sum(file.stat().st_size for file in brought) * 20 < all_.stat().st_size
    assert before | brought | whole == set(kept.iterdir())


def test_what_is_kept_of_own_names_may_be_damaged(kept, tmp_path):
    """Whatever file of it is damaged or gone, the answer is the same."""
    path = written(tmp_path / "own.yaml", *OWN)
    before = set(kept.iterdir())
    for _ in range(2):
        load(PROFILE, rules=[path])(TEXT)
    for file in set(kept.iterdir()) - before:
        file.write_bytes(file.read_bytes()[:-9])
        assert load(PROFILE, rules=[path])(TEXT) == DONE
        file.unlink()
        assert load(PROFILE, rules=[path])(TEXT) == DONE


def test_what_own_names_joined_may_be_gone(kept, tmp_path):
    """Own names that are kept without what they joined are as good as none."""
    path = written(tmp_path / "own.yaml", *OWN)
    load(PROFILE, rules=[path])
    for file in whole(kept):
        assert file.exists()
        file.write_bytes(b"damaged")

    assert load(PROFILE, rules=[path])(TEXT) == DONE


def test_the_profile_is_kept_for_names_that_join_it(kept, tmp_path, monkeypatch):
    """Where it is not kept it is made first, so that the next names join it."""
    for file in whole(kept):
        file.unlink()
    path = written(tmp_path / "own.yaml", *OWN)
    load(PROFILE, rules=[path])
    written(path, *OWN, "{id: dub, name: Дубечно / Дубечно}")

    def refused(*_given, **_more):
        raise AssertionError

    monkeypatch.setattr("normalize.making.compile_plan", refused)
    assert load(PROFILE, rules=[path])("to Dubetschno") == "to Dubechno"


@pytest.mark.usefixtures("kept")
def test_a_pickle_of_own_names_is_that_of_all(tmp_path):
    """The pickle holds the rules of all, and finds what they compile to."""
    path = written(tmp_path / "own.yaml", *OWN)
    made, whole = load(PROFILE, rules=[path]), at_once(path)
    again = pickle.loads(pickle.dumps(made))

    assert again.plan == made.plan == whole.plan
    assert again.fingerprint == whole.fingerprint
    assert cache.holds(cache.rules_key(made.packed))
    assert again(TEXT) == made(TEXT) == whole(TEXT) == DONE


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    "rule",
    [
        "{id: a, name: Зеленськ, canonical: Kiev}",
        "{id: a, name: Київ, nme: x}",
        "{id: a, name: Берестин, near: [uk, harvest]}",
    ],
)
def test_mistakes_in_own_names_are_told_as_ever(tmp_path, rule):
    """What is wrong with a name is told in the words of compiling all of them."""
    path = written(tmp_path / "own.yaml", rule)
    with pytest.raises(RuleErrors) as all_:
        at_once(path)
    with pytest.raises(RuleErrors) as mine:
        load(PROFILE, rules=[path])

    assert str(all_.value) == str(mine.value)


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        (
            "{id: a, part: given, name: Сергій / Сергей, canonical: Sergiy}",
            "Sergey Popko",
            "Sergiy Popko",
        ),
        ("{id: a, name: Берестин / Берестин}", "Berestin", "Berestyn"),
    ],
)
def test_given_names_are_compiled_with_all(tmp_path, rule, text, expected):
    """A given name may change how others are written: it does not join."""
    path = written(tmp_path / "own.yaml", rule)

    assert (joined(load(PROFILE), path) is None) == ("part: given" in rule)
    assert expected == load(PROFILE, rules=[path])(text) == at_once(path)(text)
