"""Runs the shop behind a downloaded ``adhere_wall.py``: ``python behind.py KIND FOLDER``.

A process of its own, as a company runs it. The folder holds ``adhere_wall.py`` and ``shop.json``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any
from wsgiref.simple_server import make_server

folder = Path(sys.argv[2])
sys.path.insert(0, str(folder))

import adhere_wall  # type: ignore[import-not-found]  # noqa: E402

from adhere.areas.cookies.tests.wall_site.hosts import _Silent, _Threads  # noqa: E402
from adhere.areas.cookies.tests.wall_site.shop import shop  # noqa: E402

given = json.loads((folder / "shop.json").read_text())
website = shop(given["pieces"], given["edge"])
port = given["port"]


def wsgi() -> Any:
    return adhere_wall.WSGIWall(website)


def asgi() -> Any:
    """Over a real ASGI server's messages; the shop itself is WSGI within."""
    from a2wsgi import ASGIMiddleware, WSGIMiddleware

    return ASGIMiddleware(adhere_wall.ASGIWall(WSGIMiddleware(website)))


def django() -> Any:
    import django
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpResponse
    from django.urls import re_path

    def view(request: Any) -> HttpResponse:
        response = HttpResponse()
        said: list[Any] = []
        body = website(request.META, lambda status, headers: said.extend((status, headers)))
        response.status_code = int(said[0][:3])
        response.content = b"".join(body)
        for name, value in said[1]:
            if name == "Set-Cookie":
                key, _, rest = value.partition("=")
                response.set_cookie(key, rest.partition(";")[0])
            else:
                response[name] = value
        if not any(name == "Content-Type" for name, _ in said[1]):
            del response["Content-Type"]
        return response

    settings.configure(
        ALLOWED_HOSTS=["*"], SECRET_KEY="x", ROOT_URLCONF=__name__, DEBUG=False,
        MIDDLEWARE=["adhere_wall.DjangoWall"],
    )  # fmt: skip
    globals()["urlpatterns"] = [re_path("", view)]
    django.setup()
    return get_wsgi_application()


if __name__ == "__main__":
    application = {"wsgi": wsgi, "asgi": asgi, "django": django}[sys.argv[1]]()
    make_server("127.0.0.1", port, application, _Threads, _Silent).serve_forever()
