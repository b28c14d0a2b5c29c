"""What this area hands to the house."""

from __future__ import annotations

from adhere.areas.cookies.consents.erasing import daily
from adhere.areas.cookies.demo import fill
from adhere.areas.cookies.deriving import DERIVED
from adhere.areas.cookies.outgoing import CONSENTS
from adhere.areas.cookies.records import REVIEWS, TRACKERS
from adhere.areas.cookies.republishing import complete
from adhere.core.areas import Area, MenuEntry

KEEPERS = ("data-protection", "administrator")
area = Area(
    name="cookies",
    title="Cookies",
    menu=(
        MenuEntry("Cookies", "cookies:inventory", KEEPERS),
        MenuEntry("Consents", "cookies:consents", ("data-protection",)),
    ),
    facts=(TRACKERS, REVIEWS),
    derived=DERIVED,
    completes=complete,
    daily=daily,
    exports=(CONSENTS,),
    demo=fill,
)
