"""The command that starts the HTTP API and the page."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli_common import EngineOption, say, settings_of
from api.errors import FAILED, FOUND


def serve(
    ctx: typer.Context,
    host: Annotated[str, typer.Option("--host", metavar="NAME", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help="Port to listen on.")] = 8000,
    engine: EngineOption = None,
) -> int:
    """Serve the HTTP API and the page. Until Ctrl+C; the server only reads, it never indexes."""
    settings = settings_of(ctx, engine)
    settings.engine_address()  # a wrong address is an error now, not at the first request
    import uvicorn

    from api.app import create_app

    server = uvicorn.Server(uvicorn.Config(create_app(settings), host=host, port=port, log_level="warning", server_header=False))
    say(f"serving on http://{host}:{port}, stop with Ctrl+C")
    try:
        server.run()
    except SystemExit:  # uvicorn's way to say that it could not start, with an exit code of its own; the reason is logged
        return FAILED
    except KeyboardInterrupt:  # the way to end it; raised again once all is closed
        return FOUND
    return FOUND if server.started else FAILED
