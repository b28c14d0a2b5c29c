"""Days and times as they are written on the command line."""

from __future__ import annotations

import argparse
import os
from datetime import date, datetime
from zoneinfo import ZoneInfo


def day(text: str) -> date:
    """An ISO day for argparse."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"“{text}” is no day (expected one that exists, such as 2026-03-14)"
        ) from None


def moment(text: str) -> datetime:
    """A day, or an ISO time, for argparse; company time where no offset is given."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"“{text}” is no time (expected such as 2026-03-14 or 2026-03-14T09:00:00+01:00)"
        ) from None
    zone = ZoneInfo(os.environ.get("ADHERE_TIME_ZONE", "Europe/Brussels"))
    return found if found.tzinfo else found.replace(tzinfo=zone)
