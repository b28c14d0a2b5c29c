"""A fictitious company of sixty people over two years, with violations put in on purpose."""

from __future__ import annotations

from adhere.main.demo.filling import fill

# Whose page the one-time link opens: of the security team, so that everything can be tried.
ADMINISTRATOR = "anna.peeters"

__all__ = ["ADMINISTRATOR", "fill"]
