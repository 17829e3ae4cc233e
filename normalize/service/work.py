"""What is done for a request, without HTTP: fields checked, texts normalized."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from normalize.errors import NormalizeError, suggestion
from normalize.library import Library
from normalize.loading import load_with
from normalize.normalizer import Normalizer
from normalize.profile import resolve
from normalize.romanizers import systems
from normalize.service.settings import Settings
from normalize.spellings import LANGUAGES, variants
from normalize.transliteration import transliterate

Answer = dict[str, Any]
# Normalizers kept: one a profile and choice of options, least used out first.
MOST_KEPT = 32


class Refused(Exception):  # noqa: N818 - it is told, not raised at the user
    """A request that can't be answered: the status, what is wrong, a hint."""

    def __init__(self, status: int, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.hint = hint


class Work:
    """The operations of a service; may be called from several threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._library = Library(settings.rules)
        self.profiles = sorted(self._library.ids("profile"))
        self._load = lru_cache(maxsize=MOST_KEPT)(self._loaded)
        self._at_hand: set[tuple[str, tuple[tuple[str, str], ...]]] = set()
        self._normalizer(settings.profile, {})("")
        self._described: list[Answer] = []

    def is_quick(self, body: Any) -> bool:
        """Whether a short text of such a request is normalized at once.

        What was not asked for before is loaded first, which takes its time.
        """
        if not isinstance(body, dict):
            return True
        name = body.get("profile", self._settings.profile)
        options = body.get("options", {})
        if not (isinstance(name, str) and isinstance(options, dict)):
            return True  # refused at once
        return (name, _key(options)) in self._at_hand

    def normalize(self, body: Any) -> Answer:
        """`POST /v1/normalize`."""
        fields = self._fields(body, ("text", "texts", "profile", "options", "edits"))
        texts = self._texts(fields)
        name = _of(fields, "profile", str, self._settings.profile)
        made = self._normalizer(name, _choices(fields))
        if _of(fields, "edits", bool, default=False):
            results = self._each(texts, lambda text: _told(made, text))
        else:
            results = self._each(texts, lambda text: {"text": made(text)})
        return {
            "schema": 1,
            "profile": name,
            "fingerprint": made.fingerprint,
            "results": results,
        }

    def transliterate(self, body: Any) -> Answer:
        """`POST /v1/transliterate`."""
        fields = self._fields(
            body, ("text", "texts", "system", "reverse", "options"), needed=("system",)
        )
        texts = self._texts(fields)
        system = _of(fields, "system", str, "")
        reverse = _of(fields, "reverse", bool, default=False)
        choices = _choices(fields)
        for name in ("text", "system", "reverse"):
            if name in choices:
                raise Refused(422, f"{name!r} is a field, not an option")

        def made(text: str) -> Answer:
            return {"text": transliterate(text, system, reverse=reverse, **choices)}

        made("")  # what is wrong with the system is told, even when no text is given
        return {"schema": 1, "system": system, "results": self._each(texts, made)}

    def variants(self, body: Any) -> Answer:
        """`POST /v1/variants`."""
        fields = self._fields(body, ("name", "lang"), needed=("name",))
        name = _of(fields, "name", str, "")
        lang = _of(fields, "lang", str, LANGUAGES[0])
        if len(name) > 200:
            raise Refused(422, "'name' has more than 200 code points")
        found = variants(name, lang=lang)
        return {"schema": 1, "variants": [variant._asdict() for variant in found]}

    def describe(self) -> Answer:
        """`GET /v1/profiles`."""
        if not self._described:
            self._described = [self._about(id_) for id_ in self.profiles]
        return {"schema": 1, "profiles": self._described}

    def _about(self, id_: str) -> Answer:
        profile = self._library.profile(id_)
        plan = resolve(self._library, id_, {})
        return {
            "id": id_,
            "title": profile.title if profile else "",
            "stages": [stage.name for stage in plan.stages],
            "options": dict(plan.options),
        }

    def _fields(
        self, body: Any, known: Sequence[str], needed: Sequence[str] = ()
    ) -> Mapping[str, Any]:
        if not isinstance(body, dict):
            raise Refused(422, "the body must be a JSON object")
        for name in body:
            if name not in known:
                hint = suggestion(name, known)
                raise Refused(422, f"unknown field {name!r}", hint)
        for name in needed:
            if name not in body:
                raise Refused(422, f"field {name!r} is missing")
        return body

    def _texts(self, fields: Mapping[str, Any]) -> list[str | None]:
        if ("text" in fields) == ("texts" in fields):
            raise Refused(422, "either 'text' or 'texts' is needed")
        texts = [fields["text"]] if "text" in fields else fields["texts"]
        if not isinstance(texts, list):
            raise Refused(422, "'texts' must be a list")
        if len(texts) > self._settings.max_texts:
            most = self._settings.max_texts
            raise Refused(422, f"{len(texts)} texts are too many", f"at most {most}")
        for i, text in enumerate(texts):
            if not isinstance(text, str | None) or (text is None and "text" in fields):
                raise Refused(422, f"text {i} must be a string")
        return texts

    def _each(
        self, texts: Iterable[str | None], work: Callable[[str], Answer]
    ) -> list[Answer]:
        """The answers in order, {text: null} for null, as long as there is time."""
        until = time.monotonic() + self._settings.max_seconds
        answers: list[Answer] = []
        for text in texts:
            if time.monotonic() > until:
                raise Refused(503, "the texts took too long", "send fewer at once")
            answers.append({"text": None} if text is None else work(text))
        return answers

    def _normalizer(self, name: str, choices: Mapping[str, str]) -> Normalizer:
        # Only names: the path of a file is nobody's business but the server's.
        if name not in self.profiles:
            hint = suggestion(name, self.profiles)
            raise Refused(422, f"unknown profile {name!r}", hint)
        key = _key(choices)
        made = self._load(name, key)
        if len(self._at_hand) >= MOST_KEPT:
            self._at_hand.clear()
        self._at_hand.add((name, key))
        return made

    def _loaded(self, name: str, choices: tuple[tuple[str, str], ...]) -> Normalizer:
        return load_with(name, self._settings.rules, dict(choices))


def _key(choices: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted((name, str(value)) for name, value in choices.items()))


def _told(made: Normalizer, text: str) -> Answer:
    told = made.trace(text).to_dict()
    return {key: told[key] for key in ("text", "edits", "diagnostics")}


def _of(fields: Mapping[str, Any], name: str, kind: type, default: Any) -> Any:
    value = fields.get(name, default)
    if not isinstance(value, kind):
        called = {str: "a string", bool: "true or false"}[kind]
        raise Refused(422, f"{name!r} must be {called}")
    return value


def _choices(fields: Mapping[str, Any]) -> dict[str, str]:
    options = fields.get("options", {})
    if not isinstance(options, dict):
        raise Refused(422, "'options' must be an object")
    for name, value in options.items():
        if not isinstance(value, str):
            raise Refused(422, f"option {name!r} must be a string")
    return options


def answered(work: Callable[[Any], Answer], body: Any) -> Answer:
    """The answer to a request.

    Raises:
        Refused: what was asked for can't be done; it says why.
    """
    try:
        return work(body)
    except NormalizeError as error:
        raise Refused(422, error.message, error.hint) from error


def system_ids() -> list[str]:
    """The ids of the romanization systems."""
    return sorted(system.id for system in systems())
