"""Background work: the ledger each second, the checks each day and after news, jobs, reminders."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from threading import Event, Thread

from django.conf import settings
from django.db import close_old_connections, connections
from django.db.models import Max
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker as JobWorker

from adhere.core import jobs
from adhere.core.areas import areas
from adhere.core.models import Entry, PolicyVersion, Run
from adhere.core.only_one import stand_by
from adhere.core.running import run_today
from adhere.core.sequencing import sequence, writer
from adhere.core.workdays import is_workday
from adhere.errors import Problem

QUIET = timedelta(seconds=5)
LATEST = timedelta(seconds=45)
AFTER_MIDNIGHT = time(0, 0, 5)
REMINDERS_AT = time(8, 0)
TIDY_AT = time(3, 0)
PAUSE = 1.0
MINUTE = timedelta(minutes=1)
AFTER_FAILURE = 15.0
logger = logging.getLogger(__name__)


@dataclass
class News:
    """Puts off a run until facts stop coming: quiet for 5 s, but at most 45 s after the first."""

    newest: int
    first_at: datetime | None = None
    last_at: datetime | None = None

    def due(self, newest: int, now: datetime) -> bool:
        """Whether to run now, having seen that ``newest`` is the latest entry."""
        if newest > self.newest:
            self.newest = newest
            self.first_at = self.first_at or now
            self.last_at = now
        if self.first_at is None or self.last_at is None:
            return False
        return now - self.last_at >= QUIET or now - self.first_at >= LATEST

    def taken(self) -> None:
        """The run has begun; what comes from now on is new again."""
        self.first_at = self.last_at = None


def daily_run_due(last: date | None, now: datetime) -> bool:
    """Whether today's run is to come: none yet today, and it is past five seconds after midnight.

    ``now`` is local. After a standstill of a day or more it is due at once.
    """
    if last == now.date():
        return False
    return last is None or last < now.date() - timedelta(days=1) or now.time() >= AFTER_MIDNIGHT


def reminders_due(now: datetime) -> bool:
    """Whether reminders may go out: from 08:00 to 20:00 local time on a working day."""
    working = is_workday(now.date(), settings.COUNTRY)
    return working and REMINDERS_AT <= now.time() < time(20, 0)


def work(stop: Event, standing_by: Callable[[], None] = lambda: None) -> None:
    """All background work, until told to stop; while another worker has the turn, none."""
    while not stop.is_set():
        turn = stand_by(stop, standing_by)
        if turn is None:
            return
        lost = Event()
        threads = [
            Thread(target=_loop, args=(stop, lost, each), name=each.__name__)
            for each in (_sequencing, _schedule, _minutely, _jobs, _long_jobs)
        ]
        try:
            for thread in threads:
                thread.start()
            while not stop.wait(PAUSE):
                if not turn.held():
                    logger.error("the turn for background work was lost")
                    break
        finally:
            lost.set()
            for thread in threads:
                thread.join()
            turn.end()


def _loop(stop: Event, lost: Event, task: Callable[[Callable[[], bool]], None]) -> None:
    """Run one task again and again; a failure is logged and tried again later."""

    def ended() -> bool:
        close_old_connections()
        return stop.is_set() or lost.is_set()

    while not ended():
        try:
            task(lambda: ended() or stop.wait(PAUSE) or ended())
        except Problem as problem:
            logger.error("%s: %s", task.__name__.lstrip("_"), problem)
        except Exception:
            logger.exception("%s failed; it is tried again", task.__name__.lstrip("_"))
        else:
            continue
        stop.wait(AFTER_FAILURE)
    connections.close_all()


def _sequencing(wait: Callable[[], bool]) -> None:
    with writer() as log:
        sequence(log)
        while not wait():
            sequence(log)


def _jobs(wait: Callable[[], bool]) -> None:
    _run_jobs("default", wait)


def _long_jobs(wait: Callable[[], bool]) -> None:
    _run_jobs(jobs.LONG, wait)


def _run_jobs(queue: str, wait: Callable[[], bool]) -> None:
    worker = JobWorker(
        queue_names=[queue],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"{socket.gethostname()[:40]}-{os.getpid()}-{queue}",
        excluded_queue_names=[],
    )
    while not wait():
        worker.run()


def _schedule(wait: Callable[[], bool]) -> None:
    news = News(_newest() if _judged_since_last_entry() else 0)
    while not wait():
        now = timezone.localtime()
        if news.due(_newest(), now) or (_has_policies() and daily_run_due(_last_day(), now)):
            news.taken()
            run_today()
        if reminders_due(now):
            jobs.once_a_day(jobs.remind, now.date())
        if now.time() >= TIDY_AT:
            jobs.once_a_day(jobs.tidy, now.date())


def _minutely(wait: Callable[[], bool]) -> None:
    after = timezone.now()
    while not wait():
        now = timezone.now()
        if now >= after:
            after = now + MINUTE
            for area in areas():
                if area.minutely:
                    area.minutely(now)


def _newest() -> int:
    return Entry.objects.aggregate(newest=Max("pk"))["newest"] or 0


def _last_day() -> date | None:
    run = Run.objects.first()
    return run.day if run else None


def _judged_since_last_entry() -> bool:
    run = Run.objects.first()
    newest = Entry.objects.order_by("-pk").first()
    return newest is None or (run is not None and run.started_at >= newest.recorded_at)


def _has_policies() -> bool:
    return PolicyVersion.objects.exists()
