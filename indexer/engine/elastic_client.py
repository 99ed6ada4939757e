"""The connection to Elasticsearch: one deadline for reading, one patience for writing, one table from its errors to ours.

The client's own retries are off: they multiply time-outs and know nothing of a deadline. No message here repeats what
was sent, so none can hold a credential.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

from elasticsearch import ApiError, ConnectionTimeout, Elasticsearch, SerializationError, SSLError, TransportError, UnsupportedProductError
from elasticsearch import ConnectionError as NoConnection

from indexer.errors import BaocaoError, EngineError, EngineRefused, EngineUnreachable, IndexMissing, SettingsError
from indexer.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

logger = logging.getLogger("baocao")
logging.getLogger("elastic_transport.node_pool").setLevel(logging.ERROR)  # warns of each failed try; our errors say it once

T = TypeVar("T")
Call = Callable[[Elasticsearch], T]

# Answers that may be better a moment later; everything else stays as it is.
PASSING = frozenset({429, 502, 503, 504})
# The server's pool answers a search in some ms; 64 at once is more than the HTTP side lets through.
_CONNECTIONS = 64
_FIRST_PAUSE, _READ_PAUSE, _WRITE_PAUSE = 0.2, 1.0, 5.0  # seconds; doubled from the first up to the last
_WRITE_TRY = 60.0  # one try of a write: a full disk makes it hang, so it must not take the whole patience
_SAY_EVERY = 15.0


class Connection:
    """Talks to one Elasticsearch. Safe for threads."""

    def __init__(self, address: str, settings: Settings) -> None:
        self.address = address
        self._closed = False
        self._settings = settings
        login: dict[str, Any] = {}
        if settings.api_key:
            login["api_key"] = settings.api_key
        elif settings.username:
            login["basic_auth"] = (settings.username, settings.password)
        if settings.ca_certs:
            if not Path(settings.ca_certs).is_file():
                raise SettingsError(f"BAOCAO_ELASTICSEARCH_CA_CERTS names no file: {settings.ca_certs}")
            login["ca_certs"] = settings.ca_certs
        try:
            self._client = Elasticsearch(address, max_retries=0, retry_on_timeout=False, connections_per_node=_CONNECTIONS, **login)
        except ValueError as error:
            raise SettingsError(f"the engine address {address} cannot be used: write http(s)://host:port") from error

    def read(self, call: Call[T], seconds: float | None = None) -> T:
        """The answer to `call`, tried again while it fails in passing, all within `seconds` (default: settings.read_timeout).

        The time holds whatever the server does: in a thread of its own the call is left behind when it drips or hangs.
        """
        if self._closed:
            raise EngineUnreachable("this engine was closed")
        limit = self._settings.read_timeout if seconds is None else seconds
        future: Future[T] = Future()
        Thread(target=self._read_into, args=(future, call, time.monotonic() + limit), daemon=True).start()
        try:
            return future.result(limit + 0.1)  # the thread keeps the deadline better: its error says more
        except TimeoutError:
            raise EngineUnreachable(f"Elasticsearch at {self.address} did not answer within {limit:g} seconds") from None

    def write(self, call: Call[T], seconds: float | None = None) -> T:
        """The answer to `call`, which must bear being done twice; waits settings.write_patience (or `seconds`) for an engine that went away."""
        patience = Patience(self._settings.write_patience if seconds is None else seconds)
        while True:
            try:
                answer = self.once(call)
            except EngineUnreachable as error:
                patience.wait(error)
            else:
                patience.progress()
                return answer

    def once(self, call: Call[T], seconds: float | None = None) -> T:
        """One try, its failure as one of our errors: EngineUnreachable if it may pass. ApiErrors that `call` means to read it must catch itself."""
        with self.reading():
            return call(self._client.options(request_timeout=_WRITE_TRY if seconds is None else seconds))

    def patience(self) -> Patience:
        """For a loop that writes and reads its answers item by item."""
        return Patience(self._settings.write_patience)

    def close(self) -> None:
        """Frees the sockets; nothing can be asked afterwards."""
        self._closed = True
        self._client.close()

    def _read_into(self, future: Future[T], call: Call[T], deadline: float) -> None:
        try:
            future.set_result(self._read_until(call, deadline))
        except BaseException as error:  # noqa: BLE001 (raised again where the answer is awaited)
            future.set_exception(error)

    def _read_until(self, call: Call[T], deadline: float) -> T:
        pause = _FIRST_PAUSE
        while True:
            try:
                return self.once(call, max(0.05, deadline - time.monotonic()))
            except EngineUnreachable:
                wait = _jittered(pause)
                if deadline - time.monotonic() <= wait:
                    raise
                time.sleep(wait)
                pause = min(2 * pause, _READ_PAUSE)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Around what asks Elasticsearch or reads its answers: failures leave it as our errors."""
        try:
            yield
        except BaocaoError:
            raise
        except (ApiError, TransportError) as error:
            raise translated(error, self.address) from error
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            # A proxy's page with status 200 ends here.
            raise EngineRefused(f"{self.address} answered, but not as Elasticsearch does ({type(error).__name__}): is something else there?") from error


