"""Starting the browser: which one, how it is shut in, and what it is told to leave alone.

- Chromium's headless shell first: Debian's full Chromium hides third-party cookies (see `canary`).
- The sandbox is on wherever the system allows it; it does not for root, and that is noted.
- Sites of one page share a process, so that frames of other sites keep the page's time and can be
  listened to. Each visitor has a profile of its own with nothing in it that could be taken.
- A page's script heap is limited: a page that wants more loses its own tab.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.async_api import Error

from adhere.errors import Problem

if TYPE_CHECKING:
    from playwright.async_api import Browser, Playwright

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
HEAP_MB = 512
# Playwright's own list, for the last one given counts, and what lets frames share a process;
# the guard says which addresses may be reached.
_OFF = (
    "AutoDeElevate,AvoidUnnecessaryBeforeUnloadCheckSync,BoundaryEventDispatchTracksNodeRemoval,"
    "DestroyProfileOnBrowserClose,DialMediaRouteProvider,GlobalMediaControls,HttpsUpgrades,"
    "LensOverlay,MediaRouter,OptimizationHints,PaintHolding,RenderDocument,"
    "ThirdPartyStoragePartitioning,Translate,IsolateOrigins,site-per-process,"
    "LocalNetworkAccessChecks,BlockInsecurePrivateNetworkRequests"
)
_SETTINGS = (
    "--disable-blink-features=AutomationControlled",
    f"--disable-features={_OFF}",
    "--disable-site-isolation-trials",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    f"--js-flags=--max-old-space-size={HEAP_MB}",
)


def program(given: Path | None = None) -> str:
    """The browser to use; a Problem where there is none."""
    if given is not None:
        if not given.is_file():
            raise Problem("there is no such browser", file=str(given))
        return str(given)
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        raise Problem("a scan needs a browser", expected=" or ".join(PROGRAMS[:2]))
    return found


async def launch(
    playwright: Playwright, path: str, arguments: Iterable[str], notes: list[str]
) -> Browser:
    """The browser, in its sandbox where that can be; where not, ``notes`` says so."""
    settings = [*_SETTINGS, *arguments]
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not root:
        try:
            return await playwright.chromium.launch(
                executable_path=path, args=settings, chromium_sandbox=True
            )
        except Error as error:
            if "sandbox" not in str(error).lower():
                raise Problem(f"the browser does not start: {_first(error)}", file=path) from None
    why = "root has none" if root else "this system has none"
    notes.append(f"The browser ran without its sandbox: {why}.")
    try:
        return await playwright.chromium.launch(
            executable_path=path, args=settings, chromium_sandbox=False
        )
    except Error as error:
        raise Problem(f"the browser does not start: {_first(error)}", file=path) from None


def agent(version: str) -> str:
    """How an ordinary visitor's browser of that version names itself."""
    major = version.partition(".")[0]
    return (
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
        f"Chrome/{major}.0.0.0 Safari/537.36"
    )


def _first(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:200]
