"""Commands that start at the same moment in an empty place do not trip over each other."""

from __future__ import annotations

import subprocess
from typing import Any


def test_of_several_first_commands_one_makes_the_database(home: Any) -> None:
    started = [
        home.start("check", "--json", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    ended = [(each.wait(120), each.stderr.read()) for each in started]
    assert [errors for _, errors in ended if b"Traceback" in errors] == []
    assert len({(code, errors) for code, errors in ended}) == 1
