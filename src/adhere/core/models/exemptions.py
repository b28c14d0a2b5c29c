"""Written consent of the security team to depart from a clause."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Lower, Replace, Trim
from django.db.models.lookups import Exact

from adhere.core.models.facts import Fact


def _same(left: models.Func, right: models.Func | str) -> Q:
    return Q(Exact(left, Value(right) if isinstance(right, str) else right))


def _bare(text: models.Func | str) -> models.Func:
    """A text without white space, which the database's own ``trim`` only knows in part."""
    for space in ("\t", "\n", "\r", "\u00a0"):
        text = Replace(text, Value(space), Value(""), output_field=models.TextField())
    return Trim(text)


def _who(field: str) -> models.Func:
    """An id without the spellings that could hide that two are one: case, space, ``person:``."""
    name = Replace(Lower(field), Value("person:"), Value(""), output_field=models.TextField())
    return _bare(name)


class Exemption(Fact):
    """Who may depart from what, why, from when until when, and who consented.

    ``clause`` is ``policy/clause``. Both days are inclusive. ``also_granted_by`` is the second
    person, for a clause that wants two. That neither is requester or subject, that they are two,
    and that reason and end are given, holds in the database too.
    """

    clause = models.CharField(max_length=210)
    subject = models.CharField(max_length=300)
    reason = models.TextField()
    requested_by = models.CharField(max_length=200)
    requested_at = models.DateTimeField()
    granted_by = models.CharField(max_length=200)
    granted_at = models.DateTimeField()
    also_granted_by = models.CharField(max_length=200, blank=True)
    start = models.DateField()
    until = models.DateField()

    class Meta(Fact.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                condition=~_same(_bare("reason"), ""), name="exemption_has_reason"
            ),
            models.CheckConstraint(
                condition=~_same(_bare("granted_by"), "") & ~_same(_bare("requested_by"), ""),
                name="exemption_has_consent",
            ),
            models.CheckConstraint(
                condition=~_same(_who("granted_by"), _who("requested_by")),
                name="exemption_granter_not_requester",
            ),
            models.CheckConstraint(
                condition=~_same(_who("granted_by"), _who("subject")),
                name="exemption_granter_not_subject",
            ),
            models.CheckConstraint(
                condition=_same(_bare("also_granted_by"), "")
                | ~_same(_who("also_granted_by"), _who("granted_by"))
                & ~_same(_who("also_granted_by"), _who("requested_by"))
                & ~_same(_who("also_granted_by"), _who("subject")),
                name="exemption_second_granter_is_another",
            ),
            models.CheckConstraint(condition=Q(until__gte=F("start")), name="exemption_ends"),
            models.CheckConstraint(
                condition=Q(granted_at__gte=F("requested_at")), name="exemption_asked_first"
            ),
        ]
