"""At the door: who is expected, signing in and out, walk-ins, badges."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from adhere.areas.visitors import telling
from adhere.areas.visitors.announcing import Guest, expected_on, new_code, takes_place
from adhere.areas.visitors.models import (
    Announcement,
    Badge,
    Invited,
    Signed,
    Stay,
    VisitRecord,
    visits,
)
from adhere.areas.visitors.records import VISITS, validate
from adhere.areas.visitors.rules import rules_in
from adhere.core.locking import wait_for_turn
from adhere.core.models import Person
from adhere.core.recording import Origin, day_of, make_entry, record
from adhere.errors import Problem

FIELDS = ("key", "visitor", "company", "host", "arrived_at", "left_at", "registered",
          "accompanied_by", "badge", "badge_returned")  # fmt: skip
WAITING = "wait for your host, or ask at the front desk"
RULES = "visit-rules"


@dataclass(frozen=True)
class Signature:
    """What a visitor gave when signing: a PNG picture or a typed name, and perhaps a photo."""

    language: str
    drawn: bytes = b""
    typed: str = ""
    photo: bytes | None = None


def plain(name: str) -> str:
    """A name without case, accents and doubled spaces."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(each for each in letters if not unicodedata.combining(each)).split())


def expected(words: str, now: datetime) -> Invited:
    """The invitation behind a code or a whole name; a ``Problem`` where there is none today."""
    words = words.strip()[:200].replace("\x00", "")
    today = day_of(now)
    by_code = Invited.objects.select_related("announcement__host").filter(
        code=words.upper().replace(" ", ""), removed_at=None
    )
    invited = by_code.first()
    if invited is None:
        named = [each for each in expected_on(today) if plain(each.name) == plain(words)]
        open_now = [each for each in named if inside_of(each) is None] or named
        if len(open_now) > 1:
            raise Problem("two visitors of that name are expected", expected="your code")
        if not open_now:
            message = "nobody is expected by that code or name today"
            raise Problem(message, expected="your code, or your whole name as you were invited")
        invited = open_now[0]
    _may_enter(invited, today)
    return invited


def _may_enter(invited: Invited, today: Any) -> None:
    announcement = invited.announcement
    if announcement.walk_in and not announcement.approved_at:
        raise Problem("your host has not let you in yet", expected=WAITING)
    if not takes_place(announcement, today):
        message = "this invitation is not for today"
        raise Problem(message, expected="the day of your invitation, or the front desk")


def inside_of(invited: Invited) -> VisitRecord | None:
    """The visit that is going on for an invitation."""
    keys = list(invited.stays.values_list("visit", flat=True))
    found: VisitRecord | None = visits().filter(key__in=keys, left_at=None).first()
    return found


def inside() -> Any:
    """Who is in the building now, or never signed out; the longest there first."""
    return visits().filter(left_at=None).order_by("arrived_at", "pk")


@transaction.atomic
def sign_in(invited: Invited, signature: Signature, recorder: str) -> VisitRecord:
    """Record that an expected visitor is here; the host is told once it is stored."""
    wait_for_turn("visitors/desk")
    now = timezone.now().replace(microsecond=0)
    _may_enter(invited, day_of(now))
    going_on = inside_of(invited)
    if going_on is not None:
        message = f"{invited.name} is signed in already"
        raise Problem(message, expected="signing out first")
    if not signature.drawn and not signature.typed.strip():
        raise Problem("the house rules are not signed", expected="a signature, or your name typed")
    key = _free_key(invited, now)
    announcement = invited.announcement
    row = {
        "key": key,
        "visitor": invited.name,
        "company": announcement.company,
        "host": announcement.host_id,
        "arrived_at": now,
        "left_at": None,
        "registered": True,
        "accompanied_by": "",
        "badge": free_badge(),
        "badge_returned": None,
    }
    _record(row, recorder)
    Stay.objects.create(visit=key, invited=invited, secret=secrets.token_hex(16))
    _sign(key, signature, now)
    transaction.on_commit(lambda: telling.tell_host.enqueue(key))
    found: VisitRecord = visits().get(key=key)
    return found


def _free_key(invited: Invited, now: datetime) -> str:
    stem = f"visit-{invited.pk}-{day_of(now)}"
    number = Stay.objects.filter(visit__startswith=stem).count()
    return f"{stem}-{number + 1}" if number else stem


