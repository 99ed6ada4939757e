"""An HTTP server on loopback that answers bulk and search requests as a test scripts them: rudely."""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[["Exchange"], None]


class Exchange(BaseHTTPRequestHandler):
    """One request, and the ways to answer it."""

    protocol_version = "HTTP/1.1"
    server: Rude

    def do_POST(self) -> None:
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.times.append(time.monotonic())
        self.ids = [action["index"]["_id"] for line in self.body.splitlines() if list(action := json.loads(line)) == ["index"]]
        self.server.batches.append(self.ids)
        script = self.server.script
        (script.pop(0) if len(script) > 1 else script[0])(self)

    do_PUT = do_GET = do_POST

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""

    def give(self, body: object, status: int = 200, kind: str = "application/vnd.elasticsearch+json;compatible-with=9", product: bool = True) -> None:
        """Sends an answer; `body` as JSON unless it is bytes."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        if product:
            self.send_header("X-Elastic-Product", "Elasticsearch")
        self.end_headers()
        self.wfile.write(data)

    def reset(self) -> None:
        """Cuts the connection with a reset."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()


class Rude(ThreadingHTTPServer):
    """`script`: one answer a request, the last one for all that follow. `batches`: the ids of each request; `times`: when each came."""

    daemon_threads = True

    def __init__(self, script: list[Answer]) -> None:
        super().__init__(("127.0.0.1", 0), Exchange)
        self.script = script
        self.batches: list[list[str]] = []
        self.times: list[float] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """The client may leave at any time."""


@contextmanager
def rude(*script: Answer) -> Iterator[Rude]:
    with Rude(list(script)) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


# ---------------------------------------------------------------- answers


def stored(exchange: Exchange) -> None:
    """As Elasticsearch does when all goes well."""
    exchange.give({"items": [{"index": {"_id": i, "status": 201, "result": "created"}} for i in exchange.ids]})


def items(status: int, kind: str, reason: str, *, which: slice = slice(None)) -> Answer:
    """The items of `which` fail, the others are stored."""

    def answer(exchange: Exchange) -> None:
        failing = set(exchange.ids[which])
        good = {"status": 201, "result": "created"}
        bad = {"status": status, "error": {"type": kind, "reason": reason}}
        exchange.give({"errors": True, "items": [{"index": {"_id": i, **(bad if i in failing else good)}} for i in exchange.ids]})

    return answer


def whole(status: int, kind: str = "", reason: str = "") -> Answer:
    """The request as a whole fails."""
    return lambda exchange: exchange.give({"error": {"type": kind, "reason": reason}, "status": status} if kind else b"", status)


def body(data: bytes, kind: str = "application/json", *, product: bool = True) -> Answer:
    """Status 200 with this body."""
    return lambda exchange: exchange.give(data, kind=kind, product=product)


def reset(exchange: Exchange) -> None:
    exchange.reset()


def cut_short(exchange: Exchange) -> None:
    """Half of a good answer, then a reset: stored, and nobody knows."""
    exchange.send_response(200)
    exchange.send_header("Content-Length", "1000")
    exchange.send_header("X-Elastic-Product", "Elasticsearch")
    exchange.end_headers()
    exchange.wfile.write(b'{"items":[')
    exchange.reset()


def short_by_two(exchange: Exchange) -> None:
    exchange.give({"items": [{"index": {"_id": i, "status": 201, "result": "created"}} for i in exchange.ids[:-2]]})


def in_another_order(exchange: Exchange) -> None:
    exchange.give({"items": [{"index": {"_id": i, "status": 201, "result": "created"}} for i in reversed(exchange.ids)]})


def hang(exchange: Exchange) -> None:
    time.sleep(3)
    exchange.reset()


def drip(exchange: Exchange) -> None:
    """A byte every 50 ms, for longer than anybody waits: no single wait is long."""
    exchange.send_response(200)
    exchange.send_header("Content-Length", "1000")
    exchange.send_header("X-Elastic-Product", "Elasticsearch")
    exchange.end_headers()
    for _ in range(100):
        exchange.wfile.write(b" ")
        exchange.wfile.flush()
        time.sleep(0.05)
