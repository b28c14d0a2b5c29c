"""Takes committed entries into the ledger's tree, in order, once each (DESIGN.md §6).

The tree's file is written first, then the entry's number. After a crash between the two, the
leaves that no entry claims are matched again by their commitments, so nothing is taken twice.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from adhere.core.models import Entry
from adhere.errors import Problem
from adhere.ledger.keys import Signer, load_or_create_keys
from adhere.ledger.log import Log
from adhere.ledger.reader import CHECKPOINT, LogReader
from adhere.ledger.storage import Busy

BATCH = 4_096
PATIENCE = 15.0


def folder() -> Path:
    """Where the tree's files are."""
    return Path(settings.DATA) / "ledger"


def signer() -> Signer:
    """The log's keys, made on first use for this installation's address; public part beside."""
    address = urlsplit(settings.URL)
    path = Path(settings.DATA) / "ledger-keys.json"
    keys = load_or_create_keys(path, f"{address.netloc}{address.path}/e/log")
    public = path.with_name("ledger-public-key.txt")
    if not public.exists():
        public.write_text("\n".join(keys.vkeys()) + "\n")
    return keys


def reader() -> LogReader:
    """The published tree, for proofs."""
    return LogReader(folder())


@contextmanager
def writer(wait: float = PATIENCE) -> Iterator[Log]:
    """The one writer of the tree; waits for another one to finish."""
    with Log.open(folder(), signer(), wait=wait) as log:
        _reclaim(log)
        yield log


def sequence(log: Log) -> int:
    """Take all waiting entries into the tree and publish a checkpoint; how many they were."""
    taken = 0
    while batch := list(
        Entry.objects.filter(index=None).order_by("pk").values_list("pk", "commitment")[:BATCH]
    ):
        first = log.append([bytes(commitment) for _, commitment in batch])
        _number([pk for pk, _ in batch], first)
        taken += len(batch)
    if log.size > log.head().size:  # also what a crash left unpublished
        log.publish()
    return taken


def settle(patience: float = PATIENCE) -> None:
    """See to it that nothing waits any more: here, or by the process that is the writer."""
    until = time.monotonic() + patience
    while _waiting() or _apart():
        try:
            with writer(wait=0) as log:
                sequence(log)
        except Busy:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def _waiting() -> bool:
    return Entry.objects.filter(index=None).exists()


def _apart() -> bool:
    """Whether tree and database differ in what they hold; the writer mends or refuses that."""
    if not (folder() / CHECKPOINT).exists():
        return True
    last = Entry.objects.aggregate(last=Max("index"))["last"]
    return (-1 if last is None else last) + 1 != reader().size


@transaction.atomic
def _number(pks: Sequence[int], first: int) -> None:
    pairs = [(index, pk) for index, pk in enumerate(pks, first)]
    with connection.cursor() as cursor:
        cursor.executemany('UPDATE core_entry SET "index" = %s WHERE id = %s', pairs)


def _reclaim(log: Log) -> None:
    """Give leaves their entries where a crash came between tree and database."""
    last = Entry.objects.aggregate(last=Max("index"))["last"]
    known = -1 if last is None else last
    if known >= log.size:
        raise Problem(
            f"the ledger has {log.size} leaves, the database knows leaf {known}",
            file=str(folder()),
            expected="ledger and database of the same moment; restore both together",
        )
    for start in range(known + 1, log.size, BATCH):
        tail = log.commitments(start, min(start + BATCH, log.size))
        _reclaim_part(tail, start)


def _reclaim_part(tail: Sequence[bytes], start: int) -> None:
    # Taken in the order of their ids, so the first waiting entries are the ones.
    waiting = Entry.objects.filter(index=None).order_by("pk")
    found = {bytes(commitment): pk for pk, commitment in waiting.values_list("pk", "commitment")}
    missing = [commitment for commitment in tail if commitment not in found]
    if missing:
        raise Problem(
            f"{len(missing)} leaves from {start} on are not in the database",
            file=str(folder()),
            expected="the database that wrote them; restore ledger and database together",
        )
    _number([found[commitment] for commitment in tail], start)
