"""spaCy: a pipe that normalizes before the tokenizer and keeps the way back.

`import normalize.adapters.spacy` makes the factory `normalize` known; installed, the
package makes it known by itself (an entry point). Then:

- `doc._.source` is the raw text, `doc._.edits` lists what was changed in it;
- `token._.source_span` and `span._.source_span` are offsets (code points) of the raw
  text, so that entities found in the normalized text are found again;
- `span._.source` is the raw text of a span.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from normalize.extras import require
from normalize.loading import load
from normalize.normalizer import Normalizer
from normalize.spans import Alignment, Block, Span

spacy = require("spacy", "spacy")
tokens = require("spacy.tokens", "spacy")

NAME = "normalize"
# Where a doc keeps the raw text and the blocks that were changed, as plain data, so
# that it may be written, pickled and sent to other processes.
_SOURCE, _BLOCKS = "normalize_source", "normalize_blocks"


class NormalizingTokenizer:
    """A tokenizer that is given the normalized text and keeps the raw one."""

    def __init__(self, tokenizer: Any, normalizer: Normalizer) -> None:
        self.tokenizer = tokenizer
        self.normalizer = normalizer

    def __call__(self, text: str) -> Any:
        """The doc of the normalized text."""
        result = self.normalizer.trace(text)
        doc = self.tokenizer(result.text)
        doc.user_data[_SOURCE] = result.source
        doc.user_data[_BLOCKS] = list(chain.from_iterable(result.alignment.blocks))
        return doc

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterator[Any]:
        """The docs of texts, one after another."""
        del batch_size
        return map(self, texts)

    def __getattr__(self, name: str) -> Any:
        # What else is asked of a tokenizer is asked of the one inside: rules,
        # exceptions, to_disk, to_bytes.
        if name in {"tokenizer", "normalizer"}:
            raise AttributeError(name)
        return getattr(self.tokenizer, name)


class Pipe:
    """Stands in the pipeline so that the tokenizer's part is written in its config."""

    def __call__(self, doc: Any) -> Any:
        """The doc as it is: the work was done before the tokenizer."""
        return doc


def make(
    nlp: Any, name: str, profile: str, rules: Sequence[str], options: Mapping[str, str]
) -> Pipe:
    """The factory: wraps the tokenizer of a pipeline.

    Use it by `nlp.add_pipe("normalize", first=True, config={"profile": "news-en"})`.

    Raises:
        RuntimeError: the pipeline normalizes already.
    """
    del name
    if isinstance(nlp.tokenizer, NormalizingTokenizer):
        message = "this pipeline normalizes already: a text has one raw text"
        raise RuntimeError(message)  # noqa: TRY004 - the type is not what is wrong
    normalizer = load(profile, rules=rules, **options)
    nlp.tokenizer = NormalizingTokenizer(nlp.tokenizer, normalizer)
    return Pipe()


class _Blocks(Sequence[Block]):
    """The blocks of an alignment, read out of a doc when they are looked at."""

    def __init__(self, flat: Sequence[int]) -> None:
        self._flat = flat

    def __len__(self) -> int:
        return len(self._flat) // len(Block._fields)

    def __getitem__(self, i: Any) -> Any:
        at = range(0, len(self._flat), len(Block._fields))[i]
        return Block(*self._flat[at : at + len(Block._fields)])


def _alignment(doc: Any) -> Alignment:
    return Alignment(_Blocks(doc.user_data.get(_BLOCKS, ())))


def _source(doc: Any) -> str:
    source: str = doc.user_data.get(_SOURCE, doc.text)
    return source


def _span_of(span: Any) -> Span:
    return _alignment(span.doc).to_source(span.start_char, span.end_char)


def _token_span(token: Any) -> Span:
    return _alignment(token.doc).to_source(token.idx, token.idx + len(token))


def _source_of(span: Any) -> str:
    start, end = _span_of(span)
    return _source(span.doc)[start:end]


def _edits(doc: Any) -> list[tuple[int, int, str, str]]:
    """Start and end in the raw text, what stood there, what stands there now."""
    return [
        (a, b, _source(doc)[a:b], doc.text[c:d])
        for a, b, c, d in _alignment(doc).blocks
    ]


def _extend() -> None:
    for kind, name, getter in (
        (tokens.Doc, "source", _source),
        (tokens.Doc, "edits", _edits),
        (tokens.Span, "source", _source_of),
        (tokens.Span, "source_span", _span_of),
        (tokens.Token, "source_span", _token_span),
    ):
        kind.set_extension(name, getter=getter, force=True)


_extend()
spacy.Language.factory(
    NAME, default_config={"profile": "news-en", "rules": [], "options": {}}, func=make
)
