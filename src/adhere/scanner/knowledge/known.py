"""What is known of a tracker or a host, and by whom."""

from __future__ import annotations

from msgspec import Struct

UNKNOWN = "unknown"
# What needs consent whoever does it.
TRACKING = frozenset({"analytics", "marketing"})
OWN = ("Adhere's own table", "2026-11-22")
COOKIES = ("Open Cookie Database", "0ee5a17fe1cb, 2026-01-21")
HOSTS = ("third-party-web", "0.30.0")


class Known(Struct, frozen=True):
    """``purpose`` is necessary, preferences, analytics, marketing, embeds, tag-manager, delivery
    or unknown; ``vendor`` is empty where nobody says.

    ``source`` and ``version`` tell whose word it is; ``why`` is theirs.
    """

    vendor: str = ""
    purpose: str = UNKNOWN
    source: str = ""
    version: str = ""
    why: str = ""

    @property
    def tracking(self) -> bool:
        return self.purpose in TRACKING

    @property
    def by(self) -> str:
        """The source with its version, as a sentence names it."""
        return f"{self.source}, {self.version}" if self.version else self.source


NOBODY = Known()
