"""The abstract base of every kind of fact: append-only, corrected by a newer row."""

from __future__ import annotations

from typing import Any

from django.db import models

from adhere.core.models.entries import Entry


class Fact(models.Model):
    """Something recorded about the world.

    ``happened_at`` is when it was so, ``recorded_at`` when we learnt it. A correction is a new
    row with the same ``key`` that ``supersedes`` the old one; ``retracted`` takes it back.
    """

    key = models.CharField(max_length=300)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    source = models.CharField(max_length=40)
    recorder = models.CharField(max_length=200, blank=True)
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    retracted = models.BooleanField(default=False)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["key", "recorded_at"])]

    def __str__(self) -> str:
        return self.key

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Facts are added, never changed; corrections are rows of their own."""
        if not self._state.adding:
            raise TypeError("a fact is never changed: record a correction")
        super().save(*args, **kwargs)
