"""Hugging Face `tokenizers`: tokens of the normalized text, offsets of the raw one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from normalize.adapters.common import normalizer_of
from normalize.extras import require
from normalize.normalizer import Normalizer
from normalize.result import Result
from normalize.spans import Span

require("tokenizers", "tokenizers")


class Tokens(NamedTuple):
    """A tokenized text.

    Attributes:
        encoding: the tokenizer's own, with offsets of the normalized text.
        offsets: the span of each token in the raw text, in code points; a token that
            is part of an edit has the span of the whole edit, special tokens (0, 0).
        result: the trace of the text, with its edits.
    """

    encoding: Any
    offsets: list[Span]
    result: Result


def encode(
    tokenizer: Any,
    text: str,
    profile: Normalizer | str | Path,
    *,
    add_special_tokens: bool = True,
) -> Tokens:
    """The text normalized, then tokenized, with offsets of the raw text.

    Args:
        tokenizer: a `tokenizers.Tokenizer`, such as `tokenizer.backend_tokenizer` of a
            fast tokenizer of `transformers`.
        text: the raw text.
        profile: a normalizer, or the name or path of a profile.
        add_special_tokens: as the tokenizer's own.
    """
    (tokens,) = encode_batch(
        tokenizer, [text], profile, add_special_tokens=add_special_tokens
    )
    return tokens


def encode_batch(
    tokenizer: Any,
    texts: Iterable[str],
    profile: Normalizer | str | Path,
    *,
    add_special_tokens: bool = True,
) -> list[Tokens]:
    """As `encode`, for many texts at once."""
    normalizer = normalizer_of(profile)
    results = [normalizer.trace(text) for text in texts]
    encodings = tokenizer.encode_batch(
        [result.text for result in results], add_special_tokens=add_special_tokens
    )
    return [
        Tokens(encoding, _raw(encoding, result), result)
        for encoding, result in zip(encodings, results, strict=True)
    ]


def _raw(encoding: Any, result: Result) -> list[Span]:
    alignment = result.alignment
    pairs = zip(encoding.offsets, encoding.special_tokens_mask, strict=True)
    return [
        Span(0, 0) if special else alignment.to_source(*offsets)
        for offsets, special in pairs
    ]
