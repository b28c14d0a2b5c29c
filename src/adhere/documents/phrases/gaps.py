"""What may stand between a modal verb and the words that belong to it."""

from __future__ import annotations

GAP = r"[^,;:.]{0,70}?"  # a few words, no clause boundary
NEAR = r"(?:\W+\w+){0,2}?\W+"
