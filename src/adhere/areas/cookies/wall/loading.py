"""Where a wall's data comes from: a mapping, or a JSON file that is read again when it changes."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Mapping
from typing import Any, Union

from adhere.areas.cookies.wall.site import CLOSED, Wall, WallError, wall_of

Source = Union[str, "os.PathLike[str]", Mapping[str, Any], None]
DATA: Any = None
"""What a downloaded file carries inside."""
_LOG = logging.getLogger("adhere.wall")


class Holder:
    """Gives the wall in force. Data that is missing or cannot be used shuts it, and says so."""

    def __init__(self, source: Source = None) -> None:
        self._given = DATA if source is None else source
        self._path = None if isinstance(self._given, (Mapping, type(None))) else self._given
        self._seen: tuple[int, int] | None = None
        self._asked = 0.0
        self._wall = CLOSED
        if self._path is None:
            self._wall = _built(self._given)

    def wall(self) -> Wall:
        """The wall; a file is looked at once a second at most."""
        if self._path is not None and time.monotonic() - self._asked >= 1:
            self._look(self._path)
            self._asked = time.monotonic()
        return self._wall

    def _look(self, path: str | os.PathLike[str]) -> None:
        try:
            state = os.stat(path)
            if self._seen == (state.st_mtime_ns, state.st_size):
                return
            with open(path, encoding="utf-8") as file:
                self._wall = _built(json.load(file))
            self._seen = (state.st_mtime_ns, state.st_size)
        except (OSError, ValueError) as error:
            if self._wall is not CLOSED or self._asked == 0:
                _LOG.error("the wall stays shut: %s", error)
            self._wall, self._seen = CLOSED, None


def _built(data: Any) -> Wall:
    try:
        return wall_of(data)
    except WallError as error:
        _LOG.error("the wall stays shut: %s", error)
        return CLOSED
