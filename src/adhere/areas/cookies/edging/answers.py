"""What a visitor's browser sends, and whether it can be an answer to the notice it names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Literal

import msgspec

from adhere.areas.cookies.edging.families import family_of
from adhere.areas.cookies.edging.notices import KnownNotice
from adhere.areas.cookies.edging.sites import KnownSite
from adhere.edge.http import Refusal, Request

BODY_LIMIT = 8_192
RECENT = timedelta(days=7)
_TYPES = frozenset({"application/json", "text/plain"})
_SUBJECT = re.compile(r"[0-9a-f]{32}")
_KEY = re.compile(r"[0-9A-Za-z_-]{16,64}")
_REFUSALS = frozenset({"reject", "gpc"})


class Consent(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """The body of ``POST /e/{site}/consents``. ``key`` makes a retry the same answer."""

    notice: str
    language: str
    method: Literal["accept", "reject", "save", "withdraw", "gpc"]
    purposes: dict[str, bool]
    subject: str | None = None
    key: str | None = None


class Answered(msgspec.Struct, frozen=True):
    """An answer that fits its notice. ``stale`` says that the notice is out of use for long.

    ``mark`` are the twenty hex digits that an answer with this key has in its id; empty without.
    """

    site: KnownSite
    notice: KnownNotice
    method: str
    purposes: Mapping[str, bool]
    subject: str
    mark: str
    family: str
    stale: bool


def _mark(site: str, key: str) -> str:
    return sha256(f"{site}\n{key}".encode()).hexdigest()[:20] if key else ""


_decode = msgspec.json.Decoder(Consent).decode


def read(request: Request, site: KnownSite) -> Answered:
    """The answer in a request; refuses what is malformed, contradicts itself or its notice."""
    consent = _parsed(request)
    notice = site.notices.get(consent.notice)
    if notice is None:
        raise _wrong("notice", "this website published no such notice", "its SHA-256")
    if consent.language != notice.language:
        raise _wrong("language", "the notice is in another language", notice.language)
    _check_purposes(consent, notice)
    subject, key = consent.subject or "", consent.key or ""
    if subject and not _SUBJECT.fullmatch(subject):
        raise _wrong("subject", "not a subject key", "32 lower-case hex digits")
    if consent.method == "withdraw" and not subject:
        raise _wrong("subject", "nobody is named to withdraw for", "the subject of the receipt")
    key = key or request.headers.get("idempotency-key", "")
    if key and not _KEY.fullmatch(key):
        raise _wrong("key", "not a key", "16 to 64 of A-Z, a-z, 0-9, _ and -")
    family = family_of(request.headers.get("user-agent", ""))
    gives = any(consent.purposes[slug] for slug in notice.asked) or _gives_vendor(consent)
    stale = gives and _out_of_use(notice)
    purposes = {**dict.fromkeys(notice.necessary, True), **consent.purposes}
    return Answered(
        site, notice, consent.method, purposes, subject, _mark(site.slug, key), family, stale
    )


def _parsed(request: Request) -> Consent:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _TYPES:
        raise Refusal(415, "not JSON", field="content-type", expected="application/json")
    try:
        return _decode(request.body)
    except msgspec.MsgspecError:
        return request.json(Consent)  # says what is wrong


def _check_purposes(consent: Consent, notice: KnownNotice) -> None:
    given = consent.purposes
    for name in given:
        if name not in notice.keys:
            expected = ", ".join(sorted(notice.asked))
            raise _wrong("purposes", f"“{name[:60]}” is no purpose of this notice", expected)
    missing = sorted(notice.asked - given.keys())
    if missing:
        raise _wrong("purposes", f"“{missing[0]}” is not answered", "every purpose asked for")
    if not all(given.get(name, True) for name in notice.necessary):
        raise _wrong("purposes", "what is strictly necessary is not asked for", "true, or left out")
    asked = [value for name, value in given.items() if name not in notice.necessary]
    if consent.method == "accept" and not all(asked):
        raise _wrong("purposes", "accepting gives every purpose", "true for each")
    if consent.method in _REFUSALS and any(asked):
        raise _wrong("purposes", "refusing gives no purpose", "false for each")


def _gives_vendor(consent: Consent) -> bool:
    return any(value for name, value in consent.purposes.items() if ":" in name)


def _out_of_use(notice: KnownNotice) -> bool:
    until = notice.superseded_at
    return until is not None and datetime.now(UTC) - until > RECENT


def _wrong(field: str, error: str, expected: str) -> Refusal:
    return Refusal(422, error, field=field, expected=expected)
