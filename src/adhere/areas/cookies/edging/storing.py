"""Answers into the database: chained to the subject's last one, never twice, one transaction."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from adhere.areas.cookies.edging.answers import Answered
from adhere.areas.cookies.edging.making import (
    KIND,
    Made,
    Wanted,
    choices_text,
    encoded,
    new_record,
    remade,
)
from adhere.areas.cookies.edging.tokens import Tokens, token_hash
from adhere.edge.databases import Database, Table
from adhere.edge.entries import NewEntry, new_entry, store_entries
from adhere.edge.http import Refusal
from adhere.ledger.commitments import SECRET_SIZE

RETRY_WITHIN = timedelta(hours=1)
_PART = 64
# Nobody changes their mind so often; whoever sends more only fills the table.
MOST_OF_ONE = 500
TABLE = Table(
    "cookies_consentrecord",
    {
        "id": "text",
        "site": "text",
        "notice": "text",
        "language": "text",
        "method": "text",
        "purposes": "json",
        "subject": "text",
        "previous": "text",
        "token_hash": "text",
        "family": "text",
        "at": "time",
        "expires_at": "time",
        "entry_id": "int",
    },
)
_CHAINS = (
    "SELECT subject, id, site, notice, method, purposes, at FROM cookies_consentrecord"
    " WHERE subject IN ({}) ORDER BY at, id"
)
_KEPT = (
    "SELECT e.record, e.secret FROM cookies_consentrecord r"
    " JOIN core_entry e ON e.id = r.entry_id WHERE r.id = ?"
)


class Last(msgspec.Struct, frozen=True):
    """The newest record of a subject."""

    id: str
    site: str
    notice: str
    method: str
    stored: str | bytes | dict[str, bool]
    at: datetime

    @property
    def purposes(self) -> Mapping[str, bool]:
        """Its choices; read from their JSON only when asked for."""
        if isinstance(self.stored, dict):
            return self.stored
        found: dict[str, bool] = json.loads(self.stored)
        return found


class Keeper:
    """Stores batches of answers; what ``edge.batching.Batcher`` calls."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens

    def store(self, database: Database, batch: Sequence[Answered]) -> list[Made | Refusal]:
        """What was made of each answer, or why it was refused."""
        storing = _Storing(database, self._tokens)
        subjects = [each.subject or self._tokens.subject(each.mark) for each in batch]
        storing.look_up(subjects, batch)
        found = [storing.one(each, subject) for each, subject in zip(batch, subjects, strict=True)]
        storing.write()
        return found


