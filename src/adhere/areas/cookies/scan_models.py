"""What this area keeps of scans: each as it was, what it saw, who corrected it, what comes next."""

from __future__ import annotations

from django.db import models

from adhere.core.models import Entry, Fact, Kept

EVERY = ("daily", "weekly", "monthly")
LONGEST_NAME, LONGEST_HOST = 300, 253


class Scan(Kept):
    """One scan of a website that came to its end. ``report`` is the JSON of ``adhere scan``.

    The ledger commits to its ``sha256``. ``by`` is empty where the schedule asked for it.
    ``browser`` names the browser, which had proved beforehand that it sees what is stored.
    Pictures and traffic lie in files beside the database, and go when their time is up.
    """

    site = models.CharField(max_length=40)
    url = models.CharField(max_length=500)
    started = models.DateTimeField(db_index=True)
    finished = models.DateTimeField()
    report = models.TextField()
    sha256 = models.CharField(max_length=64)
    errors = models.PositiveIntegerField()
    warnings = models.PositiveIntegerField()
    notes = models.PositiveIntegerField()
    browser = models.CharField(max_length=100, blank=True)
    by = models.CharField(max_length=200, blank=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-started"]
        indexes = [models.Index(fields=["site", "started"], name="scans_of_site")]

    def __str__(self) -> str:
        return f"{self.site} {self.started:%Y-%m-%d %H:%M}"


class TrackerSeen(models.Model):
    """One tracker as one scan saw it; of these rows a tracker's life is made."""

    scan = models.ForeignKey(Scan, on_delete=models.PROTECT, related_name="trackers")
    site = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=LONGEST_NAME)
    domain = models.CharField(max_length=LONGEST_HOST)
    party = models.CharField(max_length=10)
    vendor = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=40, blank=True)
    lifetime_seconds = models.BigIntegerField(null=True)
    set_by = models.CharField(max_length=500, blank=True)
    first_state = models.CharField(max_length=60, blank=True)
    states = models.JSONField(default=list)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["site", "kind", "name"], name="seen_of_tracker")]

    def __str__(self) -> str:
        return f"{self.name} ({self.domain})"


class Correction(Fact):
    """What a person knows better than the data about a tracker: its vendor and purpose, and why.

    ``domain`` empty means wherever a tracker of that name is set.
    """

    name = models.CharField(max_length=LONGEST_NAME)
    domain = models.CharField(max_length=LONGEST_HOST, blank=True)
    vendor = models.CharField(max_length=200)
    purpose = models.CharField(max_length=40)
    reason = models.CharField(max_length=500)


class ScanPlan(models.Model):
    """How often a website is scanned by itself, and from which page; ``asked_on`` is the last time.

    ``every`` empty is never; ``url`` empty is the first of the website's addresses.
    """

    site = models.CharField(max_length=40, primary_key=True)
    url = models.CharField(max_length=500, blank=True)
    every = models.CharField(max_length=10, blank=True)
    max_pages = models.PositiveIntegerField(default=20)
    asked_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.site} {self.every}"


class ScanJob(models.Model):
    """A scan asked for: how far it is, and how it ended. ``failure`` is one plain sentence.

    ``done`` of ``planned`` pages, each in its states; ``at`` is the one just looked at.
    """

    site = models.CharField(max_length=40)
    url = models.CharField(max_length=500)
    max_pages = models.PositiveIntegerField(default=20)
    by = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    planned = models.PositiveIntegerField(default=0)
    at = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=60, blank=True)
    failure = models.CharField(max_length=500, blank=True)
    scan = models.ForeignKey(Scan, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"{self.site} {self.asked_at:%Y-%m-%d %H:%M}"
