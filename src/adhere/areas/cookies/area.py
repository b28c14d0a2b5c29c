"""What this area hands to the house."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_noop

from adhere.areas.cookies.consents import erasing
from adhere.areas.cookies.demo import fill
from adhere.areas.cookies.deriving import DERIVED
from adhere.areas.cookies.outgoing import CONSENTS
from adhere.areas.cookies.readers import KEEPERS, READERS
from adhere.areas.cookies.records import REVIEWS, TRACKERS
from adhere.areas.cookies.republishing import complete
from adhere.areas.cookies.scanning import asking
from adhere.areas.cookies.scanning.deriving import SCANS
from adhere.areas.cookies.scanning.records import CORRECTIONS
from adhere.core.areas import Area, MenuEntry


def daily(today: date) -> None:
    """What is over goes, what is closed is counted, and what is due is scanned."""
    erasing.daily(today)
    asking.daily(today)


area = Area(
    name="cookies",
    title=gettext_noop("Cookies"),
    menu=(
        MenuEntry(gettext_noop("Cookies"), "cookies:inventory", KEEPERS),
        MenuEntry(gettext_noop("Scans"), "cookies:scans", KEEPERS),
        MenuEntry(gettext_noop("Consents"), "cookies:consents", READERS),
    ),
    facts=(TRACKERS, REVIEWS, CORRECTIONS),
    derived=(*DERIVED, SCANS),
    completes=complete,
    daily=daily,
    exports=(CONSENTS,),
    demo=fill,
)
