"""The worker as a process: started alone, or as the child of ``adhere up``."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from threading import Event
from typing import Any

from adhere.main import lifeline
from adhere.main.output import say

STOP_SECONDS = 20


def work_until_stopped() -> int:
    """Background work until SIGINT or SIGTERM."""
    from adhere.core.working import work

    stop = Event()

    def ended(number: int, frame: Any) -> None:
        stop.set()

    signal.signal(signal.SIGINT, ended)
    signal.signal(signal.SIGTERM, ended)
    lifeline.hold()
    work(stop, lambda: say("another worker is at work; standing by"))
    return 0


def start_worker() -> subprocess.Popen[bytes]:
    """A worker in a process of its own, which ends with this one."""
    lifeline.tie_children()
    command = [sys.executable, "-m", "adhere.main.cli", "serve", "--only", "worker"]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, env=dict(os.environ))


def stop_worker(worker: subprocess.Popen[bytes]) -> None:
    """Ask it to end what it is doing; insist after twenty seconds."""
    worker.terminate()
    try:
        worker.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()
