"""Policies and their immutable published versions."""

from __future__ import annotations

from typing import Any

from django.db import models

from adhere.core.models.entries import Entry


class Policy(models.Model):
    """The document, through all its versions."""

    slug = models.SlugField(max_length=100, primary_key=True)
    title = models.CharField(max_length=200)
    owner = models.CharField(max_length=100)
    audience = models.CharField(max_length=100)

    class Meta:
        ordering = ["slug"]
        verbose_name_plural = "policies"

    def __str__(self) -> str:
        return self.title


class PolicyVersion(models.Model):
    """One published version: the same clauses in one or more languages.

    ``sha256`` is that of the text in the version's own ``language``, to which the checks are bound.
    ``material`` names the clauses whose change has to be accepted and understood anew: None is
    every changed one, an empty list none at all.
    """

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    language = models.CharField(max_length=2)
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    changes = models.TextField(blank=True)
    material = models.JSONField(null=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["policy", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="version_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.policy_id} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("a published version is never changed: publish a new one")
        super().save(*args, **kwargs)


class PolicyText(models.Model):
    """The exact text of a version in one language, as it was published.

    ``changes`` explains the version in this language where its publisher did so.
    """

    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=200)
    text = models.TextField()
    sha256 = models.CharField(max_length=64, db_index=True)
    changes = models.TextField(blank=True)

    class Meta:
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(fields=["version", "language"], name="one_text_a_language"),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.language}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("a published text is never changed: publish a new version")
        super().save(*args, **kwargs)
