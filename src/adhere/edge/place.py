"""Where this installation keeps its things, read from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from adhere.errors import Problem
from adhere.ledger.keys import Signer, load_or_create_keys

HERE = "http://localhost:8000"


@dataclass(frozen=True)
class Place:
    """``data`` is the folder; ``database`` is empty for the embedded one inside it.

    ``url`` is the public address, without a slash at its end.
    """

    data: Path
    database: str = ""
    secure: bool = False
    url: str = HERE

    @classmethod
    def from_environment(cls) -> Place:
        return cls(
            Path(os.environ.get("ADHERE_DATA", "./adhere-data")).resolve(),
            os.environ.get("ADHERE_DATABASE_URL", ""),
            os.environ.get("ADHERE_URL", "").startswith("https:"),
            os.environ.get("ADHERE_URL", HERE).rstrip("/"),
        )

    def signer(self) -> Signer:
        """The ledger's keys, made on first use; whoever comes at the same moment takes them."""
        path = self.data / "ledger-keys.json"
        address = urlsplit(self.url)
        try:
            return load_or_create_keys(path, f"{address.netloc}{address.path}/e/log")
        except Problem:
            if not path.exists():
                raise
            return load_or_create_keys(path, "")
