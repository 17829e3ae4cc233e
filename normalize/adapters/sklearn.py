"""scikit-learn: a transformer for the front of a text pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import isnan
from pathlib import Path
from typing import Any

from normalize.adapters.common import normalizer_of
from normalize.extras import require
from normalize.loading import load
from normalize.normalizer import Normalizer

require("sklearn.base", "sklearn")
from sklearn.base import BaseEstimator, TransformerMixin  # noqa: E402 - or advice


class TextNormalizer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Normalizes texts, for instance before a `TfidfVectorizer`.

    Takes an iterable of texts, as vectorizers do, and gives a list; of a Series it
    makes a Series, of columns (a DataFrame, a 2-D array) columns. What is missing stays
    so. Nothing is learnt.

    Args:
        profile: a normalizer, or the name or path of a profile.
        rules: rule files of your own, for a profile given by name.
        options: options of the profile, for one given by name.
    """

    def __init__(
        self,
        profile: Normalizer | str | Path = "news-en",
        *,
        rules: Sequence[str | Path] = (),
        options: Mapping[str, str] | None = None,
    ) -> None:
        self.profile = profile
        self.rules = rules
        self.options = options

    def fit(self, texts: Any, labels: Any = None) -> TextNormalizer:
        """Load the profile; the texts are not looked at."""
        del texts, labels
        self.normalizer_ = self._loaded()
        return self

    def transform(self, texts: Any) -> Any:
        """The texts normalized, as many and in the same order.

        Raises:
            TypeError: one text is given, or a value is neither a str nor missing.
        """
        if isinstance(texts, str | bytes):
            raise TypeError("expected texts, not one text: [text]")
        made = getattr(self, "normalizer_", None) or self._loaded()
        kind = f"{type(texts).__module__}.{type(texts).__name__}"
        if kind.startswith("pandas."):
            return _pandas(texts, made)
        if hasattr(texts, "ndim"):
            return _array(texts, made)
        return _filled(list(texts), made)

    def get_feature_names_out(self, names: Iterable[str] | None = None) -> Any:
        """The names of the columns, which stay what they were."""
        import numpy as np

        return np.asarray(["text"] if names is None else list(names), dtype=object)

    def __sklearn_is_fitted__(self) -> bool:
        """There is nothing to learn, so it is ready from the start."""
        return True

    def __sklearn_tags__(self) -> Any:
        """Texts go in; no call of `fit` is needed."""
        tags = super().__sklearn_tags__()
        tags.requires_fit = False
        tags.no_validation = True
        tags.input_tags.string = True
        tags.input_tags.one_d_array = True
        tags.input_tags.two_d_array = True
        return tags

    def _loaded(self) -> Normalizer:
        if isinstance(self.profile, str | Path):
            return load(self.profile, rules=self.rules, **(self.options or {}))
        if self.rules or self.options:
            raise TypeError("rules and options go with a profile given by name")
        return normalizer_of(self.profile)


def _pandas(texts: Any, normalizer: Normalizer) -> Any:
    from normalize.adapters.pandas import normalize_frame, normalize_series

    if texts.ndim == 1:
        return normalize_series(texts, normalizer)
    return normalize_frame(texts, list(texts.columns), normalizer)


def _array(texts: Any, normalizer: Normalizer) -> Any:
    """A NumPy array of objects or strings, of any shape."""
    import numpy as np

    values = _filled(texts.ravel().tolist(), normalizer)
    made: Any = np.empty(len(values), dtype=object)
    made[:] = values
    return made.reshape(texts.shape)


def _filled(values: list[Any], normalizer: Normalizer) -> list[Any]:
    """The texts among the values normalized; what is missing stays what it is."""
    gaps = [_is_missing(value) for value in values]
    pairs = list(zip(values, gaps, strict=True))
    made = normalizer.map([value for value, gap in pairs if not gap])
    return [value if gap else next(made) for value, gap in pairs]


def _is_missing(value: object) -> bool:
    """Whether pandas or NumPy say so of a text that is not there."""
    if isinstance(value, float):
        return isnan(value)
    return value is None or type(value).__name__ == "NAType"
