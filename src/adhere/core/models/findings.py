"""Runs, and findings as they persist from run to run."""

from __future__ import annotations

from django.db import models


class Run(models.Model):
    """One execution of all checks."""

    day = models.DateField()
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"run of {self.started_at:%Y-%m-%d %H:%M}"


class FindingRecord(models.Model):
    """A verdict for as long as it held: one row from ``first_seen`` to ``resolved_at``.

    A changed state closes the row and opens another, so a subject's history stays readable.
    ``since`` is what the check says, else the day it was first seen. ``reopened`` counts how
    often the same thing had been not satisfied and resolved before.
    """

    policy = models.CharField(max_length=100)
    clause = models.CharField(max_length=100)
    check_name = models.CharField(max_length=100)
    strength = models.CharField(max_length=20)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=300)
    subject_name = models.CharField(max_length=300)
    state = models.CharField(max_length=20)
    why = models.TextField()
    facts = models.JSONField(default=list)
    exemption = models.CharField(max_length=300, blank=True)
    since = models.DateField(null=True)
    reopened = models.PositiveIntegerField(default=0)
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "clause", "check_name", "subject_kind", "subject_id"],
                condition=models.Q(resolved_at=None),
                name="one_open_finding",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "resolved_at"]),
            models.Index(fields=["policy", "clause", "resolved_at", "state"]),
        ]

    def __str__(self) -> str:
        return f"{self.policy}/{self.clause} {self.subject_name}: {self.state}"
