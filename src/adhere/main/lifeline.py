"""Ends a child process when its parent is gone, so that nothing is left running alone."""

from __future__ import annotations

import os
import signal
import threading
import time

_PARENT = "ADHERE_PARENT_PROCESS"
_EVERY = 0.5


def tie_children() -> None:
    """Tell the processes started from here on who their parent is."""
    os.environ[_PARENT] = str(os.getpid())


def hold() -> None:
    """In a child: watch the parent, and end as by SIGTERM when it is gone."""
    parent = os.environ.get(_PARENT, "")
    if parent.isdigit():  # it may be gone already, while this one was still starting
        threading.Thread(target=_watch, args=(int(parent),), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(10)
    os._exit(1)
