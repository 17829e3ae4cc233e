"""The environment of every program that the tests of the command line start."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

# What would change the output, its buffering or its encoding.
LEFT_OUT = (
    "FORCE_COLOR", "NO_COLOR", "PYTHONDONTWRITEBYTECODE", "PYTHONIOENCODING",
    "PYTHONUNBUFFERED", "PYTHONUTF8",
)  # fmt: skip


@pytest.fixture(scope="session", autouse=True)
def plain_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A fixed width and language, and compiled modules kept between the programs."""
    with pytest.MonkeyPatch.context() as patch:
        for name in LEFT_OUT:
            patch.delenv(name, raising=False)
        patch.setenv("COLUMNS", "80")
        patch.setenv("LC_ALL", "C.UTF-8")
        patch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path_factory.mktemp("compiled")))
        yield
