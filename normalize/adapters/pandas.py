"""pandas: a Series or columns of a DataFrame, in every way it keeps strings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from normalize.adapters.common import names_of, normalizer_of
from normalize.extras import require
from normalize.normalizer import Normalizer

pd = require("pandas", "pandas")


def normalize_series(series: Any, profile: Normalizer | str | Path) -> Any:
    """The Series with its texts normalized; index, name, dtype and gaps are kept.

    Strings may be kept as `object`, `str`, `string` of any storage, as an Arrow type,
    or as a category, which is normalized category by category. What is missing (None,
    NaN, `pd.NA`) stays as it is; where all is missing, pandas may have made numbers of
    it, and they stay too.

    Raises:
        TypeError: what is given is no Series, or a value is neither a str nor missing,
            such as bytes or a number.
    """
    normalizer = normalizer_of(profile)
    if not (hasattr(series, "dtype") and hasattr(series, "index")):
        raise TypeError(f"expected a Series, not {type(series).__name__}")
    if isinstance(series.dtype, pd.CategoricalDtype):
        return _categories(series, normalizer)
    if isinstance(series.dtype, pd.ArrowDtype):
        from normalize.adapters.arrow import normalize_array

        made = normalize_array(series.array.__arrow_array__(), normalizer)
        values = type(series.array)(made)
        return pd.Series(values, index=series.index, name=series.name)
    if series.isna().all():
        return series.copy()
    if series.dtype != object and not isinstance(series.dtype, pd.StringDtype):
        kind = series.dtype
        raise TypeError(f"expected a Series of strings, not of {kind}: cast it first")
    gaps, values = series.isna().to_numpy(), series.tolist()
    made = normalizer.map([v for v, gap in zip(values, gaps, strict=True) if not gap])
    texts = [v if gap else next(made) for v, gap in zip(values, gaps, strict=True)]
    return pd.Series(texts, index=series.index, name=series.name, dtype=series.dtype)


def normalize_frame(
    frame: Any, columns: str | int | Sequence[Any], profile: Normalizer | str | Path
) -> Any:
    """A DataFrame with these columns normalized; the one given is not changed.

    Args:
        frame: a DataFrame.
        columns: a name, which may be a number, or a list of such names as it has.
        profile: a normalizer, or the name or path of a profile.

    Raises:
        KeyError: there is no such column.
        TypeError: what is given is no DataFrame, a column holds something else than
            strings, or two have the same name.
    """
    normalizer = normalizer_of(profile)
    if not hasattr(frame, "columns"):
        raise TypeError(f"expected a DataFrame, not {type(frame).__name__}")
    known = list(frame.columns)
    names = [columns] if isinstance(columns, int) else names_of(columns)
    for name in names:
        if name not in known:
            there = ", ".join(map(str, known))
            raise KeyError(f"no column {name!r}; there are: {there}")
        if known.count(name) > 1:
            raise TypeError(f"more than one column is called {name!r}: rename them")
    made = frame.copy(deep=False)
    for name in names:
        made[name] = normalize_series(frame[name], normalizer)
    return made


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
