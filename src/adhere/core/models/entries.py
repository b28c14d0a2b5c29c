"""What the ledger commits to: a record, its secret, and its place in the tree."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One record as canonical JSON (RFC 8785) with the secret of its commitment.

    ``index`` is the leaf's place once the sequencer took it. Erasing empties ``record`` and
    ``secret``; the commitment stays, random without them.
    """

    kind = models.CharField(max_length=60)
    record = models.TextField(blank=True)
    secret = models.BinaryField(blank=True)
    commitment = models.BinaryField()
    person = models.CharField(max_length=200, blank=True, db_index=True)
    recorded_at = models.DateTimeField()
    index = models.BigIntegerField(null=True, unique=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["kind", "recorded_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.index if self.index is not None else 'waiting'}"
