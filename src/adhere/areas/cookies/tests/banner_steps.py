"""Anna's steps in Chloé's shop, for the tests of the banner in Chromium."""

from __future__ import annotations

from typing import Any

from adhere.areas.cookies.tests.banner_shop import Shop

ALL = {"necessary": True, "preferences": True, "analytics": True, "marketing": True, "embeds": True}
NONE = {**dict.fromkeys(ALL, False), "necessary": True}
FILM = (
    '<iframe title="film" data-adhere="embeds" data-adhere-vendor="YouTube" data-src="/embed" '
    'width="480" height="270"></iframe>'
)
COUNTER = '<script type="text/plain" data-adhere="analytics" data-src="/count.js"></script>'
COUNTED = "(window.ran || []).join()"


def press(page: Any, name: str) -> None:
    page.locator("adhere-banner").get_by_role("button", name=name, exact=True).click()


def layer(page: Any) -> Any:
    return page.locator("adhere-banner dialog")


def settled(page: Any, shop: Shop, count: int = 1) -> None:
    """Waits until the edge has this many answers and the page knows."""
    for _ in range(100):
        if len(shop.answers) == count and not page.evaluate("localStorage.adhere_queue"):
            return
        page.wait_for_timeout(20)
    raise AssertionError(shop.answers)


def until(page: Any, expression: str) -> None:
    """Waits without evaluating text in the page, which a strict policy forbids."""
    for _ in range(250):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"never: {expression}")


def kept(page: Any) -> dict[str, bool]:
    """The consent cookie as choices."""
    text = next(
        (each["value"] for each in page.context.cookies() if each["name"] == "adhere_consent"), ""
    )
    entries = (each.split(".") for each in text.split("!")[3:-1])
    return {key: flag == "1" for key, flag, _ in entries}


def focused(page: Any) -> str:
    found = page.evaluate(
        "document.querySelector('adhere-banner').shadowRoot.activeElement?.textContent || ''"
    )
    return str(found)
