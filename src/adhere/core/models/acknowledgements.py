"""A person has read, understood and accepted a version of a policy."""

from __future__ import annotations

from django.db import models

from adhere.core.models.facts import Fact


class Acknowledgement(Fact):
    """Names the person, the exact text by its SHA-256, the language shown and the time.

    ``understanding`` holds the questions asked and the answers given, in the words shown; empty
    where none were asked.
    """

    person = models.CharField(max_length=200, db_index=True)
    policy = models.CharField(max_length=100)
    version = models.PositiveIntegerField()
    language = models.CharField(max_length=2)
    sha256 = models.CharField(max_length=64)
    score = models.PositiveSmallIntegerField(null=True)
    understanding = models.JSONField(default=dict)
