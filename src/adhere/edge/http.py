"""What a route of the edge is given and gives back, and how it refuses."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")
Headers = tuple[tuple[str, str], ...]
TEXT = "text/plain; charset=utf-8"
JSON = "application/json"
BODY_LIMIT = 65_536


class Refusal(Exception):
    """A request that is not granted: a status and one sentence, never an empty answer.

    ``field`` and ``expected`` name what was wrong with what was sent; ``retry_after`` is in
    whole seconds, for a refusal that will pass.
    """

    def __init__(
        self,
        status: int,
        error: str,
        *,
        field: str = "",
        expected: str = "",
        retry_after: int = 0,
        headers: Headers = (),
    ) -> None:
        super().__init__(error)
        self.status = status
        self.body = {"error": error}
        if field:
            self.body["field"] = field
        if expected:
            self.body["expected"] = expected
        self.headers = headers
        if retry_after:
            self.headers += (("retry-after", str(retry_after)),)

    def response(self) -> Response:
        return Response(msgspec.json.encode(self.body), JSON, self.status, self.headers)


class Request(msgspec.Struct, frozen=True):
    """A whole request; header names are in lower case, ``named`` are the parts of its path."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    client: str
    named: Mapping[str, str] = {}

    def json(self, shape: type[T]) -> T:
        """The body as that shape; 400 or 422 says which field is wrong."""
        try:
            return msgspec.json.decode(self.body, type=shape)
        except msgspec.ValidationError as error:
            reason, _, where = str(error).partition(" - at `$")
            name = where.rstrip("`").lstrip(".")
            raise Refusal(422, reason, field=name, expected=f"{shape.__name__} as JSON") from None
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Refusal(400, f"not JSON: {error}", expected="one JSON value") from None


class Response(msgspec.Struct, frozen=True):
    """An answer of the edge."""

    body: bytes
    content_type: str = JSON
    status: int = 200
    headers: Headers = ()

    @classmethod
    def json(cls, value: Any, status: int = 200, headers: Headers = ()) -> Response:
        return cls(msgspec.json.encode(value), JSON, status, headers)


Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Route:
    """One address: ``/e/{site}/consents/{id}``; ``{rest*}`` takes slashes too.

    ``body_limit`` is in bytes; a longer body is refused before it is read.
    """

    method: str
    path: str
    handler: Handler
    body_limit: int = BODY_LIMIT

    def pattern(self) -> re.Pattern[str]:
        parts = re.split(r"\{(\w+\*?)\}", self.path)
        written = [
            re.escape(part) if index % 2 == 0 else _group(part) for index, part in enumerate(parts)
        ]
        return re.compile("".join(written))


def _group(name: str) -> str:
    return f"(?P<{name[:-1]}>.+)" if name.endswith("*") else f"(?P<{name}>[^/]+)"
