"""The promises of the engine, held by every shipped profile on any text."""

from __future__ import annotations

import pickle
import random
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from normalize.engine.words import breaks
from normalize.spans import splice
from tests.properties.texts import (
    PROFILES,
    PROTECTED,
    normalizer,
    spellings,
    texts,
)

relaxed = settings(
    max_examples=15,  # of each promise, for each of two dozen profiles
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
everywhere = pytest.mark.parametrize("profile", PROFILES)


@everywhere
@relaxed
@given(data=st.data())
def test_running_twice_changes_nothing_more(profile, data):
    """The output of a profile is a fixed point of it."""
    n = normalizer(profile)
    once = n(data.draw(texts(profile)))

    assert once == n(once)


@everywhere
@relaxed
@given(data=st.data())
def test_call_and_trace_agree(profile, data):
    """The fast path and the traced path give the same text."""
    n = normalizer(profile)
    text = data.draw(texts(profile))

    assert n(text) == n.trace(text).text


@everywhere
@relaxed
@given(data=st.data())
def test_edits_are_the_whole_difference(profile, data):
    """Edits are ordered, disjoint, real, owned by rules, and give the text."""
    n = normalizer(profile)
    source = data.draw(texts(profile))
    result = n.trace(source)
    ends = [0, *(edit.end for edit in result.edits)]

    assert result.text == splice(
        source, [(e.start, e.end, e.after) for e in result.edits]
    )
    pairs = zip(ends, result.edits, strict=False)
    assert all(last <= e.start <= e.end for last, e in pairs)
    assert all(source[e.start : e.end] == e.before != e.after for e in result.edits)
    assert all(e.rules for e in result.edits)


@everywhere
@relaxed
@given(data=st.data())
def test_steps_lead_from_source_to_text(profile, data):
    """Splicing stage after stage gives the text too."""
    n = normalizer(profile)
    text = source = data.draw(texts(profile))
    result = n.trace(source)
    for step in result.steps:
        assert all(text[e.start : e.end] == e.before for e in step.edits)
        text = splice(text, [(e.start, e.end, e.after) for e in step.edits])

    assert result.text == text


@everywhere
@relaxed
@given(data=st.data())
def test_alignment_is_monotone_and_inverse_where_nothing_changed(profile, data):
    """Spans keep their order; unchanged stretches map there and back exactly."""
    source = data.draw(texts(profile))
    result = normalizer(profile).trace(source)
    alignment = result.alignment
    forward = [alignment.to_output(i, i + 1) for i in range(len(source))]
    back = [alignment.to_source(i, i + 1) for i in range(len(result.text))]

    assert forward == sorted(forward)
    assert back == sorted(back)
    assert all(0 <= a <= b <= len(result.text) for a, b in forward)
    assert all(0 <= a <= b <= len(source) for a, b in back)
    changed = {i for e in result.edits for i in range(e.start, e.end)}
    for i in set(range(len(source))) - changed:
        start, end = forward[i]
        assert source[i] == result.text[start:end]
        assert (i, i + 1) == alignment.to_source(start, end)


@everywhere
@relaxed
@given(data=st.data())
def test_a_stream_equals_the_whole(profile, data):
    """A text fed in chunks gives the same as at once, wherever it is cut."""
    n = normalizer(profile)
    text = data.draw(texts(profile))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    stream = n.stream()
    got = [stream.feed(text[a:b]) for a, b in pairwise([0, *cuts, len(text)])]

    assert n(text) == "".join([*got, stream.close()])


@everywhere
@relaxed
@given(data=st.data())
def test_paragraphs_are_independent(profile, data):
    """Outside blocks of code, a text is the sum of its paragraphs."""
    n = normalizer(profile)
    text = data.draw(texts(profile))
    if n.trace(text).diagnostics or "```" in text or "~~~" in text or "<" in text:
        return
    bounds = [0, *(end for _, end in breaks(text)), len(text)]
    parts = [n(text[a:b]) for a, b in pairwise(bounds)]

    assert n(text) == "".join(parts)


@everywhere
@relaxed
@given(data=st.data())
def test_protected_spans_come_out_unchanged(profile, data):
    """What a protect rule covers stands in the output letter for letter."""
    n = normalizer(profile)
    shield = data.draw(st.sampled_from(PROTECTED))
    words = st.sampled_from((*(spellings(profile) or ("Kiev",)), "he said"))
    before, after = data.draw(words), data.draw(words)
    source = f"{before} {shield} {after}"
    start = len(before) + 1
    result = n.trace(source)
    span = result.alignment.to_output(start, start + len(shield))

    assert shield == result.text[span.start : span.end]


@everywhere
@relaxed
@given(text=st.text(st.characters(codec=None), max_size=200))
def test_no_text_raises(profile, text):
    """Any string at all is taken, lone surrogates included."""
    n = normalizer(profile)

    assert isinstance(n(text), str)
    assert n.trace(text).source == text


@everywhere
@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00" * 1000,
        "\ud800" * 1000,
        "a" * 1_000_000,
        "\n" * 100_000,
        "Kiev" * 100_000,
    ],
    ids=["empty", "nul", "surrogates", "no space", "line ends", "one long word"],
)
def test_extreme_texts_are_left_as_they_are(profile, text):
    """Texts without a word to change come out as they went in, however long."""
    assert text == normalizer(profile)(text)


@everywhere
def test_workers_keep_order_and_none(profile):
    """Processes give what one process gives, in order, None for None."""
    n = normalizer(profile)
    drawn = random.Random(7)
    names = spellings(profile) or ("Kiev",)
    some = [
        None if i % 10 == 3 else " ".join(drawn.choices(names, k=5)) for i in range(700)
    ]

    assert list(n.map(some)) == list(n.map(some, workers=2))


@everywhere
def test_pickles_are_equal_and_work(profile):
    """A pickled normalizer does the same and pickles to the same bytes."""
    n = normalizer(profile)
    data = pickle.dumps(n)
    copy = pickle.loads(data)
    text = " ".join(spellings(profile)[::40])

    assert n(text) == copy(text)
    assert n.fingerprint == copy.fingerprint


def test_every_process_and_hash_seed_gives_the_same():
    """Fingerprint and output don't depend on the process or the hash seed."""
    code = (
        "import normalize, hashlib; n = normalize.load('news-en');"
        "t = 'Zelenskiy and Vladimir Zelensky left Kiev for Lvov.... ' * 3;"
        "print(n.fingerprint, n(t), n.trace(t).to_dict())"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin", "PYTHONUTF8": "1"},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("0", "1", "77")
    }

    assert len(outputs) == 1
