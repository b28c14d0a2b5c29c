"""The wall as a Django middleware. Django itself is loaded where a project runs it only."""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable
from http.cookies import Morsel, SimpleCookie
from typing import Any

from adhere.areas.cookies.wall.choices import Choices, read_choices
from adhere.areas.cookies.wall.cookies import kept, refused
from adhere.areas.cookies.wall.headers import Asked, walled
from adhere.areas.cookies.wall.loading import Holder, Source
from adhere.areas.cookies.wall.site import Wall


class DjangoWall:
    """First in ``MIDDLEWARE``. The setting ``ADHERE_WALL`` may name a JSON file with the data."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[Any], Any], data: Source = None) -> None:
        from django.conf import settings

        self._get_response = get_response
        self._holder = Holder(getattr(settings, "ADHERE_WALL", None) if data is None else data)
        self._waits = inspect.iscoroutinefunction(get_response)
        if self._waits:
            from asgiref.sync import markcoroutinefunction

            markcoroutinefunction(self)

    def __call__(self, request: Any) -> Any:
        if self._waits:
            return self._later(request)
        wall, asked, found = self._asked(request)
        return _finished(self._get_response(request), asked, wall, found)

    async def _later(self, request: Any) -> Any:
        wall, asked, found = self._asked(request)
        return _finished(await self._get_response(request), asked, wall, found)

    def _asked(self, request: Any) -> tuple[Wall, Asked, Choices]:
        wall, cookie = self._holder.wall(), request.META.get("HTTP_COOKIE", "")
        found = read_choices(cookie, wall, time.time())
        request.adhere_choices = found
        request.META["HTTP_COOKIE"] = kept(cookie, wall, found)
        for name in [each for each in request.COOKIES if refused(each, wall, found)]:
            del request.COOKIES[name]
        destination = request.META.get("HTTP_SEC_FETCH_DEST", "")
        return wall, Asked(cookie, request.META.get("HTTP_HOST", ""), destination), found


def _finished(response: Any, asked: Asked, wall: Wall, found: Choices) -> Any:
    """Django keeps one value for each header, so a second policy follows the first's comma."""
    for name in [each for each in response.cookies if refused(each, wall, found)]:
        del response.cookies[name]
    before = [(str(name), str(value)) for name, value in response.items()]
    after = walled(before, asked, wall, found)
    for name, _ in before:
        del response[name]
    for name, value in after:
        if name == "Set-Cookie":
            _take_back(value, response.cookies)
        elif response.has_header(name):
            response[name] = f"{response[name]}, {value}"
        else:
            response[name] = value
    return response


def _take_back(line: str, cookies: Any) -> None:
    """Django keeps one cookie for each name; the same name in other domains needs a key each."""
    morsel: Morsel[str]
    for morsel in SimpleCookie(line).values():
        dict.__setitem__(cookies, line, morsel)
