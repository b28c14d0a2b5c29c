"""What this area hands to the house."""

from __future__ import annotations

from adhere.areas.conduct.owing import owed
from adhere.core.areas import Area

area = Area(name="conduct", title="Conduct", tasks=owed)
