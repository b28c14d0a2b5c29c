"""Written requests for consent, and what the security team decided of them."""

from __future__ import annotations

from django.db import models

from adhere.core.models.entries import Entry
from adhere.core.models.kept import Kept

DECISIONS = ("consent", "refuse", "withdraw", "end")


class Request(Kept):
    """Somebody asks for consent: an exemption, a change to a system, a piece of software.

    ``clauses`` are ``policy/clause``. ``subject`` is who or what it is for. ``scope`` holds what
    else bounds it, such as hosts and times. ``persons`` is how many have to consent. ``renews``
    is the request that it continues. It goes only when a person is erased.
    """

    purgeable = True
    key = models.CharField(max_length=40, unique=True)
    sort = models.CharField(max_length=20)
    template = models.CharField(max_length=40, blank=True)
    clauses = models.JSONField(default=list)
    subject = models.CharField(max_length=300)
    what = models.CharField(max_length=200, blank=True)
    reason = models.TextField()
    risk = models.TextField(blank=True)
    scope = models.JSONField(default=dict)
    start = models.DateField()
    until = models.DateField()
    requested_by = models.CharField(max_length=200, db_index=True)
    requested_at = models.DateTimeField()
    persons = models.PositiveSmallIntegerField(default=1)
    renews = models.CharField(max_length=40, blank=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta(Kept.Meta):
        abstract = False
        ordering = ["-requested_at", "-pk"]
        verbose_name = "request"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("start")), name="request_ends"
            ),
            models.CheckConstraint(
                condition=~models.Q(reason="") & ~models.Q(requested_by=""),
                name="request_has_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(persons__in=(1, 2)), name="request_needs_consent"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Decision(Kept):
    """What one person decided of a request: ``consent``, ``refuse``, ``withdraw`` or ``end``.

    ``text`` holds the conditions of a consent, or the reason. It goes only with its request.
    """

    purgeable = True
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="decisions")
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    decision = models.CharField(max_length=10)
    text = models.TextField(blank=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta(Kept.Meta):
        abstract = False
        ordering = ["at", "pk"]
        verbose_name = "decision"
        constraints = [
            models.UniqueConstraint(fields=["request", "by", "decision"], name="decided_once"),
            models.CheckConstraint(
                condition=models.Q(decision__in=DECISIONS), name="decided_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision} by {self.by}"