class Patience:
    """Pauses between the tries of a write, ever longer, until `seconds` have passed without progress."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._pause = _FIRST_PAUSE
        self._since: float | None = None
        self._said: float | None = None

    def wait(self, error: EngineError) -> None:
        """Sleeps before the next try; raises `error` when the time is up."""
        now = time.monotonic()
        self._since = now if self._since is None else self._since
        left = self._since + self._seconds - now
        if left < _FIRST_PAUSE / 2:
            raise error
        if self._said is None or now - self._said >= _SAY_EVERY:
            self._said = now
            logger.warning("%s; trying again for %.0f more seconds", error, left)
        time.sleep(min(_jittered(self._pause), left))
        self._pause = min(2 * self._pause, _WRITE_PAUSE)

    def progress(self) -> None:
        """Something was done: the time begins anew."""
        if self._said is not None:
            logger.warning("Elasticsearch answers again")
        self._pause, self._since, self._said = _FIRST_PAUSE, None, None


def _jittered(pause: float) -> float:
    return pause * random.uniform(0.5, 1.0)  # noqa: S311 (no secret depends on it)


def translated(error: ApiError | TransportError, address: str) -> EngineError:
    """The one table from Elasticsearch's errors to ours."""
    if isinstance(error, UnsupportedProductError):
        return EngineRefused(f"{address} answers, but it is not Elasticsearch")
    if isinstance(error, ApiError):
        kind, reason = cause(error.body)
        return refusal(error.status_code, kind, reason, address)
    if isinstance(error, SSLError):
        return EngineRefused(f"no secure connection to {address}: check https or http, and the certificate in BAOCAO_ELASTICSEARCH_CA_CERTS")
    if isinstance(error, ConnectionTimeout):
        return EngineUnreachable(f"Elasticsearch at {address} did not answer in time")
    if isinstance(error, SerializationError):
        return EngineUnreachable(f"{address} gave an answer that cannot be read")
    if isinstance(error, NoConnection):
        return EngineUnreachable(f"no connection to Elasticsearch at {address}: is it running?")
    return EngineUnreachable(f"the connection to Elasticsearch at {address} failed")


def refusal(status: int, kind: str, reason: str, address: str) -> EngineError:
    """Our error for a status and Elasticsearch's own error type, of a whole request or of one item of it."""
    what = f"{kind}: {reason}" if reason else kind or f"HTTP {status}"
    if status in (401, 403) and kind != "cluster_block_exception":
        return EngineRefused(f"Elasticsearch at {address} does not allow it ({what}): check the key or user and its rights")
    if kind == "index_not_found_exception":
        return IndexMissing("nothing is indexed yet: run `baocao index PATH`")
    if kind == "cluster_block_exception" and status != 503:  # 503: it is only starting
        return EngineRefused(f"Elasticsearch at {address} blocks this ({reason}): if the disk of its data node is full, free space there, then run again")
    if kind == "media_type_header_exception":
        return EngineRefused(f"the server at {address} is not Elasticsearch 9, the version that this client talks to")
    if status in PASSING:
        return EngineUnreachable(f"Elasticsearch at {address} cannot do it now ({what})")
    return EngineRefused(f"Elasticsearch at {address} refused ({what})")


def cause(body: object) -> tuple[str, str]:
    """Type and reason of an error body; a failed search says in its first shard's failure what went wrong."""
    error = body.get("error") if isinstance(body, dict) else None
    if not isinstance(error, dict):
        return "", ""
    roots = error.get("root_cause")
    chosen = roots[0] if error.get("type") == "search_phase_execution_exception" and isinstance(roots, list) and roots else error
    return str(chosen.get("type") or error.get("type") or ""), str(chosen.get("reason") or error.get("reason") or "")[:300]
