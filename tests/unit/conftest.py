"""What unit tests share: a small table of classes, normalizers out of rule texts."""

import re
import signal
from contextlib import contextmanager
from functools import cache

import pytest

import normalize
from normalize.engine.patterns import parse
from normalize.engine.words import make_words

# A subset of the shipped classes, so that these tests hold whatever is shipped.
CLASSES = {
    "space": r"[ \t\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}]",
    "apostrophe": r"['\N{RIGHT SINGLE QUOTATION MARK}"
    r"\N{MODIFIER LETTER APOSTROPHE}\N{LEFT SINGLE QUOTATION MARK}"
    r"\N{GRAVE ACCENT}\N{ACUTE ACCENT}]",
    "clitic": "[sS]",
    "digit": "[0-9]",
}
_HEADER = re.compile(r"^(kind|id): *(\S+)", re.MULTILINE)


@pytest.fixture(scope="session")
def classes():
    """Classes of patterns by name, parsed."""
    return {name: parse(pattern, {}) for name, pattern in CLASSES.items()}


@pytest.fixture(scope="session")
def words(classes):
    """The word facts of `classes`."""
    return make_words(classes)


def write_profile(folder, files, stages):
    """Write the rule files into a folder and beside it a profile; returns both."""
    rules = folder / "rules"
    rules.mkdir()
    ids = {"protect": [], "rewriting": []}
    for number, text in enumerate(files):
        (rules / f"{number:02}.yaml").write_text(text, encoding="utf-8")
        header = dict(_HEADER.findall(text))
        where = "protect" if header["kind"] == "protect" else "rewriting"
        ids[where].append(header["id"])
    lines = ["kind: profile", "id: tried", "title: rules under test", "stages:"]
    for number, names in enumerate(stages or [ids["rewriting"]]):
        lines.append(f"  - {{id: stage-{number}, rules: [{', '.join(names)}]}}")
    if ids["protect"]:
        lines.append(f"protect: [{', '.join(ids['protect'])}]")
    lines.append("examples: [{keep: nothing}]")
    profile = folder / "profile.yaml"
    profile.write_text("\n".join(lines), encoding="utf-8")
    return profile, rules


@pytest.fixture(scope="session")
def build(tmp_path_factory):
    """A function from the texts of rule files to a normalizer.

    Without `stages` (lists of file ids) all files that rewrite make one stage,
    in the order given; protect files are always in force. Equal rules give the
    same normalizer.
    """

    @cache
    def make(files, stages):
        folder = tmp_path_factory.mktemp("tried")
        profile, rules = write_profile(folder, files, stages)
        return normalize.load(profile, rules=[rules])

    def build(*files, stages=None):
        return make(files, tuple(map(tuple, stages)) if stages else None)

    return build


@pytest.fixture
def within():
    """A context that fails, instead of hanging, when it takes too long."""

    @contextmanager
    def limit(seconds):
        def stop(*_):
            raise TimeoutError(f"still running after {seconds} s")

        before = signal.signal(signal.SIGALRM, stop)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    return limit
