"""kill -9 at random moments under load: what was answered is there, once, and the ledger holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from . import consent_killing as killing

MOMENTS = 12


def test_nothing_answered_is_lost_or_doubled_when_killed(home: Any, tmp_path: Path) -> None:
    answered, kept = killing.kill_at_moments(home.env, MOMENTS)
    assert 0 < answered <= kept
    bundle = tmp_path / "evidence"
    assert home.run("export", "evidence", str(bundle)).returncode == 0
    verified = home.run("verify", str(bundle))
    assert (verified.returncode, b"complete evidence bundle" in verified.stdout) == (0, True)
