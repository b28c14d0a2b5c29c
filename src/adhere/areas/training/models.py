"""What this area keeps: facts, and the arrangements around a session, which are no facts."""

from __future__ import annotations

from typing import Any

from django.db import models

from adhere.core.models import Fact, Person

ATTENDED, ABSENT, EXCUSED = OUTCOMES = ("attended", "absent", "excused")
REASONS = ("parental-leave", "illness", "career-break", "secondment", "other")


def current(model: type[Fact]) -> models.QuerySet[Any]:
    """The newest version of each fact that was not taken back."""
    rows: Any = model._default_manager  # the abstract base has no queries of its own
    found: models.QuerySet[Any] = rows.filter(superseded_by=None, retracted=False)
    return found


class TrainingSession(Fact):
    """One session of a programme; a new date or a cancellation is a correction."""

    programme = models.CharField(max_length=60, db_index=True)
    title = models.CharField(max_length=200)
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    cancelled = models.BooleanField(default=False)


class Attendance(Fact):
    """What became of one person at one session. ``at`` is when that was so."""

    session = models.CharField(max_length=200, db_index=True)
    person = models.CharField(max_length=200, db_index=True)
    outcome = models.CharField(max_length=10)
    at = models.DateTimeField()


class Absence(Fact):
    """A time away from work; ``until`` is the last day, None while nobody knows it."""

    person = models.CharField(max_length=200, db_index=True)
    start = models.DateField()
    until = models.DateField(null=True)
    reason = models.CharField(max_length=20, blank=True)


class Plan(models.Model):
    """Where a session is held, by whom, and for how many; ``capacity`` None is no limit."""

    session = models.CharField(max_length=200, primary_key=True)
    place = models.CharField(max_length=200, blank=True)
    trainer = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    capacity = models.PositiveIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return f"plan of {self.session}"


class SignUp(models.Model):
    """A person means to come. Those past the capacity wait, in the order they signed up."""

    session = models.CharField(max_length=200)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="one_sign_up_a_session")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.session}"


class Feed(models.Model):
    """A person's calendar address. Only the SHA-256 of its secret is kept."""

    person = models.OneToOneField(
        Person, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    secret_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"feed of {self.person_id}"
