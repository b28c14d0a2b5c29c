"""Published versions as facts, so that a check can ask what was to be read, and since when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from adhere.core.checking import Fact
from adhere.core.models import PolicyVersion
from adhere.core.rows import Publication


def published_before(moments: Sequence[datetime]) -> list[Fact]:
    """Every version published before all of these moments, oldest first.

    A publication is recorded in the moment it happens, so a day and a day of knowledge are
    both limits on that moment.
    """
    versions = PolicyVersion.objects.order_by("published_at", "number")
    if moments:
        versions = versions.filter(published_at__lt=min(moments))
    rows = versions.values_list("policy_id", "number", "published_at", "changes", "material")
    return [
        Publication(f"{slug}/{number}", at, at, slug, number, changes, material != [])
        for slug, number, at, changes, material in rows
    ]
