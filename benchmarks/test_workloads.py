"""Times of the workloads beside the raw scan and two plain baselines.

The answer is checked before time is told. Rates are MB/s of UTF-8 input; compare
them within one run only.
"""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path

import pytest
import yaml

sys.path.insert(0, str(Path(__file__).parent))
from corpus import TEXTS

from normalize.normalizer import Normalizer, load

WORKLOADS = yaml.safe_load(
    Path(__file__).with_name("workloads.yaml").read_text(encoding="utf-8")
)
each_workload = pytest.mark.parametrize(
    "work", WORKLOADS, ids=lambda work: work["name"]
)


@pytest.fixture(scope="module")
def normalizers() -> dict[str, Normalizer]:
    """The profiles of the workloads, loaded once."""
    return {profile: load(profile) for profile in {w["profile"] for w in WORKLOADS}}


def measure(benchmark, work, what, function):
    """Time a function on the text of a workload; remembers what it was."""
    text = TEXTS[work["text"]](work["megabytes"])
    benchmark.group = work["name"]
    benchmark.extra_info |= {
        "workload": work["name"],
        "what": what,
        "bytes": len(text.encode()),
    }
    return benchmark.pedantic(function, (text,), rounds=9, warmup_rounds=2)


@each_workload
def test_normalize(benchmark, work, normalizers):
    """The plain call, its answer checked."""
    text = TEXTS[work["text"]](work["megabytes"])
    output = normalizers[work["profile"]](text)

    assert work["sha256"] == hashlib.sha256(output.encode()).hexdigest()

    measure(benchmark, work, "call", normalizers[work["profile"]])


@each_workload
def test_trace(benchmark, work, normalizers):
    """The traced call gives the same text."""
    n = normalizers[work["profile"]]
    text = TEXTS[work["text"]](work["megabytes"])

    assert n(text) == measure(benchmark, work, "trace", n.trace).text


@each_workload
def test_raw_scan(benchmark, work, normalizers):
    """Only the automata of the engine, over the same anchors, no verification."""
    stages = normalizers[work["profile"]].compiled.stages
    scanners = [stage.scanner for stage in stages] + [stages[0].protector.scanner]

    def scan(text):
        return [scanner.hits(text) for scanner in scanners]

    measure(benchmark, work, "raw scan", scan)


@each_workload
def test_one_automaton(benchmark, work, normalizers):
    """One automaton over all anchors of the profile at once: the strictest peer."""
    from normalize.engine.scan import Scanner

    stages = normalizers[work["profile"]].compiled.stages
    anchors = {a for stage in stages for a in stage.scanner.anchors}
    scanner = Scanner(anchors | set(stages[0].protector.scanner.anchors))
    measure(benchmark, work, "one automaton", scanner.hits)


def _literals(n: Normalizer) -> dict[str, str]:
    """The names that the profile changes by themselves, with what they become."""
    from normalize.kinds.names import KIND

    return {
        source: expected
        for stage in n.plan.stages
        for file in stage.files
        if file.kind == KIND.name and KIND.probes
        for rule in file.rules
        for source, expected in KIND.probes(rule)
        if source in rule.claims()
    }


@pytest.mark.parametrize("work", WORKLOADS[:1], ids=lambda work: work["name"])
def test_re_sub(benchmark, work, normalizers):
    """`re.sub` of all literal names and nothing else, longest first."""
    table = _literals(normalizers[work["profile"]])
    longest = sorted(table, key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b")

    def substitute(text):
        return pattern.sub(lambda found: table[found[0]], text)

    text = TEXTS[work["text"]](0.05)
    assert "Kiev" in text
    assert "Kyiv" in substitute(text)

    benchmark.extra_info["fewer_rounds"] = True
    text = TEXTS[work["text"]](0.3)
    benchmark.group = work["name"]
    benchmark.extra_info |= {
        "workload": work["name"],
        "what": "re.sub, names alone",
        "bytes": len(text.encode()),
    }
    benchmark.pedantic(substitute, (text,), rounds=3)


@pytest.mark.parametrize("work", WORKLOADS[:1], ids=lambda work: work["name"])
def test_str_replace(benchmark, work, normalizers):
    """A chain of `str.replace` for the same names: wrong inside words."""
    table = _literals(normalizers[work["profile"]])

    def replace(text):
        for variant, output in table.items():
            text = text.replace(variant, output)
        return text

    measure(benchmark, work, "str.replace, names alone", replace)


OF_UKRAINIAN = [
    work for work in WORKLOADS if work["profile"] in ("characters", "news-uk")
]


@pytest.mark.parametrize("work", OF_UKRAINIAN, ids=lambda work: work["name"])
def test_ftfy(benchmark, work):
    """What ftfy does for the same text: fewer things, and other apostrophes."""
    ftfy = pytest.importorskip("ftfy")
    text = TEXTS[work["text"]](min(work["megabytes"], 0.3))
    benchmark.group = work["name"]
    benchmark.extra_info |= {
        "workload": work["name"],
        "what": "ftfy",
        "bytes": len(text.encode()),
    }
    benchmark.pedantic(ftfy.fix_text, (text,), rounds=3)
