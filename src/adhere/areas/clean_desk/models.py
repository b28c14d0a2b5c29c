"""What this area keeps of rounds."""

from __future__ import annotations

from typing import Any

from django.db import models

from adhere.core.models import Fact


class InspectionRecord(Fact):
    """What a round found at one workplace."""

    inspector = models.CharField(max_length=200)
    place = models.CharField(max_length=200, db_index=True)
    desk_of = models.CharField(max_length=200, blank=True, db_index=True)
    desk_clear = models.BooleanField()
    screen_locked = models.CharField(max_length=4)
    note = models.TextField(blank=True)


def inspections() -> models.QuerySet[Any]:
    """Each inspection as known now."""
    return InspectionRecord.objects.filter(superseded_by=None, retracted=False)
