"""Where this installation keeps its things, read from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Place:
    """``data`` is the folder; ``database`` is empty for the embedded one inside it."""

    data: Path
    database: str = ""
    secure: bool = False

    @classmethod
    def from_environment(cls) -> Place:
        return cls(
            Path(os.environ.get("ADHERE_DATA", "./adhere-data")).resolve(),
            os.environ.get("ADHERE_DATABASE_URL", ""),
            os.environ.get("ADHERE_URL", "").startswith("https:"),
        )
