"""The service as an ASGI application: routes, limits, metrics."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

import prometheus_client as prometheus
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

import normalize
from normalize.service.openapi import document
from normalize.service.settings import Settings
from normalize.service.work import Answer, Refused, Work, answered, system_ids

# Below so many bytes a request takes less time than handing it to a thread and back.
SMALL = 2_000
JSON = "application/json"
Endpoint = Callable[[Request], Awaitable[Response]]


class Metrics:
    """Counts and times, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = prometheus.CollectorRegistry()
        self.requests = prometheus.Counter(
            "normalize_requests_total",
            "Requests answered.",
            ("path", "status"),
            registry=self.registry,
        )
        self.seconds = prometheus.Histogram(
            "normalize_request_seconds",
            "Seconds from the request to the answer.",
            ("path",),
            buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5),
            registry=self.registry,
        )
        self.received = prometheus.Counter(
            "normalize_received_bytes_total",
            "Bytes of the bodies of requests.",
            registry=self.registry,
        )


def make_app(settings: Settings) -> Starlette:
    """The application; the default profile is loaded now.

    Raises:
        NormalizeError: a rule file of the settings is wrong or not there.
        Refused: there is no such default profile.
    """
    work = Work(settings)
    metrics = Metrics()
    about = document(normalize.__version__, settings, work.profiles, system_ids())

    async def profiles(request: Request) -> Response:
        del request
        return _json(await asyncio.to_thread(work.describe))

    async def health(request: Request) -> Response:
        del request
        return _json({"status": "ok"})

    async def openapi(request: Request) -> Response:
        del request
        return _json(about)

    async def measured(request: Request) -> Response:
        del request
        data = prometheus.generate_latest(metrics.registry)
        return Response(data, media_type="text/plain; version=0.0.4")

    posts = {
        "/v1/normalize": _posted(work.normalize, settings, metrics, work.is_quick),
        "/v1/transliterate": _posted(work.transliterate, settings, metrics),
        "/v1/variants": _posted(work.variants, settings, metrics),
    }
    gets: dict[str, Endpoint] = {
        "/v1/profiles": profiles,
        "/healthz": health,
        "/openapi.json": openapi,
        "/metrics": measured,
    }
    ways: list[tuple[str, dict[str, Endpoint]]] = [("POST", posts), ("GET", gets)]
    routes = [
        Route(path, _counted(path, endpoint, metrics), methods=[method])
        for method, endpoints in ways
        for path, endpoint in endpoints.items()
    ]
    return Starlette(routes=routes, exception_handlers={HTTPException: _http_error})


def _posted(
    work: Callable[[Any], Answer],
    settings: Settings,
    metrics: Metrics,
    is_quick: Callable[[Any], bool] | None = None,
) -> Endpoint:
    """An endpoint that answers a JSON body within the limits."""

    async def endpoint(request: Request) -> Response:
        kind = request.headers.get("content-type", "").partition(";")[0].strip()
        if kind.lower() != JSON:
            raise Refused(415, f"expected {JSON}, not {kind or 'nothing'}")
        try:
            async with asyncio.timeout(settings.max_seconds):
                data = await _body(request, settings.max_body)
        except TimeoutError:
            raise Refused(408, "the body did not come in time") from None
        metrics.received.inc(len(data))
        try:
            body = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise Refused(400, f"the body is not JSON: {error}") from None
        if len(data) < SMALL and is_quick is not None and is_quick(body):
            return _json(answered(work, body))
        try:
            async with asyncio.timeout(settings.max_seconds):
                return _json(await asyncio.to_thread(answered, work, body))
        except TimeoutError:
            raise Refused(503, "it took too long", "send less at once") from None

    return endpoint


async def _body(request: Request, most: int) -> bytes:
    """The body; reading stops when it is too large."""
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            raise Refused(413, "the body is too large", f"at most {most} bytes")
        parts.append(part)
    return b"".join(parts)


def _counted(path: str, endpoint: Endpoint, metrics: Metrics) -> Endpoint:
    """The endpoint with its refusals as answers, and counted."""
    seconds = metrics.seconds.labels(path)
    by_status: dict[int, Any] = {}

    async def counted(request: Request) -> Response:
        begun = time.perf_counter()
        try:
            response = await endpoint(request)
        except Refused as refused:
            error = {"message": refused.message, "hint": refused.hint}
            response = _json({"error": error}, refused.status)
        except ClientDisconnect:
            response = Response(status_code=499)  # nobody reads it
        status = response.status_code
        if status not in by_status:
            by_status[status] = metrics.requests.labels(path, str(status))
        by_status[status].inc()
        seconds.observe(time.perf_counter() - begun)
        return response

    return counted


def _json(answer: Any, status: int = 200) -> Response:
    try:
        data = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:  # lone surrogates can only be escaped
        data = json.dumps(answer, separators=(",", ":")).encode()
    return Response(data, status, media_type=JSON)


async def _http_error(request: Request, error: Exception) -> Response:
    """Unknown paths and methods, in the form of all errors."""
    assert isinstance(error, HTTPException)
    hint = "/openapi.json tells what there is"
    message = f"{error.detail}: {request.method} {request.url.path}"
    response = _json({"error": {"message": message, "hint": hint}}, error.status_code)
    response.headers.update(error.headers or {})
    return response
