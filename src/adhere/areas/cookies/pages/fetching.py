"""Fetches a page of a website for a person who asks whether it carries the banner."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Sequence
from urllib.parse import SplitResult, urljoin, urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from adhere.errors import Problem

LARGEST = 5_000_000
SECONDS = 10
REDIRECTS = 3
OWN = {"localhost", "127.0.0.1", "::1"}
_PASTED = gettext_lazy("an address of this website, or its HTML pasted below")


def fetched(address: str, origins: Sequence[str]) -> str:
    """The HTML at an address of the website itself. Raises ``Problem``.

    Nobody reaches our neighbours by asking us: only the website's own origins, at each redirect,
    and none that lies inside a private network, unless the origin itself is this very machine.
    The connection goes to the address that was looked at, not to one looked up again.
    """
    for _turn in range(REDIRECTS + 1):
        parts = _allowed(address, origins)
        answer, body = asked(parts)
        if answer.status not in (301, 302, 303, 307, 308):
            break
        address = urljoin(address, answer.headers.get("Location", ""))
    else:
        raise Problem(_("redirects too often"), field="address", expected=str(_PASTED))
    if answer.status != 200:
        raise Problem(
            _("the server answered %d") % answer.status, field="address", expected=str(_PASTED)
        )
    return body.decode(answer.headers.get_content_charset() or "utf-8", errors="replace")


def _allowed(address: str, origins: Sequence[str]) -> SplitResult:
    parts = urlsplit(address)
    origin = f"{parts.scheme}://{parts.netloc}".lower()
    if origin not in origins:
        raise Problem(
            _("%s is no origin of this website") % origin, field="address", expected=str(_PASTED)
        )
    return parts


def asked(parts: SplitResult) -> tuple[http.client.HTTPResponse, bytes]:
    """What a server answers, and its body. Raises ``Problem``."""
    host, secure = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    try:
        plain = socket.create_connection((_place(host, port), port), timeout=SECONDS)
        context = ssl.create_default_context()
        connection.sock = context.wrap_socket(plain, server_hostname=host) if secure else plain
        connection.request("GET", path, headers={"User-Agent": "adhere", "Host": parts.netloc})
        answer = connection.getresponse()
        body = answer.read(LARGEST + 1)
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        raise Problem(
            _("cannot be fetched: %s") % error, field="address", expected=str(_PASTED)
        ) from None
    finally:
        connection.close()
    if len(body) > LARGEST:
        raise Problem(_("the page is too big"), field="address", expected=_("at most 5 MB"))
    return answer, body


def _place(host: str, port: int) -> str:
    """The address behind a name, if everybody on the internet could reach it."""
    found = [str(each[4][0]) for each in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if host in OWN:
        return found[0]
    for place in found:
        if not ipaddress.ip_address(place.partition("%")[0]).is_global:
            raise Problem(
                _("%s is inside a private network") % host,
                field="address",
                expected=_("its HTML pasted below"),
            )
    return found[0]
