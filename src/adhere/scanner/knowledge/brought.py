"""Lists of hosts that the operator brings along: their licences forbid us to ship them.

Read from one folder, each where it is there: `trackerdb.json` (@ghostery/trackerdb),
`services.json` (Disconnect) and `domains/` (duckduckgo/tracker-radar, with or without a folder
for each region).
All three are CC BY-NC-SA 4.0; who uses them answers for that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from adhere.errors import Problem
from adhere.scanner.knowledge.known import UNKNOWN, Known

_PURPOSES = {
    "advertising": "marketing",
    "pornvertising": "marketing",
    "ad motivated tracking": "marketing",
    "action pixels": "marketing",
    "email": "marketing",
    "emailaggressive": "marketing",
    "analytics": "analytics",
    "site_analytics": "analytics",
    "audience measurement": "analytics",
    "session replay": "analytics",
    "consent": "necessary",
    "consent management platform": "necessary",
    "customer_interaction": "embeds",
    "audio_video_player": "embeds",
    "social_media": "embeds",
    "social": "embeds",
    "embedded content": "embeds",
    "social network": "embeds",
    "cdn": "delivery",
    "hosting": "delivery",
}


def operators_hosts(folder: Path) -> dict[str, Known]:
    """What the lists in a folder say of each domain; the first that names a purpose counts."""
    found: dict[str, Known] = {}
    read = 0
    for reader, path in _there(folder):
        read += 1
        for domain, known in _said(reader, path):
            if domain not in found or found[domain].purpose == UNKNOWN:
                found[domain] = known
    if not read:
        expected = "trackerdb.json, services.json or domains/ in it"
        raise Problem("has no list of trackers", file=str(folder), expected=expected)
    return found


def _there(folder: Path) -> Iterator[tuple[Any, Path]]:
    for name, reader in (("trackerdb.json", _trackerdb), ("services.json", _disconnect)):
        if (folder / name).is_file():
            yield reader, folder / name
    for path in sorted((folder / "domains").rglob("*.json")):
        yield _radar, path


def _said(reader: Any, path: Path) -> Iterator[tuple[str, Known]]:
    try:
        data = path.read_bytes()
        yield from reader(msgspec.json.decode(data), hashlib.sha256(data).hexdigest()[:12])
    except OSError as error:
        raise Problem("cannot be read", file=str(path)) from error
    except (msgspec.DecodeError, LookupError, TypeError, AttributeError):
        raise Problem("is not the list its name promises", file=str(path)) from None


def _trackerdb(data: Mapping[str, Any], version: str) -> Iterator[tuple[str, Known]]:
    patterns, firms = data["patterns"], data["organizations"]
    for domain, key in data["domains"].items():
        pattern = patterns[str(key)]
        firm = firms.get(str(pattern.get("organization")), {})
        vendor = str(pattern.get("name") or firm.get("name") or "")
        yield domain, _known(vendor, str(pattern["category"]), "Ghostery TrackerDB", version)


def _disconnect(data: Mapping[str, Any], version: str) -> Iterator[tuple[str, Known]]:
    for category, services in data["categories"].items():
        for service in services:
            for vendor, sites in service.items():
                for domains in (each for each in sites.values() if isinstance(each, list)):
                    for domain in domains:
                        yield domain, _known(vendor, category, "Disconnect", version)


def _radar(data: Mapping[str, Any], version: str) -> Iterator[tuple[str, Known]]:
    owner = data.get("owner", {})
    vendor = str(owner.get("displayName") or owner.get("name") or "")
    said = [str(each) for each in data.get("categories", ())]
    known = [each for each in said if each.lower() in _PURPOSES]
    category = known[0] if known else ", ".join(said)
    yield str(data["domain"]), _known(vendor, category, "DuckDuckGo Tracker Radar", version)


def _known(vendor: str, category: str, source: str, version: str) -> Known:
    purpose = _PURPOSES.get(category.lower(), UNKNOWN)
    return Known(vendor, purpose, source, f"sha256:{version}", category)
