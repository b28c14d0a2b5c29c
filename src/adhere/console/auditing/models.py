"""Who was invited to audit what, what they opened, and what was made for them."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from adhere.console.models import Account


class Audit(models.Model):
    """An invitation: these policies, in this period, for this auditor. No policies means all."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="audit")
    name = models.CharField(max_length=200)
    policies = models.JSONField(default=list)
    since = models.DateField()
    until = models.DateField()
    invited_by = models.CharField(max_length=254)
    invited_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


class Opened(models.Model):
    """An auditor opened a page."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="opened")
    path = models.CharField(max_length=500)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.path


class Made(models.Model):
    """A bundle or a report that was asked for; ``content`` once the background made it."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="made")
    form = models.CharField(max_length=10)
    policy = models.CharField(max_length=100, blank=True)
    clause = models.CharField(max_length=100, blank=True)
    since = models.DateField()
    until = models.DateField()
    language = models.CharField(max_length=2)
    asked_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True)
    content = models.BinaryField(null=True)

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"{self.form} {self.policy} {self.clause}"