class _Storing:
    """One batch: what is known of its subjects, and what is to be written."""

    def __init__(self, database: Database, tokens: Tokens) -> None:
        self._database = database
        self._tokens = tokens
        self._last: dict[str, Last] = {}
        self._marked: dict[tuple[str, str], str] = {}
        self._counts: dict[str, int] = {}
        self._fresh: dict[str, Made] = {}
        self._rows: list[list[Any]] = []
        self._entries: list[NewEntry] = []
        self._secrets: list[bytes] = []

    def look_up(self, subjects: Sequence[str], batch: Sequence[Answered]) -> None:
        """What earlier answers there are; nobody who is new to us has any."""
        pairs = zip(subjects, batch, strict=True)
        asked = list(dict.fromkeys(s for s, each in pairs if each.subject or each.mark))
        for start in range(0, len(asked), _PART):
            part = asked[start : start + _PART]
            # As many places as ever, so that one prepared statement serves every batch.
            places = part + [""] * (_rounded(len(part)) - len(part))
            for row in self._database.rows(_CHAINS.format(", ".join("?" * len(places))), places):
                self._take(row)

    def _take(self, row: Sequence[Any]) -> None:
        subject, name, site, notice, method, purposes, at = row
        self._marked[subject, name[12:]] = name
        self._counts[subject] = self._counts.get(subject, 0) + 1
        self._last[subject] = Last(name, site, notice, method, purposes, self._database.time(at))

    def one(self, answered: Answered, subject: str) -> Made | Refusal:
        last = self._last.get(subject)
        known = self._marked.get((subject, answered.mark)) if answered.mark else None
        if known is None and not answered.mark and last and _repeats(answered, last):
            known = last.id
        if known is not None:
            return self._again(answered, known)
        if self._counts.get(subject, 0) >= MOST_OF_ONE:
            return Refusal(429, "this subject has answered too often", retry_after=86_400)
        return _refusal(answered, last) or self._new(answered, subject, last)

    def _again(self, answered: Answered, name: str) -> Made | Refusal:
        made = self._fresh.get(name)
        if made is None:
            record, secret = self._database.rows(_KEPT, [name])[0]
            if not record:
                return Refusal(410, "this answer was erased", field="key")
            notice = answered.site.notices[json.loads(record)["notice"]]
            made = remade(notice, record.encode(), bytes(secret))
        known = made.record
        same = (
            known.notice == answered.notice.sha256
            and known.method == answered.method
            and known.purposes == answered.purposes
        )
        if not same:
            return Refusal(
                409, "another answer has this key", field="key", expected="a key of its own"
            )
        return made

    def _new(self, answered: Answered, subject: str, last: Last | None) -> Made:
        at = datetime.now(UTC)
        if last and at <= last.at:
            at = last.at + timedelta(microseconds=1)
        name = f"{int(at.timestamp() * 1000):012x}{answered.mark or secrets.token_hex(10)}"
        before = last.purposes if last else {}
        withdrawn = [
            k for k, given in before.items() if given and answered.purposes.get(k) is False
        ]
        token = self._tokens.read_token(name)
        record, statement, _ = new_record(
            Wanted(name, answered.notice, answered.method, answered.purposes, subject,
                   last.id if last else "", token_hash(token), answered.family, at, withdrawn)
        )  # fmt: skip
        text = encoded(record)
        entry = new_entry(KIND, text, record.at, self._secret())
        made = Made(record, text, entry.secret, entry.commitment, statement, token)
        purposes = choices_text(record.purposes)
        self._entries.append(entry)
        self._rows.append(
            [name, record.site, record.notice, record.language, record.method, purposes, subject,
             record.previous, record.token_hash, record.family, record.at, record.expires_at]
        )  # fmt: skip
        self._fresh[name] = made
        self._last[subject] = Last(
            name, record.site, record.notice, record.method, record.purposes, at
        )
        if answered.mark:
            self._marked[subject, answered.mark] = name
        return made

    def _secret(self) -> bytes:
        """One of many drawn at once: each draw lets go of the interpreter."""
        if not self._secrets:
            drawn = secrets.token_bytes(SECRET_SIZE * _PART)
            self._secrets = [drawn[at : at + SECRET_SIZE]
                             for at in range(0, len(drawn), SECRET_SIZE)]  # fmt: skip
        return self._secrets.pop()

    def write(self) -> None:
        if self._rows:
            numbers = store_entries(self._database, self._entries)
            self._database.insert(
                TABLE, [(*row, number) for row, number in zip(self._rows, numbers, strict=True)]
            )


def _rounded(count: int) -> int:
    return 1 << (count - 1).bit_length() if count else 0


def _repeats(answered: Answered, last: Last) -> bool:
    """Whether an answer without a key is the subject's last one, sent once more."""
    return (
        last.site == answered.site.slug
        and last.notice == answered.notice.sha256
        and last.method == answered.method
        and last.purposes == answered.purposes
        and datetime.now(UTC) - last.at < RETRY_WITHIN
    )


def _refusal(answered: Answered, last: Last | None) -> Refusal | None:
    if answered.stale:
        return Refusal(
            409,
            "this notice is out of use; what it asks for has changed",
            field="notice",
            expected=answered.site.current[answered.notice.language].sha256,
        )
    if last and last.site not in answered.site.friends:
        return Refusal(409, "this subject is another website's", field="subject")
    if answered.method != "withdraw":
        return None
    if last is None:
        return Refusal(409, "nothing was recorded for this subject", field="subject")
    more = [key for key, given in answered.purposes.items()
            if given and not last.purposes.get(key) and not _covered(key, last)]  # fmt: skip
    if more:
        return Refusal(
            422,
            f"a withdrawal gives nothing: “{more[0]}” was not given",
            field="purposes",
            expected="false",
        )
    return None


def _covered(key: str, last: Last) -> bool:
    """Whether a vendor's key is left of a purpose that was given as a whole."""
    return bool(last.purposes.get(key.partition(":")[0]))