def _sign(key: str, signature: Signature, now: datetime) -> None:
    rules = rules_in(signature.language)
    entry = make_entry(
        RULES,
        {
            "visit": key,
            "language": signature.language,
            "rules_sha256": _sha256(rules.encode()),
            "signature_sha256": _sha256(signature.drawn or signature.typed.encode()),
            "at": now,
        },
        "",
        now,
    )
    entry.save()
    Signed.objects.create(
        visit=key,
        language=signature.language,
        rules=rules,
        drawn=signature.drawn,
        typed=signature.typed.strip()[:200],
        photo=signature.photo,
        at=now,
        entry=entry,
    )


def _sha256(value: bytes) -> str:
    return hashlib.sha256(value).hexdigest()


def free_badge() -> str:
    """The first badge that hangs on the board, or nothing where none does."""
    out = set(badges_out().values_list("badge", flat=True))
    free = [each.number for each in Badge.objects.filter(lost=False) if each.number not in out]
    return min(free, key=lambda number: (len(number), number), default="")


def badges_out() -> Any:
    """Visits whose badge is not back."""
    return visits().exclude(badge="").filter(Q(left_at=None) | Q(badge_returned=False))


def row_of(visit: VisitRecord) -> dict[str, Any]:
    """A visit's own values, as ``record`` takes them."""
    return {name: getattr(visit, name) for name in FIELDS}


def correct(visit: VisitRecord, recorder: str, **changed: Any) -> None:
    """Record a visit anew with some values changed; a ``Problem`` where they cannot be."""
    with transaction.atomic():
        wait_for_turn("visitors/desk")
        _record({**row_of(visit), **changed}, recorder)


def _record(row: dict[str, Any], recorder: str) -> None:
    now = timezone.now()
    validate([(0, row)], now)
    record(VISITS, [row], Origin("desk", recorder, now))


def present(words: str) -> VisitRecord:
    """Who signs out: by the badge's code or number, or the whole name."""
    words = words.strip()[:300].replace("\x00", "")
    secret = words.rstrip("/").rpartition("/")[2]
    stay = Stay.objects.filter(Q(secret=secret) | Q(invited__code=words.upper())).first()
    rows = list(inside())
    found = [row for row in rows if stay and row.key == stay.visit]
    found = found or [row for row in rows if row.badge and row.badge == words]
    found = found or [row for row in rows if plain(row.visitor) == plain(words)]
    if len(found) > 1:
        raise Problem("two visitors of that name are inside", expected="the code on your badge")
    if not found:
        message = "nobody is signed in by that badge or name"
        raise Problem(message, expected="the code or number on your badge, or your whole name")
    leaving: VisitRecord = found[0]
    return leaving


def sign_out(visit: VisitRecord, recorder: str, *, returned: bool | None = None) -> None:
    """Record that a visitor leaves now; ``returned`` says whether the badge came back."""
    if visit.left_at:
        raise Problem(f"{visit.visitor} has left already", expected="a visitor who is inside")
    kept = returned if visit.badge else None
    now = timezone.now().replace(microsecond=0)
    correct(visit, recorder, left_at=max(now, visit.arrived_at), badge_returned=kept)


def host_named(words: str, now: datetime) -> Person:
    """The one host of a whole name or address. A visitor is shown no list of who works here."""
    today = day_of(now)
    at_work = Person.objects.filter(joined__lte=today).exclude(left__lt=today)
    wanted = plain(words)
    found = [each for each in at_work if wanted in {plain(each.name), each.email.casefold()}]
    if wanted and len(found) == 1:
        return found[0]
    message = "no host is known by that name"
    raise Problem(message, field="host", expected="your host's first and last name, or e-mail")


@transaction.atomic
def walk_in(guests: Sequence[Guest], host: Person, company: str, purpose: str) -> Announcement:
    """Somebody unannounced asks for a host, who is told and decides."""
    now = timezone.now()
    made = Announcement.objects.create(
        host=host,
        company=company,
        purpose=purpose,
        starts_at=now,
        ends_at=now,
        walk_in=True,
        made_by="desk",
        made_at=now,
    )
    for guest in guests:
        made.invited.create(
            name=guest.name, email=guest.email, language=guest.language, code=new_code()
        )
    transaction.on_commit(lambda: telling.ask_host.enqueue(made.pk))
    return made


def decide(announcement: Announcement, *, let_in: bool) -> None:
    """The host's word on a walk-in; it may be turned until the visitor is inside."""
    now = timezone.now()
    announcement.approved_at = now if let_in else None
    announcement.refused_at = None if let_in else now
    announcement.save()
