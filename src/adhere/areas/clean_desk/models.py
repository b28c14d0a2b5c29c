"""What this area keeps: facts, and around them rotas, notices and photos, which are no facts."""

from __future__ import annotations

from typing import Any

from django.db import models

from adhere.core.models import Fact, Person

HELD, SKIPPED = OUTCOMES = ("held", "skipped")
PAPERS, KEYS = FOUND = ("papers", "keys")
SCREENS = ("yes", "no", "none")
OWNER, SUPERVISOR = ("owner", "supervisor")


def current(model: type[Fact]) -> models.QuerySet[Any]:
    """The newest version of each fact that was not taken back."""
    rows: Any = model._default_manager  # the abstract base has no queries of its own
    found: models.QuerySet[Any] = rows.filter(superseded_by=None, retracted=False)
    return found


class InspectionRecord(Fact):
    """What a round found at one workplace."""

    inspector = models.CharField(max_length=200)
    place = models.CharField(max_length=200, db_index=True)
    desk_of = models.CharField(max_length=200, blank=True, db_index=True)
    desk_clear = models.BooleanField()
    screen_locked = models.CharField(max_length=4)
    note = models.TextField(blank=True)
    found = models.JSONField(default=list)

    @property
    def amiss(self) -> bool:
        """Whether anything was not as it should be."""
        return not self.desk_clear or self.screen_locked == "no"


class WorkplaceRecord(Fact):
    """A desk that rounds look at; ``until`` is the last day of its use."""

    place = models.CharField(max_length=200, db_index=True)
    floor = models.CharField(max_length=100, db_index=True)
    desk_of = models.CharField(max_length=200, blank=True, db_index=True)
    since = models.DateField()
    until = models.DateField(null=True)


class RoundRecord(Fact):
    """How a round of a floor ended, and which workplaces nobody looked at."""

    floor = models.CharField(max_length=100, db_index=True)
    day = models.DateField(db_index=True)
    inspector = models.CharField(max_length=200)
    outcome = models.CharField(max_length=10)
    unseen = models.JSONField(default=list)
    reason = models.TextField(blank=True)


class Rota(models.Model):
    """On which days a floor is walked, and by whom in turn.

    ``weekdays`` count from Monday, 0; ``weeks`` is 1 for every week, 2 for every other.
    ``sample`` is how many workplaces a round looks at; None is all of them.
    """

    floor = models.CharField(max_length=100, primary_key=True)
    weekdays = models.JSONField(default=list)
    weeks = models.PositiveSmallIntegerField(default=1)
    starts = models.DateField()
    inspectors = models.JSONField(default=list)
    sample = models.PositiveIntegerField(null=True, blank=True)
    photos = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"rota of {self.floor}"


class Notice(models.Model):
    """Somebody was told what a round found; ``answered_at`` is when they said it is put right."""

    inspection = models.CharField(max_length=300)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    part = models.CharField(max_length=10)
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "person"], name="one_notice_a_finding")
        ]

    def __str__(self) -> str:
        return f"{self.inspection} to {self.person_id}"


class Photo(models.Model):
    """A small picture of what an inspection found; deleted after ``photos.KEPT``."""

    inspection = models.CharField(max_length=300, primary_key=True)
    image = models.BinaryField()
    taken_by = models.CharField(max_length=200)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"photo of {self.inspection}"
