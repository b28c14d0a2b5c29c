"""Our own icons: strokes on a field of 24 by 24, drawn into the page, so nothing is fetched."""

from __future__ import annotations

from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

ICONS: Final = {
    "arrow-down": "M12 5v14M6 13l6 6 6-6",
    "arrow-right": "M5 12h14M13 6l6 6-6 6",
    "arrow-up": "M12 19V5M6 11l6-6 6 6",
    "auto": "M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16",
    "box": "M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8",
    "building": "M5 20V5h9v15M14 10h5v10M3 20h18M8 9h3M8 13h3M8 17h3",
    "calendar": "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
    "check": "M4 12.5l5.5 5.5L20 6.5",
    "chevron-left": "M15 5l-7 7 7 7",
    "chevron-right": "M9 5l7 7-7 7",
    "clock": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.5 2",
    "cross": "M6 6l12 12M18 6L6 18",
    "document": "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
    "download": "M12 4v11M7 11l5 5 5-5M4 20h16",
    "eye": "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"
    "M12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
    "flag": "M6 21V4M6 4h11l-2 4 2 4H6",
    "home": "M4 11l8-7 8 7M6 10v10h12V10M10 20v-6h4v6",
    "inbox": "M4 13l3-8h10l3 8v6H4zM4 13h5l1 2h4l1-2h5",
    "info": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5.5M12 7.5v.2",
    "key": "M8 11a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM11 12l9-9M16 7l3 3",
    "link": "M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 6 "
    "6l1-1",
    "list": "M9 6h11M9 12h11M9 18h11M4.5 6h.2M4.5 12h.2M4.5 18h.2",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "mail": "M3.5 6h17v12h-17zM4 7l8 6 8-6",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "minus": "M5 12h14",
    "moon": "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
    "pen": "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
    "play": "M7 5l12 7-12 7z",
    "plus": "M12 5v14M5 12h14",
    "question": "M9 9a3 3 0 1 1 4.5 2.6C12.5 12.3 12 13 12 14.2M12 18v.2",
    "scale": "M12 4v16M7 20h10M5 7h14M5 7l-2.5 6h5zM19 7l-2.5 6h5z",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L20.5 20.5",
    "settings": "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5v5M9 14.5v5",
    "shield": "M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6z",
    "sign-out": "M10 4H5v16h5M10 12h10M16 8l4 4-4 4",
    "square": "M6 6h12v12H6z",
    "sun": "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2"
    "M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
    "upload": "M12 16V5M7 9l5-5 5 5M4 20h16",
    "user": "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.5 20c.6-4 3.6-6 7.5-6s6.9 2 7.5 6",
    "users": "M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2.5 19c.4-3.3 3-5 6.5-5s6.1 1.7 6.5 5"
    "M16 5.5a3.3 3.3 0 0 1 0 6.3M18 14.5c2 .7 3.2 2.2 3.5 4.5",
    "warning": "M12 4l9 16H3zM12 10v5M12 17.5v.2",
}

LOGO: Final = mark_safe(
    '<svg class="logo" width="28" height="28" viewBox="0 0 28 28" aria-hidden="true" fill="none">'
    '<path d="M10 4H5v20h5M18 24h5v-9" stroke="currentColor" stroke-width="3"/>'
    '<path d="M9.5 13.5l4.5 4.5L24 5" stroke="currentColor" stroke-width="3"/></svg>'
)


def icon(name: str) -> SafeString:
    """An icon beside words that say the same; hidden from readers of the page by ear."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>', ICONS[name]
    )
