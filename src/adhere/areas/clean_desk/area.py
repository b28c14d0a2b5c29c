"""What this area hands to the house."""

from __future__ import annotations

from adhere.areas.clean_desk.records import INSPECTIONS
from adhere.core.areas import Area

area = Area(name="clean_desk", title="Clean desk", facts=(INSPECTIONS,))
