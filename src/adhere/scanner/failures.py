"""Why a page could not be seen, in a plain sentence."""

from __future__ import annotations

import re

from adhere.errors import Problem
from adhere.scanner.sites import host_of

_NET = re.compile(r"net::(ERR_\w+)")
_WHY = {
    "ERR_NAME_NOT_RESOLVED": "there is no such host as {host}",
    "ERR_CONNECTION_REFUSED": "{host} refuses the connection",
    "ERR_CONNECTION_RESET": "{host} broke off the connection",
    "ERR_CONNECTION_CLOSED": "{host} broke off the connection",
    "ERR_EMPTY_RESPONSE": "{host} answers nothing",
    "ERR_CONNECTION_TIMED_OUT": "{host} does not answer",
    "ERR_TIMED_OUT": "{host} does not answer",
    "ERR_ADDRESS_UNREACHABLE": "{host} cannot be reached",
    "ERR_INTERNET_DISCONNECTED": "there is no network",
    "ERR_TOO_MANY_REDIRECTS": "the page redirects without end",
    "ERR_UNSAFE_PORT": "no browser opens that port",
    "ERR_INVALID_RESPONSE": "{host} does not speak HTTP",
    "ERR_INVALID_HTTP_RESPONSE": "{host} does not speak HTTP",
    "ERR_SSL_PROTOCOL_ERROR": "{host} does not speak TLS there; try http://",
    "ERR_INSUFFICIENT_RESOURCES": "the page takes more memory than it is given",
    "ERR_ABORTED": "the address is a download, not a page",
}
_CERTIFICATE = "the certificate of {host} is not valid ({code}); --insecure accepts any"


class Failed(Exception):
    """A page that could not be seen; its text says why."""


def plainly(error: Exception, url: str) -> str:
    """The reason, from the browser's own words where they are known."""
    text = str(error)
    if isinstance(error, Failed):
        return text
    code = found[1] if (found := _NET.search(text)) else ""
    host = host_of(url)
    if code.startswith(("ERR_CERT_", "ERR_SSL_VERSION", "ERR_SSL_UNRECOGNIZED")):
        return _CERTIFICATE.format(host=host, code=code)
    if code in _WHY:
        return _WHY[code].format(host=host)
    if "Download is starting" in text:
        return _WHY["ERR_ABORTED"]
    if "crash" in text.lower():
        return "the page crashed"
    return f"the browser says: {text.splitlines()[0][:160] if text else 'nothing'}"


def problem(url: str, why: str) -> Problem:
    """The same for the address that the scan was started with."""
    return Problem(why, field=url)
