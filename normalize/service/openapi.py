"""The OpenAPI document of the service: what goes in, comes out and is refused."""

from __future__ import annotations

from typing import Any

from normalize.service.settings import Settings
from normalize.spellings import LANGUAGES

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer", "minimum": 0}


def _object(needed: str, **fields: Schema) -> Schema:
    return {
        "type": "object",
        "required": needed.split(),
        "properties": fields,
        "additionalProperties": False,
    }


def _list(items: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": items, **more}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


RULE = _object("id kind at stage", id=TEXT, kind=TEXT, at=TEXT, stage=TEXT)
EDIT = _object(
    "start end before after rules",
    start=NUMBER,
    end=NUMBER,
    before=TEXT,
    after=TEXT,
    rules=_list(RULE),
)
DIAGNOSTIC = _object(
    "code start end message rule",
    code=TEXT,
    start=NUMBER,
    end=NUMBER,
    message=TEXT,
    rule=_or_null(RULE),
)
RESULT = _object(
    "text",
    text=_or_null(TEXT),
    edits=_list(EDIT),
    diagnostics=_list(DIAGNOSTIC),
)
ERROR = _object("error", error=_object("message", message=TEXT, hint=_or_null(TEXT)))
OPTIONS: Schema = {"type": "object", "additionalProperties": TEXT}


def document(
    version: str, settings: Settings, profiles: list[str], systems: list[str]
) -> Schema:
    """The document for a service with these settings."""
    texts = {
        "text": TEXT,
        "texts": _list(_or_null(TEXT), maxItems=settings.max_texts),
    }
    one_or_many = {"oneOf": [{"required": ["text"]}, {"required": ["texts"]}]}
    normalizing = _object(
        "",
        **texts,
        profile={"enum": profiles, "default": settings.profile},
        options=OPTIONS,
        edits={"type": "boolean", "default": False},
    )
    writing = _object(
        "system",
        **texts,
        system={"enum": systems},
        reverse={"type": "boolean", "default": False},
        options=OPTIONS,
    )
    naming = _object("name", name={"type": "string", "maxLength": 200})
    naming["properties"]["lang"] = {"enum": list(LANGUAGES), "default": LANGUAGES[0]}
    variant = _object(
        "text cost habit systems",
        text=TEXT,
        cost=NUMBER,
        habit=TEXT,
        systems=_list(TEXT),
    )
    profile = _object(
        "id title stages options", id=TEXT, title=TEXT, stages=_list(TEXT)
    )
    profile["properties"]["options"] = OPTIONS
    schema = {"const": 1}
    done = {
        "schema": schema,
        "results": _list(RESULT),
    }
    paths = {
        "/v1/normalize": _post(
            "Normalize a text, or many.",
            {**normalizing, **one_or_many},
            _object("schema profile fingerprint results", **done)
            | {"properties": {**done, "profile": TEXT, "fingerprint": TEXT}},
            {"texts": ["Zelenskiy spoke in Kiev.", None], "edits": True},
        ),
        "/v1/transliterate": _post(
            "Write Cyrillic in Latin letters by a system, or back.",
            {**writing, **one_or_many},
            _object("schema system results", **done)
            | {"properties": {**done, "system": TEXT}},
            {"text": "Зеленський", "system": "uk-kmu-2010"},
        ),
        "/v1/variants": _post(
            "The Latin spellings under which a Cyrillic name is seen, best first.",
            naming,
            _object("schema variants", schema=schema, variants=_list(variant)),
            {"name": "Київ", "lang": "uk"},
        ),
        "/v1/profiles": _get(
            "The profiles and their options.",
            _json(_object("schema profiles", schema=schema, profiles=_list(profile))),
        ),
        "/healthz": _get(
            "Whether the service works.",
            _json(_object("status", status={"const": "ok"})),
        ),
        "/metrics": _get(
            "Counts and times for Prometheus.", {"text/plain": {"schema": TEXT}}
        ),
    }
    about = {
        "title": "normalize",
        "version": version,
        "description": "Offsets count code points.",
    }
    return {"openapi": "3.1.0", "info": about, "paths": paths}


def _json(schema: Schema) -> Schema:
    return {"application/json": {"schema": schema}}


def _get(summary: str, content: Schema) -> Schema:
    responses = {"200": {"description": "done", "content": content}}
    return {"get": {"summary": summary, "responses": responses}}


def _post(summary: str, body: Schema, answer: Schema, example: Any) -> Schema:
    refusals = {
        "400": "not JSON",
        "408": "the body did not come in time",
        "413": "the body is too large",
        "415": "not application/json",
        "422": "a field is wrong",
        "503": "it took too long",
    }
    responses = {
        status: {"description": why, "content": _json(ERROR)}
        for status, why in refusals.items()
    }
    responses["200"] = {"description": "done", "content": _json(answer)}
    content = {"application/json": {"schema": body, "example": example}}
    return {
        "post": {
            "summary": summary,
            "requestBody": {"required": True, "content": content},
            "responses": responses,
        }
    }
