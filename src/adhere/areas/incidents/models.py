"""What this area keeps beside the incidents themselves: how they are handled, and photos."""

from __future__ import annotations

from django.db import models

from adhere.core.models import IncidentEvent, Kept


class Handling(models.Model):
    """One row: how this company handles reports.

    ``anonymous`` lets people report without their name. ``take_within`` is in minutes: after
    that a report nobody has taken goes further. ``places`` has one place a line.
    """

    anonymous = models.BooleanField(default=False)
    take_within = models.PositiveIntegerField(default=15)
    places = models.TextField(blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_handling")]

    def __str__(self) -> str:
        return "how reports are handled"

    @classmethod
    def current(cls) -> Handling:
        """What was chosen, or plain defaults."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)


class Photo(Kept):
    """A picture that came with a report, as JPEG. It goes with its line of the timeline."""

    purgeable = True
    event = models.OneToOneField(IncidentEvent, on_delete=models.CASCADE, related_name="photo")
    jpeg = models.BinaryField()

    class Meta(Kept.Meta):
        abstract = False
        verbose_name = "photo"

    def __str__(self) -> str:
        return f"photo of {self.event.incident}"
