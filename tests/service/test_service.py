"""The service: what it answers, what it refuses, that its document tells the truth."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import urllib.request

import pytest

import normalize

pytest.importorskip("starlette", reason="starlette has no wheel here")
pytest.importorskip("prometheus_client", reason="prometheus-client has no wheel here")
pytest.importorskip("httpx", reason="httpx has no wheel here")
pytestmark = pytest.mark.filterwarnings("default")

from starlette.testclient import TestClient  # noqa: E402

from normalize.service.app import make_app  # noqa: E402
from normalize.service.settings import Settings  # noqa: E402
from normalize.service.work import Work  # noqa: E402

RULES = """\
kind: rewrite
id: mine.units
title: units
rules:
  - {id: kilometre, variants: [kms, k.m.], output: km, examples: [5 kms -> 5 km]}
"""
RAW = "5 kms or 10\N{NARROW NO-BREAK SPACE}km"


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    """Characters and one's own units, small limits."""
    path = tmp_path_factory.mktemp("rules") / "units.yaml"
    path.write_text(RULES, encoding="utf-8")
    return Settings("characters", (str(path),), max_body=20_000, max_texts=20)


@pytest.fixture(scope="module")
def app(settings):
    """The application."""
    return make_app(settings)


@pytest.fixture(scope="module")
def client(app):
    """Somebody who asks it."""
    with TestClient(app) as made:
        yield made


def post(client, path="/v1/normalize", **body):
    """The answer to a request."""
    data = json.dumps(body)  # lone surrogates escaped, which the client can't
    kind = {"content-type": "application/json"}
    response = client.post(path, content=data, headers=kind)
    return response.status_code, response.json()


# --- what it answers


def test_one_text(client, settings):
    """A text comes back normalized, with the fingerprint of the rules."""
    n = normalize.load("characters", rules=settings.rules)
    status, answer = post(client, text=RAW)

    assert 200 == status
    assert {
        "schema": 1,
        "profile": "characters",
        "fingerprint": n.fingerprint,
        "results": [{"text": "5 km or 10 km"}],
    } == answer


def test_many_texts_with_edits(client, settings):
    """In order, null for null, the edits and diagnostics of the trace."""
    n = normalize.load("characters", rules=settings.rules)
    _, answer = post(client, texts=[RAW, None, ""], edits=True)
    told = json.loads(json.dumps(n.trace(RAW).to_dict()))

    first, gap, empty = answer["results"]
    assert {key: told[key] for key in ("text", "edits", "diagnostics")} == first
    assert {"text": None} == gap
    assert {"text": "", "edits": [], "diagnostics": []} == empty


@pytest.mark.parametrize("size", [10, 900], ids=["at once", "in a thread"])
def test_any_text_is_answered(client, size):
    """Surrogates and NUL come back as they went in, short or long."""
    text = "\ud800\x00\N{GRINNING FACE}" * (size // 3)

    status, answer = post(client, text=text)
    assert 200 == status
    assert [{"text": text}] == answer["results"]


def test_options_of_a_profile(client):
    """A request may choose a profile and its options."""
    text = "м'ята"
    mark = "\N{RIGHT SINGLE QUOTATION MARK}"
    _, answer = post(client, text=text, options={"apostrophe": "quote"})

    assert [{"text": f"м{mark}ята"}] == answer["results"]


def test_transliteration(client):
    """Both ways, by a named system."""
    request = {"path": "/v1/transliterate", "system": "uk-kmu-2010"}

    # Zgh for зг: Cabinet of Ministers resolution 55, 2010.
    assert [{"text": "Zghurskyi"}, {"text": None}] == (
        post(client, texts=["Згурський", None], **request)[1]["results"]
    )


def test_variants(client):
    """Spellings of a name, the usual one first."""
    _, answer = post(client, "/v1/variants", name="Київ", lang="uk")

    assert "Kyiv" == answer["variants"][0]["text"]
    assert {"text", "cost", "habit", "systems"} == answer["variants"][0].keys()


def test_profiles(client):
    """All profiles with the options that a request may set."""
    profiles = client.get("/v1/profiles").json()["profiles"]
    found = {profile["id"]: profile for profile in profiles}

    assert {"news-en", "news-uk", "news-ru", "characters"} <= found.keys()
    assert "apostrophe" in found["characters"]["options"]


def test_health_and_metrics(client):
    """Prometheus can read how many requests had which status."""
    post(client, text="a")
    post(client, txt="a")
    text = client.get("/metrics").text
    line = re.compile(r"^(normalize_requests_total\{.*\}) (\S+)$", re.MULTILINE)
    counts = dict(line.findall(text))
    path = 'normalize_requests_total{path="/v1/normalize",status="%s"}'

    assert {"status": "ok"} == client.get("/healthz").json()
    assert float(counts[path % 200]) >= 1
    assert float(counts[path % 422]) >= 1
    assert "normalize_request_seconds_bucket" in text


# --- what it refuses


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "either 'text' or 'texts' is needed"),
        ({"text": "a", "texts": []}, "either 'text' or 'texts' is needed"),
        ({"text": None}, "text 0 must be a string"),
        ({"texts": ["a", 1]}, "text 1 must be a string"),
        ({"texts": "a"}, "'texts' must be a list"),
        ({"txt": "a"}, "unknown field 'txt'"),
        ({"text": "a", "edits": "yes"}, "'edits' must be true or false"),
        ({"text": "a", "profile": 1}, "'profile' must be a string"),
        ({"text": "a", "profile": "new-en"}, "unknown profile 'new-en'"),
        ({"text": "a", "options": []}, "'options' must be an object"),
        ({"text": "a", "options": {"a": 1}}, "option 'a' must be a string"),
        ({"text": "a", "options": {"a": "b"}}, "unknown option 'a'"),
    ],
)
def test_wrong_fields(client, body, message):
    """Each is told by name."""
    status, answer = post(client, **body)

    assert 422 == status
    assert message == answer["error"]["message"]


