"""The abstract base of what is kept exactly as it was: never changed, and mostly never deleted."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models


class Kept(models.Model):
    """A row that stands as it was written. ``purgeable`` ones may be deleted when their time is up.

    The database itself refuses the rest, see ``core.guarding``.
    """

    purgeable: ClassVar[bool] = False

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(f"a {self._meta.verbose_name} is never changed: add a new one")
        super().save(*args, **kwargs)
