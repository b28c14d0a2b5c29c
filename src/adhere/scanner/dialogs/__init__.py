"""Consent dialogs in a real browser: found, described, answered, and proved to be answered."""

from __future__ import annotations

from adhere.scanner.dialogs.choosing import choose
from adhere.scanner.dialogs.inside import text_of
from adhere.scanner.dialogs.looking import look
from adhere.scanner.dialogs.signalling import signals
from adhere.scanner.dialogs.walking import purposes

SCRIPTS: tuple[str, ...] = (text_of("shadows"),)
"""Scripts that every context runs before a page's own."""

__all__ = ["SCRIPTS", "choose", "look", "purposes", "signals"]
