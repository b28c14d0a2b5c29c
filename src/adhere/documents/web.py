"""Gets the bytes of a document from an address, within limits."""

from __future__ import annotations

import socket
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPSConnection
from pathlib import Path
from typing import Any, NamedTuple

from adhere.documents.fetch import MAX_BYTES, TOO_BIG, Fetched
from adhere.errors import Problem

TIMEOUT = 20.0  # seconds without an answer
DEADLINE = 60.0  # seconds for the whole document
_TYPES = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "text/markdown": "md",
    "text/plain": "txt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}


class Way(NamedTuple):
    """Where a host and port really are, and whether any certificate will do."""

    place: Callable[[str, int], tuple[str, int]]
    insecure: bool = False


def from_address(url: str, way: Way | None = None) -> Fetched:
    """Only http and https, redirects included. Raises Problem."""
    scheme = url.split(":", 1)[0].lower()
    if scheme not in ("http", "https"):
        raise Problem(f"cannot read from “{scheme}”", file=url, expected="http or https")
    # the header is ours; no address but http and https can be opened by this opener
    request = urllib.request.Request(url, headers={"User-Agent": "adhere"})  # noqa: S310
    try:
        with _opener(way).open(request, timeout=TIMEOUT) as answer:
            data = _drain(answer, url)
            headers: HTTPMessage = answer.headers
            kind = _TYPES.get(headers.get_content_type(), "")
            charset = headers.get_content_charset()
    except urllib.error.HTTPError as error:
        why = f"the server answered {error.code}"
        if 300 <= error.code < 400:  # the redirect handler refuses all but web addresses
            why = "redirects to what is no web address"
        raise Problem(why, file=url, expected="a document") from None
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise Problem(f"cannot be fetched: {reason}", file=url) from None
    if not kind:
        kind = Path(urllib.parse.urlsplit(url).path).suffix.lower().lstrip(".")
    return Fetched(data, url, kind, charset)


def _opener(way: Way | None) -> urllib.request.OpenerDirector:
    """Knows http and https and nothing else, so that no redirect can reach a file."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        *(_ways(way) if way else _usual()),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPRedirectHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _usual() -> tuple[urllib.request.BaseHandler, ...]:
    request = urllib.request
    return request.ProxyHandler(), request.HTTPHandler(), request.HTTPSHandler()


def _ways(way: Way) -> tuple[urllib.request.BaseHandler, ...]:
    """Connections that are made where the way says."""
    context = ssl.create_default_context()
    if way.insecure:
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE

    def led(connection: Any) -> Any:
        connection._create_connection = lambda address, *given: socket.create_connection(
            way.place(*address), *given
        )
        return connection

    class Plain(urllib.request.HTTPHandler):
        def http_open(self, req: urllib.request.Request) -> Any:
            return self.do_open(lambda host, **given: led(HTTPConnection(host, **given)), req)

    class Secure(urllib.request.HTTPSHandler):
        def https_open(self, req: urllib.request.Request) -> Any:
            def made(host: str, **given: Any) -> Any:
                return led(HTTPSConnection(host, context=context, **given))

            return self.do_open(made, req)

    return Plain(), Secure()


def _drain(answer: object, url: str) -> bytes:
    until = time.monotonic() + DEADLINE
    chunks: list[bytes] = []
    size = 0
    while chunk := answer.read(65536):  # type: ignore[attr-defined]
        chunks.append(chunk)
        size += len(chunk)
        if size > MAX_BYTES:
            raise Problem("the document is too big", file=url, expected=TOO_BIG)
        if time.monotonic() > until:
            raise Problem("takes too long", file=url, expected="a minute at most")
    return b"".join(chunks)
