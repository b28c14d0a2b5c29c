"""A withdrawal that a visitor asks of a person instead of the banner (GDPR Art. 7(3))."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from adhere.areas.cookies.consents.keeping import new_row
from adhere.areas.cookies.consents.proving import known_notice
from adhere.areas.cookies.edging.making import Wanted
from adhere.areas.cookies.edging.tokens import Tokens, token_hash
from adhere.areas.cookies.models import ConsentRecord
from adhere.core.locking import wait_for_turn
from adhere.core.sequencing import signer


def standing_consents(record: ConsentRecord) -> list[str]:
    """What a subject's last answer gives beyond the necessary: purposes, and single vendors."""
    necessary = known_notice(record).necessary
    return sorted(key for key, given in record.purposes.items() if given and key not in necessary)


@transaction.atomic
def withdraw_subject(subject: str) -> ConsentRecord | None:
    """Record that a browser's owner takes every consent back; None if none stands.

    The record is made as the edge makes one, so that it is proved and read in the same way.
    """
    wait_for_turn(f"consents/{subject}")
    last = ConsentRecord.objects.filter(subject=subject).order_by("-at", "-pk").first()
    if last is None or not (gone := standing_consents(last)):
        return None
    at = max(timezone.now(), last.at + timedelta(microseconds=1))
    name = f"{int(at.timestamp() * 1000):012x}{secrets.token_hex(10)}"
    token = token_hash(Tokens(signer()).read_token(name))
    purposes = {key: given and key not in gone for key, given in last.purposes.items()}
    wanted = Wanted(
        name, known_notice(last), "withdraw", purposes, subject, last.pk, token, "", at, gone
    )
    made = new_row(wanted)
    made.entry.save()
    made.entry = made.entry  # takes the id that the entry has just been given
    made.save()
    return made
