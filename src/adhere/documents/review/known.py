"""Services that many websites use, by the names of their trackers and by their own names.

A small table of our own from what the services publish about themselves; it only serves to say
what a text calls wrongly, so a service that is not here is simply not judged.
"""

from __future__ import annotations

import re
from functools import cache

import msgspec

from adhere.documents.document import Tracker

ANALYTICS, ADVERTISING, CHAT, EMBED = "analytics", "advertising", "chat", "embedded content"


class Service(msgspec.Struct, frozen=True):
    """`names` match whole tracker names; `abroad` is run from outside the EEA."""

    name: str
    purpose: str
    names: str
    said: str
    recording: bool = False
    abroad: bool = True


SERVICES = (
    Service(
        "Google Analytics",
        ANALYTICS,
        r"_ga(?:_.+)?|_gid|_gat(?:_.+)?|__utm[abctvz]",
        r"google analytics",
    ),
    Service("LogRocket", ANALYTICS, r"_lr_.+|lr_.+", r"logrocket", recording=True),
    Service("Hotjar", ANALYTICS, r"_hj.+", r"hotjar", recording=True, abroad=False),
    Service("Microsoft Clarity", ANALYTICS, r"_cl(?:ck|sk)", r"microsoft clarity", recording=True),
    Service("FullStory", ANALYTICS, r"_?fs_uid", r"fullstory", recording=True),
    Service("Mouseflow", ANALYTICS, r"mf_.+", r"mouseflow", recording=True, abroad=False),
    Service("Smartlook", ANALYTICS, r"SL_[CGL]_.+", r"smartlook", recording=True, abroad=False),
    Service("Mixpanel", ANALYTICS, r"mp_.+_mixpanel", r"mixpanel"),
    Service("Amplitude", ANALYTICS, r"amplitude_id.*|AMP_.+", r"^amplitude"),
    Service("Optimizely", ANALYTICS, r"optimizely.+", r"optimizely"),
    Service(
        "DoubleClick",
        ADVERTISING,
        r"IDE|DSID|test_cookie|_gcl_.+",
        r"double ?click|google ads\b|adsense",
    ),
    Service("Meta Pixel", ADVERTISING, r"_fb[pc]", r"(?:meta|facebook)[ -]pixel"),
    Service(
        "LinkedIn Insight",
        ADVERTISING,
        r"li_(?:fat_id|sugr|giant)|UserMatchHistory|bcookie",
        r"linkedin insight",
    ),
    Service(
        "Microsoft Advertising", ADVERTISING, r"_uet[sv]id|MUID", r"microsoft advertising|bing ads"
    ),
    Service("TikTok Pixel", ADVERTISING, r"_ttp|_tt_enable_cookie", r"tiktok"),
    Service("Pinterest Tag", ADVERTISING, r"_pin_unauth|_pinterest_.+", r"pinterest"),
    Service("HubSpot", ADVERTISING, r"hubspotutk|__hs(?:tc|sc|src)", r"hubspot"),
    Service("Criteo", ADVERTISING, r"cto_.+", r"criteo", abroad=False),
    Service("Intercom", CHAT, r"intercom-.+", r"\bintercom\b"),
    Service("Tawk.to", CHAT, r"_*tawk.*|TawkConnectionTime", r"tawk(?:\.to)?\b"),
    Service("Crisp", CHAT, r"crisp-client.*", r"crisp(?: chat|\.chat)|^crisp$", abroad=False),
    Service("Drift", CHAT, r"drift(?:t)?_.+", r"drift\.com"),
    Service("Zendesk Chat", CHAT, r"__zlcmid", r"zendesk chat|zopim"),
    Service("YouTube", EMBED, r"YSC|VISITOR_(?:INFO1_LIVE|PRIVACY_METADATA)", r"youtube"),
    Service("Vimeo", EMBED, r"vuid", r"vimeo"),
    Service("Medium", EMBED, r"", r"^medium$"),
)
# The cookie in which a consent tool keeps the answer itself.
CONSENT = re.compile(
    r".*(?:consent|cookie[-_]?(?:law|notice|policy|settings|control|pref|choice|agree|ok)|gdpr).*"
    r"|cc_cookie|klaro|tarteaucitron|c15t|didomi.*|axeptio.*|cmplz.*|borlabs.*|Optanon.*|iub.*|fc[cn].{1,3}"
    r"|uc_.+|usprivacy",
    re.IGNORECASE,
)


@cache
def _patterns(service: Service) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(service.names or r"(?!)"), re.compile(service.said, re.IGNORECASE)


def by_name(name: str) -> Service | None:
    """The service whose tracker bears this name; case counts."""
    return next((each for each in SERVICES if _patterns(each)[0].fullmatch(name)), None)


def services(row: Tracker) -> list[Service]:
    """The services that a row is about, by its names, its provider and its purpose."""
    told = " ".join(filter(None, (row.provider, row.vendor, row.purpose)))
    named = {by_name(name) for name in row.names}
    vendor = row.provider or row.vendor or ""
    return [
        each
        for each in SERVICES
        if each in named or any(_patterns(each)[1].search(text) for text in (told, vendor))
    ]


def mentioned(text: str) -> list[Service]:
    """The services that a text speaks of by their own names."""
    return [each for each in SERVICES if _patterns(each)[1].search(text)]


def is_consent(row: Tracker) -> bool:
    return any(CONSENT.fullmatch(name) for name in row.names)
