"""Invites an auditor: an account that only reads, until its last day, and a link to enter once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from adhere.console.auditing.models import Audit
from adhere.console.links import account_for, make_sign_in_link
from adhere.console.mailing import can_mail
from adhere.core.models import Controller
from adhere.core.recording import make_entry
from adhere.core.world import end_of
from adhere.errors import Problem

LASTS: Final = timedelta(days=3)  # how long the link of an invitation can be used


@transaction.atomic
def invite(wanted: dict[str, Any], by: str) -> tuple[Audit, str]:
    """The audit and its link. An address that may do more than audit is a ``Problem``."""
    account = account_for(wanted["email"], [])
    if account.roles - {"auditor"}:
        raise Problem(
            f"“{account.email}” is the account of somebody at work here",
            field="email",
            expected="an address that has no account, or one that only audits",
        )
    account.extra_roles = ["auditor"]
    account.ends_at = end_of(wanted["ends"])
    account.is_active = True
    account.save()
    audit, _made = Audit.objects.update_or_create(
        account=account,
        defaults={
            "name": wanted["name"],
            "policies": sorted(wanted["policies"]),
            "since": wanted["since"],
            "until": wanted["until"],
            "invited_by": by,
            "invited_at": timezone.now(),
        },
    )
    make_entry("audits", _entry(audit, wanted["ends"]), "", timezone.now()).save()
    return audit, make_sign_in_link(account, trusted=False, lasts=LASTS)


def _entry(audit: Audit, ends: date) -> dict[str, Any]:
    return {
        "account": audit.account.email,
        "name": audit.name,
        "policies": audit.policies,
        "since": audit.since,
        "until": audit.until,
        "ends": ends,
        "invited_by": audit.invited_by,
    }


def send(audit: Audit, link: str) -> bool:
    """Mail the link where there is a mail server; whether it went."""
    if not can_mail():
        return False
    context = {"audit": audit, "url": link, "controller": Controller.current()}
    text = render_to_string("auditing/invitation.txt", context)
    send_mail(_("You are invited to audit"), text, None, [audit.account.email])
    return True
