"""The company that decides (GDPR Art. 4(7))."""

from __future__ import annotations

from django.db import models


class Controller(models.Model):
    """One row: who publishes the policies and where they can be reached."""

    name = models.CharField(max_length=200, default="Your company")
    registration = models.CharField(max_length=100, blank=True)
    address = models.TextField(blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_controller"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> Controller:
        """The company, with plain defaults until somebody fills it in."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)
