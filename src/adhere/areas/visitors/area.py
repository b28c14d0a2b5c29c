"""What this area hands to the house."""

from __future__ import annotations

from adhere.areas.visitors.records import VISITS
from adhere.core.areas import Area

area = Area(name="visitors", title="Visitors", facts=(VISITS,))
