"""A token, and a client of the directory that uses it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from adhere.console.tests.conftest import account, client_of, company, enter, staff

__all__ = ("account", "client_of", "company", "enter", "staff")


@pytest.fixture
def secret(db: None) -> str:
    from adhere.console.directory.tokens import make

    return make("Entra ID", "dirk")


@pytest.fixture
def scim(secret: str) -> Callable[..., Any]:
    """``scim("POST", "Users", {...})`` gives the answer."""

    def ask(method: str, path: str, body: Any = None, **headers: str) -> Any:
        return Client().generic(
            method,
            f"/scim/v2/{path}",
            json.dumps(body) if body is not None else "",
            content_type="application/scim+json",
            headers={"Authorization": f"Bearer {secret}", **headers},
        )

    return ask
