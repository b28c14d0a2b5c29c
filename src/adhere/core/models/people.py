"""Employees and contractors."""

from __future__ import annotations

from django.db import models

from adhere.core.models.facts import Fact


class PersonRecord(Fact):
    """What was known of a person from ``recorded_at`` on. ``left`` is the last day."""

    name = models.CharField(max_length=200)
    email = models.CharField(max_length=254, blank=True)
    role = models.CharField(max_length=20)
    supervisor = models.CharField(max_length=200, blank=True)
    teams = models.JSONField(default=list)
    joined = models.DateField()
    left = models.DateField(null=True)
    language = models.CharField(max_length=2)


class Person(models.Model):
    """A person as known now: the newest record, for sign-in, lists and links.

    ``shut_at`` is since when a directory lets them in no more; it is no fact and ends access only.
    """

    id = models.CharField(max_length=200, primary_key=True)
    name = models.CharField(max_length=200)
    email = models.CharField(max_length=254, blank=True, db_index=True)
    role = models.CharField(max_length=20)
    supervisor = models.CharField(max_length=200, blank=True, db_index=True)
    teams = models.JSONField(default=list)
    joined = models.DateField()
    left = models.DateField(null=True)
    language = models.CharField(max_length=2)
    shut_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "id"]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name
