"""How many steps towards an exemption were tried, none of which got round the consent of others.

The property test of ``main/tests/test_consent_everywhere.py``, longer: pages, services, imports,
the command line and plain SQL, on SQLite and, where a server answers, on PostgreSQL.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).parents[1]
TEST = "src/adhere/main/tests/test_consent_everywhere.py"
EXAMPLES = "150"
LEAST = 2_000


def rows() -> list[dict[str, Any]]:
    """One row a database: steps tried, and how many were let through to a verdict."""
    return [_row(url) for url in ("", _postgresql()) if url is not None]


def _row(url: str) -> dict[str, Any]:
    environment = {**os.environ, "ADHERE_TEST_DATABASE_URL": url, "CONSENT_EXAMPLES": EXAMPLES}
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-n0", TEST]
    done = subprocess.run(
        command, cwd=HOUSE, env=environment, capture_output=True, text=True, check=False
    )
    found = re.search(r"^steps (\w+) (\d+) (.*)$", done.stdout, re.MULTILINE)
    if done.returncode or found is None:
        raise RuntimeError(f"an exemption without consent, or no run:\n{done.stdout[-3000:]}")
    tried = int(found[2])
    return {
        "name": f"steps tried against exemptions, {found[1]}",
        "value": tried,
        "unit": "steps",
        "limit": LEAST,
        "ratio": tried / LEAST,
        "peer": found[3],
    }


def _postgresql() -> str | None:
    script = [sys.executable, str(HOUSE / "scripts" / "postgresql_here.py")]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    return done.stdout.strip() or None
