"""What a directory keeps here besides the facts about people."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.utils import timezone

from adhere.core.models import Person


class Token(models.Model):
    """A directory's bearer token. Only its SHA-256 is kept."""

    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(max_length=254)
    made_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["revoked_at", "-made_at"]

    def __str__(self) -> str:
        return self.name


class Listed(models.Model):
    """A person as a directory gave them.

    ``resource`` is what it said, ``facts`` what was recorded of it: where the person is known
    otherwise now, somebody corrected it since. ``forgotten_at`` is when the directory deleted
    them; the person and everything recorded of them stay.
    """

    person = models.OneToOneField(
        Person, primary_key=True, on_delete=models.CASCADE, related_name="listed"
    )
    user_name = models.CharField(max_length=300, unique=True)
    external_id = models.CharField(max_length=300, blank=True, db_index=True)
    resource: models.JSONField[Any, Any] = models.JSONField()
    facts: models.JSONField[Any, Any] = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(auto_now=True)
    forgotten_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.user_name


class Group(models.Model):
    """A group of the directory; its members are those in the team of that name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=200)
    team = models.CharField(max_length=200, unique=True)
    external_id = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
