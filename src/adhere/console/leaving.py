"""Whoever left is signed out at once, whichever way it became known."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone

from adhere.console.models import Account, OneTimeLink
from adhere.core.people import people_left


@receiver(people_left, dispatch_uid="console-leaving")
def _left(sender: object, keys: Sequence[str], **rest: Any) -> None:
    transaction.on_commit(partial(end_access, keys))


def end_access(keys: Sequence[str]) -> int:
    """Sign out those of these people who may sign in no more; how many sessions ended.

    Their open sign-in links are void too. Each request asks again, so nothing hangs on this.
    """
    now = timezone.now()
    found = Account.objects.select_related("person").filter(person__in=keys)
    over = {each.pk for each in found if each.ended(now)}
    if not over:
        return 0
    OneTimeLink.objects.filter(account__in=over, used_at=None).update(expires_at=now)
    held = {str(pk) for pk in over}
    current = Session.objects.filter(expire_date__gt=now).iterator()
    theirs = [each.pk for each in current if each.get_decoded().get(SESSION_KEY) in held]
    Session.objects.filter(pk__in=theirs).delete()
    return len(theirs)
