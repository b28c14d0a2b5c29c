"""Serves an ASGI application with granian: HTTP/1.1 and HTTP/2, TLS, and a clean stop."""

from __future__ import annotations

import errno
import multiprocessing
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces, SSLProtocols
from granian.http import HTTP1Settings, HTTP2Settings
from granian.log import LogLevels

from adhere.errors import Problem
from adhere.main import lifeline

APPLICATIONS = "adhere.main.asgi"
START_SECONDS = 60.0
STOP_SECONDS = 10
# Granian's own words go to standard output unless told otherwise.
_LOGGING: dict[str, Any] = {
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "stream": "ext://sys.stderr"},
    },
    "loggers": {
        "_granian": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "granian.access": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}


@dataclass(frozen=True)
class Listener:
    """Where to listen, and the certificate and key for TLS."""

    host: str
    port: int
    cert: Path | None = None
    key: Path | None = None

    def __post_init__(self) -> None:
        if (self.cert is None) != (self.key is None):
            missing = "--tls-key" if self.cert else "--tls-cert"
            raise Problem("half of the TLS files", field=missing, expected="both, or neither")
        for path in (self.cert, self.key):
            if path and not path.is_file():
                raise Problem("no such file", file=str(path), expected="a PEM file")
        if self.cert and self.key:
            self._try_certificate(self.cert, self.key)

    @staticmethod
    def _try_certificate(cert: Path, key: Path) -> None:
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(cert, key)
        except ssl.SSLError as error:
            raise Problem(
                f"not usable: {error.reason or error}",
                file=str(cert),
                expected="a PEM certificate and its own key",
            ) from None

    @property
    def url(self) -> str:
        """The address as a person at this machine opens it."""
        name = "localhost" if self.host in {"", "0.0.0.0", "::", "127.0.0.1"} else self.host  # noqa: S104
        shown = f"[{name}]" if ":" in name else name
        return f"{'https' if self.cert else 'http'}://{shown}:{self.port}"


def free_listener(listener: Listener) -> Listener:
    """The same with port 0 made a free one; a ``Problem`` where the port is taken."""
    family = socket.AF_INET6 if ":" in listener.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((listener.host, listener.port))
            port = probe.getsockname()[1]
        except OSError as error:
            raise _unusable(listener, error) from None
        except OverflowError:
            raise Problem(f"{listener.port} is no port", field="--port") from None
    return Listener(listener.host, port, listener.cert, listener.key)


def _unusable(listener: Listener, error: OSError) -> Problem:
    place = f"{listener.host}:{listener.port}"
    if error.errno == errno.EADDRINUSE:
        return Problem(f"{place} is in use already", field="--port", expected="a free port")
    if error.errno == errno.EACCES:
        return Problem(f"{place} needs more rights", field="--port", expected="1024 or higher")
    return Problem(f"cannot listen on {place}: {error.strerror}", field="--host")


def serve(
    factory: str, listener: Listener, *, processes: int = 1, ready: Callable[[], None]
) -> None:
    """Serve until SIGINT or SIGTERM; ``ready`` is called once it answers."""
    # A forked copy of this process would share its open database files.
    multiprocessing.set_start_method("spawn", force=True)
    lifeline.tie_children()
    server = Granian(
        f"{APPLICATIONS}:{factory}",
        address=listener.host,
        port=listener.port,
        interface=Interfaces.ASGI,
        factory=True,
        workers=processes,
        http=HTTPModes.auto,
        http1_settings=HTTP1Settings(header_read_timeout=15_000, max_buffer_size=131_072),
        http2_settings=HTTP2Settings(max_headers_size=65_536, keep_alive_interval=30_000),
        websockets=False,
        log_level=LogLevels.warning,
        log_dictconfig=_LOGGING | {"version": 1, "disable_existing_loggers": False},
        ssl_cert=listener.cert,
        ssl_key=listener.key,
        ssl_protocol_min=SSLProtocols.tls12,
        workers_kill_timeout=STOP_SECONDS,
        backlog=2_048,
    )
    threading.Thread(target=_tell, args=(listener, ready), daemon=True).start()
    server.serve()


def _tell(listener: Listener, ready: Callable[[], None]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if answers(listener):
            ready()
            return
        time.sleep(0.05)


def answers(listener: Listener) -> bool:
    """Whether ``/healthz`` answers at this address."""
    host = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}.get(listener.host, listener.host)  # noqa: S104
    try:
        with socket.create_connection((host, listener.port), timeout=2) as plain:
            connection: socket.socket = plain
            if listener.cert:
                context = ssl.create_default_context()
                # Our own door: only whether somebody opens it is asked.
                context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
                connection = context.wrap_socket(plain)
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            return connection.recv(12).endswith(b"200")
    except OSError:
        return False
