"""The directory against scim2-tester, over the wire."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from scim2_client.client import BaseSyncSCIMClient
from scim2_tester import Status, check_server

GOOD = {Status.SUCCESS, Status.COMPLIANT, Status.ACCEPTABLE, Status.SKIPPED}


class Wire(BaseSyncSCIMClient):
    """Sends what the tester asks to a server that runs."""

    def __init__(self, base: str, secret: str) -> None:
        super().__init__()
        self.base, self.secret = base, secret

    def request(self, method: str, url: str, **kwargs: Any) -> Any:
        headers = {**(kwargs.pop("headers", None) or {}), "Authorization": f"Bearer {self.secret}"}
        address = url if url.startswith("http") else f"{self.base}/{url.lstrip('/')}"
        return requests.request(method, address, headers=headers, timeout=30, **kwargs)

    def _parse_json(self, response: Any) -> Any:
        return response.json()

    def _stays_under_base_url(self, endpoint: str) -> bool:
        return True


@pytest.mark.django_db(transaction=True)
def test_scim2_tester_finds_nothing_wrong(live_server: Any, settings: Any, secret: str) -> None:
    settings.URL = live_server.url
    results = check_server(Wire(f"{live_server.url}/scim/v2", secret))
    wrong = [(each.title, each.reason) for each in results if each.status not in GOOD]
    assert wrong == []
    assert len(results) > 50
