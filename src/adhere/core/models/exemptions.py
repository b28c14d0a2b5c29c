"""Written consent of the security team to depart from a clause."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from adhere.core.models.facts import Fact


class Exemption(Fact):
    """Who may depart from what, why, from when until when, and who consented.

    ``clause`` is ``policy/clause``. Both days are inclusive. That the granter is neither
    requester nor subject, and that reason and end are given, holds in the database too.
    """

    clause = models.CharField(max_length=210)
    subject = models.CharField(max_length=300)
    reason = models.TextField()
    requested_by = models.CharField(max_length=200)
    requested_at = models.DateTimeField()
    granted_by = models.CharField(max_length=200)
    granted_at = models.DateTimeField()
    start = models.DateField()
    until = models.DateField()

    class Meta(Fact.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="exemption_has_reason"),
            models.CheckConstraint(
                condition=~Q(granted_by="") & ~Q(requested_by=""), name="exemption_has_consent"
            ),
            models.CheckConstraint(
                condition=~Q(granted_by=F("requested_by")), name="exemption_granter_not_requester"
            ),
            models.CheckConstraint(
                condition=~Q(granted_by=F("subject")), name="exemption_granter_not_subject"
            ),
            models.CheckConstraint(condition=Q(until__gte=F("start")), name="exemption_ends"),
            models.CheckConstraint(
                condition=Q(granted_at__gte=F("requested_at")), name="exemption_asked_first"
            ),
        ]
