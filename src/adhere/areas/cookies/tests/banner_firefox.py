"""Debian's Firefox by its own remote protocol, Marionette: lengths and JSON over a local socket."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
NAMES = ("firefox-esr", "firefox")
QUIET = {
    "marionette.port": 0,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.enabled": False,
    "dom.security.https_first": False,
}
FIND = """const [text, tag] = arguments;
const root = document.querySelector('adhere-banner').shadowRoot;
return [...root.querySelectorAll(tag)].find(e => e.getClientRects().length &&
  (e.textContent === text || e.ariaLabel === text))"""


class Firefox:
    """One window; every call raises what Firefox answers as an error."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection
        self._stream = connection.makefile("rb")
        self._count = 0
        self._read()
        self.tell("WebDriver:NewSession", {"capabilities": {"alwaysMatch": {}}})
        self.tell("WebDriver:SetTimeouts", {"script": 10000, "pageLoad": 20000})

    def tell(self, name: str, parameters: dict[str, Any] | None = None) -> Any:
        """One command and its answer."""
        self._count += 1
        body = json.dumps([0, self._count, name, parameters or {}]).encode()
        self._socket.sendall(str(len(body)).encode() + b":" + body)
        _, _, error, result = self._read()
        if error:
            raise RuntimeError(f"{name}: {error['error']}: {error['message']}")
        return result

    def _read(self) -> Any:
        digits = b""
        while (byte := self._stream.read(1)) != b":":
            if not byte:
                raise RuntimeError("Firefox has gone")
            digits += byte
        return json.loads(self._stream.read(int(digits)))

    def goto(self, url: str) -> None:
        self.tell("WebDriver:Navigate", {"url": url})

    def run(self, script: str, *arguments: Any) -> Any:
        """The value that a function body of the page returns."""
        given = {"script": script, "args": list(arguments), "sandbox": None}
        return self.tell("WebDriver:ExecuteScript", given)["value"]

    def until(self, expression: str, seconds: float = 5) -> Any:
        """Waits until the page says so; a page that is just loading says nothing."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if found := self.run(f"return {expression}"):
                    return found
            except RuntimeError:
                pass
            time.sleep(0.02)
        raise AssertionError(f"never: {expression}")

    def press(self, text: str, tag: str = "button") -> None:
        """A click on what has this name in the banner."""
        self.until("!!document.querySelector('adhere-banner')?.shadowRoot.querySelector('button')")
        found = self.run(FIND, text, tag)
        assert found, f"no {tag} “{text}”"
        self.tell("WebDriver:ElementClick", {"id": found[ELEMENT]})

    def key(self, key: str) -> None:
        """One key, pressed and let go."""
        actions = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        given = [{"type": "key", "id": "keyboard", "actions": actions}]
        self.tell("WebDriver:PerformActions", {"actions": given})

    def cookies(self) -> dict[str, str]:
        found = self.tell("WebDriver:GetCookies")
        return {each["name"]: each["value"] for each in found}


@contextmanager
def started(**preferences: Any) -> Iterator[Firefox]:
    """A Firefox of its own; ``network__cookie__x=1`` sets the preference ``network.cookie.x``."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        raise FileNotFoundError("firefox-esr")
    profile = Path(tempfile.mkdtemp(prefix="adhere-firefox-"))
    wanted = {**QUIET, **{name.replace("__", "."): value for name, value in preferences.items()}}
    lines = (
        f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in wanted.items()
    )
    (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
    running = subprocess.Popen(
        [program, "--headless", "--marionette", "--no-remote", "--profile", str(profile)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": str(profile), "MOZ_DISABLE_CONTENT_SANDBOX": "1"},
        start_new_session=True,
    )
    try:
        with socket.create_connection(("127.0.0.1", _port(profile)), timeout=30) as connection:
            yield Firefox(connection)
    finally:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        shutil.rmtree(profile, ignore_errors=True)


def _port(profile: Path) -> int:
    written = profile / "MarionetteActivePort"
    for _ in range(600):
        if written.exists() and (text := written.read_text().strip()):
            return int(text)
        time.sleep(0.05)
    raise RuntimeError("Firefox did not start")
