"""Signing in by a recorded script, before a scan: JSON steps, with secrets from the environment.

    [{"goto": "https://shop.example/login"},
     {"fill": "#name", "with": "$SHOP_NAME"},
     {"fill": "#word", "with": "$SHOP_WORD"},
     {"click": "button[type=submit]"},
     {"wait": "#account"}]

A step is one of `goto` (a URL), `fill` (a selector, and `with`), `click`, `press` (a selector, and
`key`) and `wait` (a selector, or seconds). `$NAME` is an environment variable; its value is hidden
wherever a scan would show it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from playwright.async_api import Error

from adhere.errors import Problem
from adhere.scanner.failures import plainly

if TYPE_CHECKING:
    from playwright.async_api import Page

_MS = 15_000
ACTIONS = "one of goto, fill, click, press, wait"


class Step(msgspec.Struct, forbid_unknown_fields=True, rename={"value": "with"}):
    """One step; exactly one of the five actions is given."""

    goto: str | None = None
    fill: str | None = None
    click: str | None = None
    press: str | None = None
    wait: str | float | None = None
    value: str = ""
    key: str = "Enter"


class Login(msgspec.Struct, frozen=True):
    """The steps, with the values filled in; ``secrets`` are those that came from outside."""

    steps: tuple[Step, ...] = ()
    secrets: tuple[str, ...] = ()


def read(file: Path | None) -> Login:
    """The script; a Problem names the step that is wrong, or the variable that is not set."""
    if file is None:
        return Login()
    try:
        steps = msgspec.json.decode(file.read_bytes(), type=list[Step])
    except OSError as error:
        raise Problem(f"cannot be read: {error.strerror}", file=str(file)) from None
    except msgspec.MsgspecError as error:
        raise Problem(str(error), file=str(file), expected="a list of steps as JSON") from None
    secrets: list[str] = []
    filled = []
    for number, step in enumerate(steps, 1):
        given = [step.goto, step.fill, step.click, step.press, step.wait]
        if sum(one is not None for one in given) != 1:
            raise Problem(
                f"step {number} does not say what to do", file=str(file), expected=ACTIONS
            )
        if step.value.startswith("$"):
            value = os.environ.get(step.value[1:], "")
            if not value:
                why = f"step {number} needs the environment variable {step.value[1:]}"
                raise Problem(why, file=str(file))
            secrets.append(value)
            filled.append(msgspec.structs.replace(step, value=value))
        else:
            filled.append(step)
    return Login(tuple(filled), tuple(secrets))


async def sign_in(page: Page, login: Login, file: Path) -> None:
    """Take the steps; a Problem names the one that could not be taken."""
    for number, step in enumerate(login.steps, 1):
        try:
            await _take(page, step)
        except Error as error:
            why = plainly(error, step.goto or page.url)
            for secret in login.secrets:
                why = why.replace(secret, "…")
            raise Problem(f"step {number} of signing in failed: {why}", file=str(file)) from None


async def _take(page: Page, step: Step) -> None:
    if step.goto is not None:
        await page.goto(step.goto, timeout=_MS)
    elif step.fill is not None:
        await page.fill(step.fill, step.value, timeout=_MS)
    elif step.click is not None:
        await page.click(step.click, timeout=_MS)
    elif step.press is not None:
        await page.press(step.press, step.key, timeout=_MS)
    elif isinstance(step.wait, str):
        await page.wait_for_selector(step.wait, timeout=_MS)
    else:
        await page.wait_for_timeout(1000 * (step.wait or 0))
