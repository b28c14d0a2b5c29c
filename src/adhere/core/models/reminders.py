"""What was sent to whom, so that nobody is reminded twice on one day."""

from __future__ import annotations

from django.db import models

from adhere.core.models.people import Person


class Reminder(models.Model):
    """One digest mail to one person. ``sent_at`` is empty while sending, and when it failed."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    email = models.CharField(max_length=254)
    language = models.CharField(max_length=2)
    tasks = models.JSONField(default=list)
    sent_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-day", "person"]
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_reminder_a_day")]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.day}"
