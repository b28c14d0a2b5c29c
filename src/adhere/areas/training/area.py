"""What this area hands to the house."""

from __future__ import annotations

from adhere.core.areas import Area

area = Area(name="training", title="Training")
