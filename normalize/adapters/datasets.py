"""Hugging Face `datasets`: columns of a Dataset, a DatasetDict or a streamed one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from normalize.adapters.common import names_of, normalizer_of
from normalize.extras import require
from normalize.normalizer import Normalizer

require("datasets", "datasets")


def normalize_dataset(
    dataset: Any,
    columns: str | Sequence[str],
    profile: Normalizer | str | Path,
    **options: Any,
) -> Any:
    """The dataset with these columns normalized, by its own `map`.

    Its fingerprint follows from the rules: a second run with equal rules, in this
    process or another, takes the result from the cache of `datasets`, and other rules
    don't. None stays None.

    Args:
        dataset: a `Dataset`, `IterableDataset`, or a dict of them.
        columns: the columns to normalize.
        profile: a normalizer, or the name or path of a profile.
        options: of `map`, such as `num_proc` or `batch_size`.

    Raises:
        KeyError: there is no such column.
        TypeError: a value is neither a str nor None.
    """
    work = _Columns(names_of(columns), normalizer_of(profile))
    return dataset.map(work, batched=True, **options)


class _Columns:
    """Normalizes columns of a batch; pickled, it is the same bytes for equal rules."""

    def __init__(self, names: Sequence[str], normalizer: Normalizer) -> None:
        self._names = tuple(names)
        self._normalizer = normalizer

    def __call__(self, batch: Mapping[str, list[Any]]) -> dict[str, list[str | None]]:
        for name in self._names:
            if name not in batch:
                raise KeyError(f"no column {name!r}; there are: {', '.join(batch)}")
        return {n: list(self._normalizer.map(batch[n])) for n in self._names}
