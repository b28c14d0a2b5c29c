"""What this area keeps of the people at the door: facts, and the arrangements around a visit."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from adhere.core.models import Entry, Fact, Kept, Person


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


class Announcement(models.Model):
    """A visit to come, once or by a rule (RFC 5545 RRULE); ``sequence`` counts its changes.

    A walk-in stands at the desk unannounced and waits for its host: approved, refused or neither.
    """

    host = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    company = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    rule = models.CharField(max_length=200, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    cancelled_at = models.DateTimeField(null=True)
    walk_in = models.BooleanField(default=False)
    approved_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    made_by = models.CharField(max_length=254)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"announcement {self.pk}"


class Invited(models.Model):
    """One announced visitor, and the code that signs them in. ``removed_at``: no longer invited."""

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="invited")
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2)
    code = models.CharField(max_length=8, unique=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"invited {self.pk}"


class Stay(models.Model):
    """What the desk knows beside a visit: its badge's secret, and who was told when.

    ``swept_on`` is the evening on which the visitor had not signed out.
    """

    visit = models.CharField(max_length=300, primary_key=True)
    invited = models.ForeignKey(Invited, null=True, on_delete=models.SET_NULL, related_name="stays")
    secret = models.CharField(max_length=32, unique=True)
    told_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    swept_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"stay {self.visit}"


class Signed(Kept):
    """The house rules as a visitor signed them: drawn as a PNG picture, or the typed name."""

    purgeable: ClassVar[bool] = True

    visit = models.CharField(max_length=300, unique=True)
    language = models.CharField(max_length=2)
    rules = models.TextField()
    drawn = models.BinaryField()
    typed = models.CharField(max_length=200, blank=True)
    photo = models.BinaryField(null=True)
    at = models.DateTimeField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"signed at {self.visit}"


class Badge(models.Model):
    """A badge of plastic that comes back and goes out again."""

    number = models.CharField(max_length=40, primary_key=True)
    lost = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return self.number


class Desk(models.Model):
    """A tablet at the door. Only the SHA-256 of its secret is kept."""

    name = models.CharField(max_length=100)
    secret_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class DeskSettings(models.Model):
    """One row: how long visitors' data is kept, whether photos are asked for, the house rules.

    ``rules`` maps a language to a text of the company's own; a language without one has ours.
    """

    retention_days = models.PositiveIntegerField(default=90)
    photo = models.BooleanField(default=False)
    rules = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_desk_settings"),
        ]

    def __str__(self) -> str:
        return "desk settings"

    @classmethod
    def current(cls) -> DeskSettings:
        """The settings, with their defaults until somebody changes them."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)


class AccountedFor(models.Model):
    """A tick of the roll call outside: the newest word on one visitor."""

    visit = models.CharField(max_length=300, primary_key=True)
    present = models.BooleanField()
    at = models.DateTimeField()
    by = models.CharField(max_length=254)

    def __str__(self) -> str:
        return f"{self.visit} at {self.at:%H:%M}"
