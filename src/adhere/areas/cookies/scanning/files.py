"""What a scan leaves in files: pictures and traffic, which go when their time is up."""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from adhere.areas.cookies.scan_models import Scan

PAPERS = {"html": "text/html", "sarif": "application/sarif+json", "har": "application/json"}
KEPT = timedelta(days=90)
_NAME = re.compile(r"[\w.:-]{1,120}")
_TYPES = {b"\x89PNG": "image/png", b"RIFF": "image/webp"}


def folder(scan: int) -> Path:
    """Where a scan's files are: ``scans/<id>`` in the data folder."""
    return Path(settings.DATA) / "scans" / str(scan)


def write(scan: int, pictures: Mapping[str, bytes], papers: Mapping[str, bytes]) -> None:
    """Keep the pictures by their names, and the papers packed."""
    place = folder(scan)
    place.mkdir(parents=True, exist_ok=True)
    for name, picture in pictures.items():
        if _NAME.fullmatch(name) and not name.startswith("."):
            (place / name).write_bytes(picture)
    for name, paper in papers.items():
        (place / f"{name}.gz").write_bytes(gzip.compress(paper))


def pictures(scan: int) -> list[str]:
    """The names of the pictures that are still kept."""
    place = folder(scan)
    return sorted(file.name for file in place.glob("*") if file.is_file() and file.suffix != ".gz")


def picture(scan: int, name: str) -> tuple[bytes, str] | None:
    """A picture and its type; None where it is gone or is none."""
    if name not in pictures(scan):
        return None
    found = (folder(scan) / name).read_bytes()
    kind = next((kind for mark, kind in _TYPES.items() if found.startswith(mark)), "")
    return (found, kind) if kind else None


def paper(scan: int, kind: str) -> bytes | None:
    """A report in another form, or the traffic; None where it is gone or there is none."""
    file = folder(scan) / f"{kind}.gz"
    return gzip.decompress(file.read_bytes()) if kind in PAPERS and file.exists() else None


def papers(scan: int) -> list[str]:
    """The forms that are still kept."""
    return [kind for kind in PAPERS if (folder(scan) / f"{kind}.gz").exists()]


def purge(now: datetime) -> int:
    """Delete the files that are over, those of each website's newest scan never; how many scans."""
    newest = {each.site: each.pk for each in Scan.objects.order_by("started", "pk")}.values()
    old = Scan.objects.filter(finished__lt=now - KEPT).exclude(pk__in=newest)
    places = [place for pk in old.values_list("pk", flat=True) if (place := folder(pk)).exists()]
    for place in places:
        shutil.rmtree(place)
    return len(places)
