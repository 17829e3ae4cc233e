"""pandas: a Series or columns of a DataFrame, in every way it keeps strings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from normalize.adapters.common import framework, names_of, normalizer_of
from normalize.normalizer import Normalizer

pd = framework("pandas", "pandas")


def normalize_series(series: Any, profile: Normalizer | str | Path) -> Any:
    """The Series with its texts normalized; index, name, dtype and gaps are kept.

    Strings may be kept as `object`, `str`, `string` of any storage, as an Arrow type,
    or as a category, which is normalized category by category. What is missing (None,
    NaN, `pd.NA`) stays as it is.

    Raises:
        TypeError: what is given is no Series, or a value is neither a str nor missing,
            such as bytes or a number.
    """
    normalizer = normalizer_of(profile)
    if not hasattr(series, "dtype"):
        raise TypeError(f"expected a Series, not {type(series).__name__}")
    if isinstance(series.dtype, pd.CategoricalDtype):
        return _categories(series, normalizer)
    if isinstance(series.dtype, pd.ArrowDtype):
        from normalize.adapters.arrow import normalize_array

        made = normalize_array(series.array.__arrow_array__(), normalizer)
        values = type(series.array)(made)
        return pd.Series(values, index=series.index, name=series.name)
    if series.dtype != object and not isinstance(series.dtype, pd.StringDtype):
        kind = series.dtype
        raise TypeError(f"expected a Series of strings, not of {kind}: cast it first")
    gaps, values = series.isna().to_numpy(), series.tolist()
    made = normalizer.map([v for v, gap in zip(values, gaps, strict=True) if not gap])
    texts = [v if gap else next(made) for v, gap in zip(values, gaps, strict=True)]
    return pd.Series(texts, index=series.index, name=series.name, dtype=series.dtype)


def normalize_frame(
    frame: Any, columns: str | Sequence[str], profile: Normalizer | str | Path
) -> Any:
    """A DataFrame with these columns normalized; the one given is not changed.

    Raises:
        KeyError: there is no such column.
        TypeError: what is given is no DataFrame, a column holds something else than
            strings, or two have the same name.
    """
    normalizer = normalizer_of(profile)
    if not hasattr(frame, "columns"):
        raise TypeError(f"expected a DataFrame, not {type(frame).__name__}")
    known = list(frame.columns)
    for name in names_of(columns):
        if name not in known:
            there = ", ".join(map(str, known))
            raise KeyError(f"no column {name!r}; there are: {there}")
        if known.count(name) > 1:
            raise TypeError(f"more than one column is called {name!r}: rename them")
    made = {n: normalize_series(frame[n], normalizer) for n in names_of(columns)}
    return frame.assign(**made)


def _categories(series: Any, normalizer: Normalizer) -> Any:
    """Category by category; categories that become equal become one."""
    old = series.cat.categories
    texts = normalize_series(old.to_series(), normalizer).tolist()
    numbers = {text: i for i, text in enumerate(dict.fromkeys(texts))}
    places = [numbers[text] for text in texts]
    codes = [places[code] if code >= 0 else -1 for code in series.cat.codes.tolist()]
    categories = pd.Index(list(numbers), dtype=old.dtype)
    values = pd.Categorical.from_codes(codes, categories, ordered=series.cat.ordered)
    return pd.Series(values, index=series.index, name=series.name)
