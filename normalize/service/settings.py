"""What a service may do and how much: set by the one who starts it, by nobody else."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """The configuration of a service.

    Attributes:
        profile: the profile of requests that name none.
        rules: rule files or folders of one's own, for every request.
        max_body: bytes of a request; more is refused with 413.
        max_texts: texts of a request; more is refused with 422.
        max_seconds: for reading and answering a request; then it is given up, 503.
    """

    profile: str = "news-en"
    rules: tuple[str, ...] = ()
    max_body: int = 1_000_000
    max_texts: int = 1_000
    max_seconds: float = 10.0
