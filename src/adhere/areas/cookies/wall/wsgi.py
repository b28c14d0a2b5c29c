"""The wall in front of a WSGI application (PEP 3333)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from adhere.areas.cookies.wall.choices import read_choices
from adhere.areas.cookies.wall.cookies import kept
from adhere.areas.cookies.wall.headers import Asked, walled
from adhere.areas.cookies.wall.loading import Holder, Source

_WSGIApplication = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class WSGIWall:
    """``application = WSGIWall(application)``. Bodies pass untouched, streamed ones too."""

    def __init__(self, application: _WSGIApplication, data: Source = None) -> None:
        self._application = application
        self._holder = Holder(data)

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        wall, cookie = self._holder.wall(), environ.get("HTTP_COOKIE", "")
        found = read_choices(cookie, wall, time.time())
        host = environ.get("HTTP_HOST", "")
        asked = Asked(cookie, host, environ.get("HTTP_SEC_FETCH_DEST", ""))
        environ["adhere.choices"] = found
        rest = kept(cookie, wall, found)
        if rest:
            environ["HTTP_COOKIE"] = rest
        else:
            environ.pop("HTTP_COOKIE", None)

        def start(status: str, headers: list[tuple[str, str]], *exc_info: Any) -> Any:
            return start_response(status, walled(headers, asked, wall, found), *exc_info)

        return self._application(environ, start)
