"""What this area hands to the house."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from adhere.areas.conduct.asking import asks
from adhere.areas.conduct.banks import check_banks
from adhere.areas.conduct.demo import fill
from adhere.areas.conduct.owing import owed
from adhere.console.access import OVERSEERS
from adhere.core.areas import Area, MenuEntry

area = Area(
    name="conduct",
    title=gettext_noop("Conduct"),
    menu=(MenuEntry(gettext_noop("Read and understood"), "conduct:overview", OVERSEERS),),
    tasks=owed,
    asks=asks,
    completes=check_banks,
    demo=fill,
)
