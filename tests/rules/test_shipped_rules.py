"""The shipped rule files: examples, lints, schemas, and what the seeds become."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import jsonschema
import pytest

import normalize
from normalize.checking.examples import GOOD, run_examples
from normalize.checking.lint import lint
from normalize.checking.schemas import FOLDER, schema_files, stale
from normalize.kinds.registry import KINDS
from normalize.library import Library
from normalize.source.nodes import Mapping, Scalar, Sequence, Source, parse
from normalize.source.places import shipped_rules

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(shipped_rules().rglob("*.yaml"))
SCHEMAS = {name: json.loads(text) for name, text in schema_files().items()}


def plain(node):
    """A node as the data that an editor's schema checker sees."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, (_, value) in node.items.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    assert isinstance(node, Scalar)
    return typed(node)


def typed(scalar):
    """What YAML takes a plain value for; to us all of them are text."""
    if scalar.style:
        return scalar.value
    if re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", scalar.value):
        return float(scalar.value)
    return {"true": True, "false": False, "": None}.get(scalar.value, scalar.value)


def test_all_examples_pass():
    """Every example of every shipped file and profile does what it says."""
    outcomes = list(run_examples(Library(), workers=os.cpu_count() or 1))
    bad = [outcome for outcome in outcomes if outcome.word not in GOOD]

    assert [] == bad
    assert len(outcomes) > 1000


def test_no_lint_findings():
    """No shipped rule is eaten by another, claimed twice, or changed again."""
    assert [] == lint(Library())


def test_schemas_are_current():
    """The schema files beside the rules are what the field tables give."""
    assert [] == stale(shipped_rules() / FOLDER)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_shipped_files_fit_their_schemas(path):
    """Each file names its schema in the first line, and fits it."""
    text = path.read_text(encoding="utf-8")
    first = text.splitlines()[0]
    named = path.parent / first.rpartition("=")[2]
    root, _ = parse(Source(str(path), text))
    data = plain(root)

    assert first.startswith("# yaml-language-server: $schema=")
    assert (
        named.resolve()
        == (shipped_rules() / FOLDER / f"{data['kind']}.schema.json").resolve()
    )
    jsonschema.validate(data, SCHEMAS[f"{data['kind']}.schema.json"])


def test_schemas_say_nothing_that_editors_read_otherwise():
    """In the patterns of editors word characters are those of English."""
    for text in SCHEMAS.values():
        said = re.findall(r'"pattern": "((?:[^"\\]|\\.)*)"', json.dumps(text))
        assert said
        assert [] == [p for p in said if re.search(r"\\\\[wWbB]|\(\?[<Pi]", p)]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_no_anchor_is_idle(path):
    """Editors mark an anchor that no alias uses."""
    text = path.read_text(encoding="utf-8")
    named = set(re.findall(r"(?<=[ \[])&([a-z][a-z0-9-]*)(?= |$)", text, re.MULTILINE))

    assert named <= set(re.findall(r"\*([a-z][a-z0-9-]*)", text))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_shipped_files_have_a_header_for_editors(path):
    """A comment of some lines stands before the first field."""
    lines = path.read_text(encoding="utf-8").splitlines()
    header = lines[
        : next(i for i, line in enumerate(lines) if line.startswith("kind:"))
    ]

    assert sum(line.startswith("# ") for line in header) >= 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"varients": ["a"]},
        {"output": None},
        {"variants": []},
        {"case": "any"},
        {"boundary": "line"},
        {"examples": ["no arrow"]},
        {"id": "Not An Id"},
        {"pattern": "x"},
        {"when": ["a"]},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_schema_catches_mistakes(wrong):
    """A mistake in a rule is a mistake by the schema too."""
    rule = {"id": "a", "variants": ["b"], "output": "c", "examples": ["b -> c"]}
    file = {"kind": "rewrite", "id": "x", "title": "X", "rules": [{**rule, **wrong}]}
    good = {**file, "rules": [rule]}
    schema = SCHEMAS["rewrite.schema.json"]

    jsonschema.validate(good, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(file, schema)


@pytest.mark.parametrize("kind", KINDS)
def test_schemas_are_schemas(kind):
    """Each generated schema is valid, and explains its fields."""
    schema = SCHEMAS[f"{kind}.schema.json"]
    jsonschema.Draft202012Validator.check_schema(schema)

    assert all(field["description"] for field in schema["properties"].values())


SAID_ALIKE = (
    ("Ukrainian President Volodymyr Zelenskiy told", "Volodymyr Zelenskyy told"),
    ("Zelensky on Thursday urged NATO", "Zelenskyy on Thursday urged NATO"),
    ("the eastern Ukrainian region of Lugansk, AFP", "region of Luhansk, AFP"),
    ("the Bakhmut-Avdiyivka-Maryinka front", "the Bakhmut-Avdiivka-Marinka front"),
    ("Serhiy Popko, the head of the", "Serhii Popko, the head of the"),
    (
        "another air attack from the enemy.... About",
        "from the enemy\N{HORIZONTAL ELLIPSIS} About",
    ),
    ('there are no victims,"  Lunin said', 'no victims," Lunin said'),
    (
        "Jens Stoltenberg's first visit to Kyiv",
        "Jens Stoltenberg\N{RIGHT SINGLE QUOTATION MARK}s first visit to Kyiv",
    ),
    (
        "Vladimir Putin, the president of Russia",
        "Vladimir Putin, the president of Russia",
    ),
    ("65 billion euros ($71.31 billion)", "EUR 65 billion (USD 71.31 billion)"),
)


@pytest.mark.parametrize(("source", "part"), SAID_ALIKE)
def test_phrases_of_real_news(source, part):
    """What two newsrooms write in their own ways comes out in one."""
    assert part in normalize.load("news-en")(source)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "seeds").glob("en-*.txt")), ids=lambda p: p.stem
)
def test_seeds_come_out_clean(path):
    """In our samples no variant is left, and what is protected is untouched."""
    text = path.read_text(encoding="utf-8")
    output = normalize.load("news-en")(text)

    for variant in ("Zelenskiy", "Avdiyivka", "Lugansk", "Kharkov ", "\N{SOFT HYPHEN}"):
        assert variant not in output
    for kept in ("https://", "@", "Europe/Kiev", "city_kiev", "chicken Kiev", "&nbsp;"):
        assert text.count(kept) == output.count(kept)
    assert text.count("\n") == output.count("\n")


@pytest.mark.parametrize("profile", ["news", "news-en", "news-uk", "news-ru"])
def test_no_protected_span_is_looked_for_by_a_single_letter(profile):
    """One is everywhere, so every text would be slow: `[A-Z]{3,9}` begins with any."""
    anchors = {
        anchor
        for stage in normalize.load(profile).compiled.stages
        for anchor in stage.protector.scanner.anchors
    }
    assert [a for a in sorted(anchors) if len(a) == 1 and a.isalnum()] == []
