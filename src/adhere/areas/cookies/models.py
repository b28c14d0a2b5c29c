"""What this area keeps: the inventory, the notices made of it, and what visitors answered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from adhere.areas.cookies import scan_models  # noqa: F401 (Django looks for tables here alone)
from adhere.core.models import Entry, Fact, Kept

KINDS = (
    "cookie",
    "local-storage",
    "session-storage",
    "indexed-db",
    "cache",
    "pixel",
    "script",
    "iframe",
    "request",
    "other",
)
PARTIES = FIRST, THIRD = ("first", "third")
METHODS = ("accept", "reject", "save", "withdraw", "gpc")


class Site(models.Model):
    """A website that shows the banner.

    ``origins`` are exact, such as ``https://www.example.com``. ``cookie_domain`` is empty for a
    cookie of the one host, or ``.example.com``. Sites of one ``group`` share an answer.
    ``settings`` holds what ``config.SETTINGS`` names.
    """

    slug = models.CharField(max_length=40, primary_key=True)
    title = models.CharField(max_length=200)
    origins = models.JSONField(default=list)
    cookie_domain = models.CharField(max_length=253, blank=True)
    group = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=2, default="en")
    languages = models.JSONField(default=list)
    settings = models.JSONField(default=dict)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.title


class Tracker(Fact):
    """One tracker of the inventory. ``site`` empty means every site.

    ``retention`` stands as the company wrote it; ``reason`` says what it does, and why it is
    strictly necessary where it is; ``note`` why a person recorded this row.
    """

    name = models.CharField(max_length=120)
    tracker_kind = models.CharField(max_length=20)
    domain = models.CharField(max_length=150)
    party = models.CharField(max_length=10)
    vendor = models.CharField(max_length=200)
    purpose = models.CharField(max_length=40, db_index=True)
    strictly_necessary = models.BooleanField()
    retention = models.CharField(max_length=200)
    site = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    note = models.CharField(max_length=500, blank=True)


class Review(Fact):
    """Somebody looked through the inventory and said that each tracker is worth having."""

    at = models.DateTimeField()
    reviewer = models.CharField(max_length=200)
    note = models.CharField(max_length=500, blank=True)


class Purpose(models.Model):
    """Why trackers are used. ``words`` by language, empty where the shipped ones serve.

    ``signals`` are the keys of Google's consent mode that a consent to this purpose grants.
    """

    slug = models.CharField(max_length=40, primary_key=True)
    order = models.PositiveSmallIntegerField(default=0)
    necessary = models.BooleanField(default=False)
    signals = models.JSONField(default=list, blank=True)
    words = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return self.slug


class Vendor(models.Model):
    """Who receives what a tracker collects. ``hosts`` are what its consent opens the wall for."""

    name = models.CharField(max_length=200, primary_key=True)
    url = models.URLField(blank=True)
    policy_url = models.URLField(blank=True)
    country = models.CharField(max_length=2, blank=True)
    hosts = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Notice(Kept):
    """Exactly what a banner shows in one language, as canonical JSON under its own SHA-256."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    site = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=2)
    content = models.TextField()
    policy_version = models.PositiveIntegerField()
    published_at = models.DateTimeField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["site", "-number", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "number", "language"], name="notice_numbered_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.site} {self.number} {self.language}"


class ConsentRecord(Kept):
    """One answer of one browser: every purpose it was asked for, given and refused alike.

    Written by the edge. ``subject`` is a random key, nobody's name. Whether it still counts
    (withdrawn since, expired) follows from later records and ``expires_at``.
    """

    purgeable: ClassVar[bool] = True

    id = models.CharField(max_length=32, primary_key=True)
    site = models.CharField(max_length=40)
    notice = models.CharField(max_length=64)
    language = models.CharField(max_length=2)
    method = models.CharField(max_length=8)
    purposes = models.JSONField()
    subject = models.CharField(max_length=32)
    previous = models.CharField(max_length=32, blank=True)
    token_hash = models.CharField(max_length=64)
    family = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["site", "at"], name="consents_of_site"),
            models.Index(fields=["subject", "at"], name="consents_of_subject"),
            # The list of records is in the order of time, whatever narrows it.
            models.Index(fields=["at"], name="consents_listed"),
            models.Index(fields=["language", "at"], name="consents_listed_in_language"),
            models.Index(
                fields=["at"], name="consents_changing", condition=models.Q(previous__gt="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site} {self.id}"


class ConsentCount(models.Model):
    """How many records of one closed day say the same, so that rates stay quick to read.

    ``replaced`` of them were followed by a later answer of the same browser. ``purposes`` is
    JSON in sorted order, single vendors left out. ``expires_on`` is when the last of them does.
    Nobody can be told apart here, so that these numbers outlast the records.
    """

    day = models.DateField()
    site = models.CharField(max_length=40)
    notice = models.CharField(max_length=64)
    language = models.CharField(max_length=2)
    method = models.CharField(max_length=8)
    purposes = models.TextField()
    expires_on = models.DateField()
    count = models.PositiveIntegerField()
    replaced = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "site", "notice", "language", "method", "purposes"],
                name="consents_counted_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.site} {self.day} {self.count}"


class Proposal(models.Model):
    """A tracker read in a document: a person answers what it leaves open, then accepts it.

    ``values`` are import cells by column; what the document does not say is an empty cell.
    """

    document = models.CharField(max_length=300)
    line = models.PositiveIntegerField()
    values = models.JSONField()
    quote = models.TextField(blank=True)
    proposed_at = models.DateTimeField()
    decided = models.CharField(max_length=10, blank=True)
    decided_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.values.get("name", ""))
