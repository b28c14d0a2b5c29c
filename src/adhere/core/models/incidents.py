"""What was reported or detected that breaks a clause, and what was done about it since."""

from __future__ import annotations

from django.db import models

from adhere.core.models.entries import Entry
from adhere.core.models.facts import Fact
from adhere.core.models.kept import Kept


class Incident(Fact):
    """An incident as known. Each step that changes it is a correction; see ``IncidentEvent``.

    ``sort`` is its kind, such as ``crash``. ``reporter`` is empty where somebody reported
    without a name, ``subject`` while nobody is known to have done it. ``answer`` is what an
    unrecognised person gave who was spoken to. ``action`` is what was done that caused a crash,
    ``subject_told_at`` when that was told to the person who did it.
    """

    sort = models.CharField(max_length=30)
    reporter = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    clause = models.CharField(max_length=210, blank=True)
    description = models.TextField(blank=True)
    supervisor_notified_at = models.DateTimeField(null=True)
    security_notified_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=200, blank=True)
    answer = models.CharField(max_length=20, blank=True)
    severity = models.CharField(max_length=10, blank=True)
    action = models.CharField(max_length=200, blank=True)
    subject_told_at = models.DateTimeField(null=True)


class IncidentEvent(Kept):
    """One line of an incident's timeline: who did what, when, in their own words.

    It goes only with its incident, when a person is erased.
    """

    purgeable = True
    incident = models.CharField(max_length=300, db_index=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=30)
    text = models.TextField(blank=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta(Kept.Meta):
        abstract = False
        ordering = ["at", "pk"]
        verbose_name = "incident event"

    def __str__(self) -> str:
        return f"{self.kind} of {self.incident}"
