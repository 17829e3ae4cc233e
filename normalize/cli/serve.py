"""`normalize serve`: the rules over HTTP."""

from __future__ import annotations

from typing import Any

import click

from normalize.cli.misuse import Command


@click.command("serve", cls=Command, short_help="Serve the rules over HTTP.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option(
    "--port",
    default=8080,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Where to listen; 0 takes a free one.",
)
@click.option(
    "-p",
    "--profile",
    default="news-en",
    show_default=True,
    help="The profile of requests that name none.",
)
@click.option(
    "--rules",
    metavar="PATH",
    multiple=True,
    help="Add a rule file or a folder of them; may be repeated.",
)
@click.option(
    "--max-body",
    default=1_000_000,
    show_default=True,
    type=click.IntRange(1),
    help="Most bytes of a request.",
)
@click.option(
    "--max-texts",
    default=1_000,
    show_default=True,
    type=click.IntRange(1),
    help="Most texts of a request.",
)
@click.option(
    "--max-seconds",
    default=10.0,
    show_default=True,
    type=click.FloatRange(0, min_open=True),
    help="Longest time for a request.",
)
def command(
    host: str, port: int, profile: str, rules: tuple[str, ...], **limits: Any
) -> int:
    """Answer requests until interrupted: POST /v1/normalize, /v1/transliterate,
    /v1/variants, GET /v1/profiles, /healthz, /metrics, /openapi.json.

    Rule files come from --rules alone, never from a request. There is no encryption
    and no login: let a proxy do that where others can reach it.
    """
    try:
        import uvicorn

        from normalize.service.app import make_app
    except ImportError as error:
        raise click.UsageError(
            f"{error.name} is not installed\n"
            "hint: pip install 'normalize-slavic[serve]'"
        ) from None
    from normalize.errors import UnknownNameError
    from normalize.service.settings import Settings
    from normalize.service.work import Refused

    settings = Settings(profile=profile, rules=rules, **limits)
    try:
        app = make_app(settings)
    except Refused as refused:
        known = refused.hint or ""
        raise click.UsageError(f"{refused.message}\nhint: {known}") from None
    except UnknownNameError as error:
        raise click.UsageError(str(error)) from None
    config = uvicorn.Config(
        app, host=host, port=port, log_level="warning", access_log=False
    )
    socket = config.bind_socket()
    socket.listen(config.backlog)  # who reads the line below may connect
    address, number, *_ = socket.getsockname()
    shown = f"[{address}]" if ":" in address else address
    click.echo(f"serving {profile} at http://{shown}:{number}", err=True)
    uvicorn.Server(config).run(sockets=[socket])
    return 0
