"""Optional libraries: imported when they are needed, with advice where they are not."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from normalize.errors import MissingExtraError


def require(module: str, extra: str) -> Any:
    """The module of an optional library, which comes with an extra of this package.

    Raises:
        MissingExtraError: it can't be imported; the hint says how to get it.
    """
    try:
        return import_module(module)
    except ImportError as error:
        name = module.partition(".")[0]
        raise MissingExtraError(
            f"{name} can't be imported ({error})",
            hint=f"pip install 'normalize-slavic[{extra}]'",
        ) from error
