"""Who visits: a browser's requests at the edge, and Anna in Chromium at Chloé's shop."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from adhere.areas.cookies.edge import make_routes
from adhere.areas.cookies.tests import consent_cast as cast
from adhere.areas.cookies.tests.banner_shop import Shop, opened
from adhere.areas.cookies.tests.consent_visitor import Visitor, place
from adhere.edge.app import Edge
from adhere.edge.limits import RateLimit


@pytest.fixture
def visitor() -> Iterator[Visitor]:
    made = Visitor(Edge(place(), make_routes(place(), RateLimit(5.0, lambda: 0.0))))
    yield made
    made.close()


@pytest.fixture
def notice() -> str:
    """The shop with one notice; its SHA-256."""
    cast.put_site()
    return str(cast.put_notice())


@pytest.fixture
def shop() -> Iterator[Shop]:
    with opened() as made:
        yield made


@pytest.fixture
def anna(browser: Any) -> Iterator[Any]:
    """Anna's browser: a page that must not complain."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB")
    page = context.new_page()
    errors: list[str] = []
    context.on("weberror", lambda failed: errors.append(str(failed.error)))
    yield page
    context.close()
    assert errors == []
