"""Gets the bytes of a document from an address, within limits."""

from __future__ import annotations

import time
import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPException, HTTPMessage
from pathlib import Path

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


def from_address(url: str) -> Fetched:
    """Only http and https, redirects included. Raises Problem."""
    scheme = url.split(":", 1)[0].lower()
    if scheme not in ("http", "https"):
        raise Problem(f"cannot read from “{scheme}”", file=url, expected="http or https")
    # the header is ours; no address but http and https can be opened by this opener
    request = urllib.request.Request(url, headers={"User-Agent": "adhere"})  # noqa: S310
    try:
        with _opener().open(request, timeout=TIMEOUT) as answer:
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


def _opener() -> urllib.request.OpenerDirector:
    """Knows http and https and nothing else, so that no redirect can reach a file."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPErrorProcessor,
        urllib.request.HTTPRedirectHandler,
    ):
        opener.add_handler(handler())
    return opener


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
