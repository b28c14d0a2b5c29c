"""What this area keeps: how far somebody has come with the questions, and who was reminded."""

from __future__ import annotations

from django.db import models

from adhere.core.models import Person


class Attempt(models.Model):
    """The questions about a version put to a person, kept between two visits.

    Which question comes next follows from ``seed``, ``clauses``, ``answers`` and ``round`` alone.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    policy = models.CharField(max_length=100)
    version = models.PositiveIntegerField()
    seed = models.CharField(max_length=32)
    clauses = models.JSONField(default=list)
    answers = models.JSONField(default=list)
    round = models.PositiveIntegerField(default=1)
    begun_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "policy", "version"], name="one_attempt_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.policy} {self.version}"


class Nudge(models.Model):
    """Somebody of the security team reminded a person of a policy, ``sent`` by mail or not."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    policy = models.CharField(max_length=100)
    by = models.CharField(max_length=200)
    at = models.DateTimeField()
    sent = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["policy", "person"], name="conduct_nudge_policy_idx")]

    def __str__(self) -> str:
        return f"{self.person_id} of {self.policy}"
