"""Photos of what a round found: made small, so that no face and no screen can be read."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Final

from django.db.models import Q
from django.utils import timezone
from PIL import Image, ImageOps, UnidentifiedImageError

from adhere.areas.clean_desk.models import InspectionRecord, Photo, current
from adhere.core.recording import start_of
from adhere.errors import Problem

LONGEST: Final = 240  # pixels of the longer side
LARGEST: Final = 500_000  # bytes that are taken in
KEPT: Final = timedelta(days=30)


def keep_photo(row: InspectionRecord, data: bytes, recorder: str) -> Photo:
    """Keep a photo of something found, made small again here, without its hidden data."""
    if not row.amiss:
        raise Problem("a desk in order needs no photo", expected="a photo of what was found")
    image = _small(data)
    defaults = {"image": image, "taken_by": recorder, "at": timezone.now()}
    photo, _made = Photo.objects.update_or_create(inspection=row.key, defaults=defaults)
    return photo


def _small(data: bytes) -> bytes:
    if len(data) > LARGEST:
        raise Problem("this photo is too large", expected=f"at most {LARGEST // 1000} kB")
    try:
        with Image.open(BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as opened:
            if max(opened.size) > 4_000:
                raise Problem("this photo is too large", expected="at most 4000 pixels a side")
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise Problem("this is no photo", expected="JPEG, PNG or WebP") from None
    picture.thumbnail((LONGEST, LONGEST))
    # A picture of its own: what was hidden in the file (place, device, time) stays behind.
    clean = Image.new("RGB", picture.size)
    clean.paste(picture)
    stored = BytesIO()
    clean.save(stored, "JPEG", quality=60)
    return stored.getvalue()


def purge(day: date) -> int:
    """Delete the photos older than ``KEPT`` and those of what was taken back; how many."""
    told = current(InspectionRecord).values("key")
    old = Photo.objects.filter(Q(at__lt=start_of(day) - KEPT) | ~Q(inspection__in=told))
    return old.delete()[0]