@pytest.mark.parametrize("name", ["units.yaml", "/etc/hostname", "../profiles/news"])
def test_no_path_is_taken_from_a_request(client, settings, name):
    """Rule files come from the configuration alone, even those that it names."""
    for profile in (name, *settings.rules):
        status, answer = post(client, text="a", profile=profile)
        assert (422, f"unknown profile {profile!r}") == (
            status,
            answer["error"]["message"],
        )


@pytest.mark.parametrize(
    ("path", "body", "message"),
    [
        ("/v1/transliterate", {"text": "a"}, "field 'system' is missing"),
        ("/v1/transliterate", {"text": "a", "system": "uk"}, "unknown"),
        (
            "/v1/transliterate",
            {"text": "a", "system": "uk-kmu-2010", "options": {"reverse": "a"}},
            "'reverse' is a field, not an option",
        ),
        (  # no request names a path
            "/v1/transliterate",
            {"text": "a", "system": "uk-kmu-2010", "options": {"rules": "/etc"}},
            "'rules' is no option",
        ),
        ("/v1/variants", {"name": "abc"}, "is no name in Cyrillic letters"),
        ("/v1/variants", {"name": "Я" * 201}, "more than 200 code points"),
        ("/v1/variants", {"name": "Київ", "lang": "en"}, "unknown language 'en'"),
    ],
)
def test_wrong_requests(client, path, body, message):
    """What the library refuses is told with its message."""
    status, answer = post(client, path, **body)

    assert 422 == status
    assert message in answer["error"]["message"]


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"[" * 15_000, "application/json", 400),
        (b"[]", "application/json", 422),
        (b"{}", "text/plain", 415),
        (b'{"text": "' + b"a" * 20_000 + b'"}', "application/json", 413),
        (json.dumps({"texts": ["a"] * 21}).encode(), "application/json", 422),
    ],
)
def test_limits(client, data, kind, status):
    """What is too large or not JSON is refused, with the reason."""
    response = client.post(
        "/v1/normalize", content=data, headers={"content-type": kind}
    )

    assert status == response.status_code
    assert response.json()["error"]["message"]


def test_time_is_limited():
    """Texts that take too long are given up between two of them."""
    work = Work(Settings("characters", max_seconds=1e-9))
    with pytest.raises(Exception, match="took too long"):
        work.normalize({"texts": ["a", "b"]})


def test_unknown_paths_and_methods(client):
    """Errors have one form."""
    assert 404 == client.get("/v2").status_code
    assert 405 == client.get("/v1/normalize").status_code
    assert "POST" == client.get("/v1/normalize").headers["allow"]
    assert "/openapi.json" in client.get("/v2").json()["error"]["hint"]


# --- its document


class FewProfiles(Work):
    """A service of profiles that load fast."""

    def __init__(self, settings):
        super().__init__(settings)
        self.profiles = ["characters", "plain"]


def test_the_document_holds(settings, monkeypatch):
    """What fits the document is answered as it says, what does not is refused."""
    schemathesis = pytest.importorskip("schemathesis", reason="no wheel here")
    from hypothesis import HealthCheck, Phase, given
    from hypothesis import settings as hypothesis_settings
    from schemathesis import GenerationMode
    from schemathesis.checks import CHECKS, load_all_checks

    load_all_checks()
    monkeypatch.setattr("normalize.service.app.Work", FewProfiles)
    app = make_app(settings)
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    # Which options a profile has, and which letters a system, is not in the document.
    skipped = [c for c in CHECKS.get_all() if c.__name__ == "positive_data_acceptance"]
    seen = []
    few = hypothesis_settings(
        max_examples=25,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )

    def check(case):
        case.call_and_validate(excluded_checks=skipped)

    for found in schema.get_all_operations():
        operation = found.ok()

        # Nothing that is sent to a GET can be wrong.
        wrong = [GenerationMode.NEGATIVE] if operation.method == "post" else []
        for mode in [GenerationMode.POSITIVE, *wrong]:
            strategy = operation.as_strategy(generation_mode=mode)
            few(given(case=strategy)(check))()
        seen.append(operation.path)

    assert {"/v1/normalize", "/v1/transliterate", "/v1/variants"} <= set(seen)


def test_examples_of_the_document_work(client):
    """Each example request is answered."""
    paths = client.get("/openapi.json").json()["paths"]
    shown = 0
    for path, ways in paths.items():
        for way in ways.values():
            body = way.get("requestBody", {}).get("content", {}).get("application/json")
            if body is None or path == "/v1/normalize":
                continue
            shown += 1
            assert 200 == client.post(path, json=body["example"]).status_code

    assert 2 == shown


# --- the process


def test_the_command_serves_on_loopback():
    """`normalize serve` says where it listens, answers there, and ends when told to."""
    process = subprocess.Popen(
        [sys.executable, "-m", "normalize", "serve", "-p", "characters", "--port", "0"],
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        line = process.stderr.readline()
        address = re.fullmatch(
            r"serving characters at (http://127\.0\.0\.1:\d+)\n", line
        ).group(1)
        for _ in range(100):
            try:
                with urllib.request.urlopen(f"{address}/healthz") as response:
                    assert {"status": "ok"} == json.load(response)
                break
            except OSError:
                time.sleep(0.05)
    finally:
        process.terminate()
        code = process.wait(20)
        process.stderr.close()

    assert code in {0, -15}
