"""What a company downloads to put the banner, and the wall, on its website.

``package(kind, website)`` makes one file of ``KINDS``; ``carries`` looks whether a page has it.
"""

from __future__ import annotations

from adhere.areas.cookies.packages.carrying import Found, carries
from adhere.areas.cookies.packages.making import KINDS, Kind, Website, package

__all__ = ("KINDS", "Found", "Kind", "Website", "carries", "package")
