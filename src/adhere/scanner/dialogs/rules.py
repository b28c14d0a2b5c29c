"""DuckDuckGo's autoconsent: its published rules, driven inside the page without a round trip."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.async_api import Error

from adhere.scanner.dialogs import inside

if TYPE_CHECKING:
    from playwright.async_api import Page

    from adhere.scanner.clock import Clock

FOLDER = Path(__file__).parent / "autoconsent"
ACTIONS = {"accept": "optIn", "refuse": "optOut", "withdraw": "optOut"}
ENDED = ("autoconsentDone", "optOutResult", "optInResult")
STEP, STEPS = 1.5, 3
# The rules' snippets run as functions of the bundle: a policy against eval does not matter.
CONFIG = {
    "enabled": True, "disabledCmps": [], "enablePrehide": False, "detectRetries": 2,
    "enableCosmeticRules": False, "enableGeneratedRules": True, "isMainWorld": True,
    "enableHeuristicDetection": False, "heuristicMode": "reject", "visualTest": False,
}  # fmt: skip
SHIM = """
window.autoconsentSendMessage = (message) => {
  (window[Symbol.for("adhere.rules")] ??= []).push(message);
  if (message.type === "init")
    Promise.resolve().then(() => autoconsentReceiveMessage({ type: "initResp", ...given }));
  return Promise.resolve();
};
"""


@cache
def published() -> list[dict[str, Any]]:
    """All rules, as the package has them."""
    found: list[dict[str, Any]] = json.loads((FOLDER / "rules.json").read_text("utf-8"))[
        "autoconsent"
    ]
    return found


@cache
def bundle() -> str:
    code = (FOLDER / "autoconsent.playwright.js").read_text(encoding="utf-8")
    return "(given) => {\n" + SHIM + code + "\n}"


def fitting(url: str, action: str) -> list[dict[str, Any]]:
    """The rules that can do this on this address."""
    return [
        rule
        for rule in published()
        if rule.get(action) and _meant_for(rule.get("runContext", {}).get("urlPattern"), url)
    ]


def _meant_for(pattern: str | None, url: str) -> bool:
    try:
        return pattern is None or bool(re.search(pattern, url))
    except re.error:
        return False


async def applied(page: Page, clock: Clock, choice: str) -> tuple[str, int] | None:
    """Have a rule make the choice; gives its name and presses, None where none claims success."""
    action = ACTIONS[choice]
    await clock.advance()
    for frame in page.frames:
        given = {
            "config": {**CONFIG, "autoAction": action},
            "rules": {"autoconsent": fitting(frame.url, action)},
        }
        try:
            await frame.evaluate(bundle(), given)
        except Error:
            continue
    for _ in range(STEPS):
        await inside.rested(page, clock, STEP)
        heard = await inside.each(page, "() => window[Symbol.for('adhere.rules')] ?? null", None)
        told = [message for _, messages in heard for message in messages]
        if any(message["type"] in ENDED for message in told):
            break
        if not any(message["type"] == "popupFound" for message in told):
            return None
    return next(
        ((str(m.get("cmp", "")), int(m.get("totalClicks", 0))) for m in reversed(told)
         if m["type"] in ENDED and m.get("result", True)), None
    )  # fmt: skip
