"""What this area keeps of the people at the door."""

from __future__ import annotations

from typing import Any

from django.db import models

from adhere.core.models import Fact


class VisitRecord(Fact):
    """A visit as written down. Signing out, or a corrected name, is a correction."""

    visitor = models.CharField(max_length=200)
    company = models.CharField(max_length=200, blank=True)
    host = models.CharField(max_length=200, blank=True, db_index=True)
    arrived_at = models.DateTimeField(db_index=True)
    left_at = models.DateTimeField(null=True)
    registered = models.BooleanField()
    accompanied_by = models.CharField(max_length=200, blank=True)
    badge = models.CharField(max_length=40, blank=True)
    badge_returned = models.BooleanField(null=True)


def visits() -> models.QuerySet[Any]:
    """Each visit as known now."""
    return VisitRecord.objects.filter(superseded_by=None, retracted=False)
