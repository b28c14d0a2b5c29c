"""The one word of a browser that is kept: its family."""

from __future__ import annotations

# In this order: many a browser names others beside itself.
_FAMILIES = (
    ("edg", "edge"),
    ("opr/", "opera"),
    ("samsungbrowser", "samsung"),
    ("firefox", "firefox"),
    ("fxios", "firefox"),
    ("crios", "chrome"),
    ("chrome", "chrome"),
    ("safari", "safari"),
)


def family_of(agent: str) -> str:
    """``firefox``, ``chrome``, … of a User-Agent header; ``other``, or empty without one."""
    if not agent:
        return ""
    lower = agent.lower()
    return next((family for part, family in _FAMILIES if part in lower), "other")
