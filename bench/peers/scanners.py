"""Others' scanners, from their registries, in the user's cache folder and with our browser."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from adhere.scanner import browsers

STATES = 3  # each of them: before, accepted, refused
CACHE = Path.home() / ".cache" / "adhere" / "bench"
GCS = "@slashgear/gdpr-cookie-scanner@3.8.2"
COOKIERADAR = "cookieradar==2026.46"
LONGEST = 180


def npm(folder: Path, *packages: str) -> bool:
    """Whether the packages are in the folder, installed now or before."""
    if not shutil.which("npm"):
        return False
    folder.mkdir(parents=True, exist_ok=True)
    done = True
    for package in packages:
        name = (
            package if package.count("@") == package.startswith("@") else package.rpartition("@")[0]
        )
        if not (folder / "node_modules" / name).is_dir():
            line = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--legacy-peer-deps"]
            done &= not subprocess.run([*line, package], cwd=folder, check=False).returncode
    return done


def gdpr_cookie_scanner(port: int) -> float | None:
    """Seconds for one page; None where it does not run."""
    folder = CACHE / "scanner"
    if not npm(folder, GCS):
        return None
    line = ["node", "node_modules/.bin/gdpr-scan", "scan", _url(port), "-f", "json", "-l", "en-GB"]
    return _run([*line, "-o", str(folder / "reports")], folder)


def cookieradar(port: int) -> float | None:
    """Seconds for one page; None where it does not run."""
    folder = CACHE / "cookieradar"
    program = folder / "bin" / "cookieradar"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        line = [folder / "bin" / "pip", "install", "--quiet", COOKIERADAR]
        if subprocess.run(line, check=False).returncode:
            return None
    return _run([str(program), "audit", _url(port)], folder)


PEERS: dict[str, Callable[[int], float | None]] = {
    "gdpr-cookie-scanner 3.8.2": gdpr_cookie_scanner,
    "cookieradar 2026.46": cookieradar,
}


def _url(port: int) -> str:
    return f"http://shop.localhost:{port}/"


def _run(line: list[str], folder: Path) -> float | None:
    """Twice, where the first run only says at which place it looks for its browser."""
    shelf = CACHE / "browsers"
    env = os.environ | {"PLAYWRIGHT_BROWSERS_PATH": str(shelf)}
    for _ in range(3):
        started = time.perf_counter()
        try:
            done = subprocess.run(
                line, cwd=folder, env=env, capture_output=True, text=True, timeout=LONGEST,
                check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return None
        spent = time.perf_counter() - started
        said = done.stdout + done.stderr
        wanted = re.search(rf"{re.escape(str(shelf))}[\w./-]+", said.replace("\n", ""))
        if not wanted or Path(wanted[0]).exists():
            sys.stderr.write("" if done.returncode in (0, 1) else said[-600:])
            return spent if done.returncode in (0, 1) else None
        _stand_in(Path(wanted[0]))
    return None


def _stand_in(place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(f'#!/bin/sh\nexec {browsers.program()} "$@"\n')
    place.chmod(0o755)
