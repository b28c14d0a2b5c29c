"""Background work: when it is due, that it is done, and that only one worker does it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from adhere.core import jobs, working
from adhere.core.checking import BRUSSELS
from adhere.core.importing import import_facts
from adhere.core.kinds import kind_named
from adhere.core.models import Entry, Run
from adhere.core.only_one import stand_by, take_turn
from adhere.core.recording import Origin
from adhere.core.shipped import publish_found
from adhere.core.working import News, daily_run_due, reminders_due, work

NOON = datetime(2026, 3, 11, 12, tzinfo=UTC)
ANNA = b"id,name,email,kind,supervisor,teams,joined,left,language\n"
ANNA += b"anna,Anna,,employee,,security,2020-01-01,,nl\n"


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=BRUSSELS)


def after(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def test_nothing_new_asks_for_no_run() -> None:
    news = News(7)
    assert [news.due(7, after(second)) for second in (0, 100, 1000)] == [False] * 3


def test_a_run_follows_when_facts_have_stopped_coming() -> None:
    news = News(7)
    assert [news.due(8, after(second)) for second in (0, 4, 5)] == [False, False, True]


def test_facts_that_never_stop_put_a_run_off_for_45_seconds_at_most() -> None:
    news = News(0)
    due = [second for second in range(1, 60) if news.due(second, after(second))]
    assert due[0] == 46


def test_a_run_settles_what_came_before_it() -> None:
    news = News(7)
    news.due(8, after(0))
    news.taken()
    assert news.due(8, after(60)) is False
    assert [news.due(9, after(second)) for second in (61, 66)] == [False, True]


@given(st.lists(st.floats(0.1, 20), min_size=1, max_size=40))
def test_every_fact_is_judged_within_a_minute(gaps: list[float]) -> None:
    news, moment, waiting = News(0), 0.0, None
    for entry, gap in enumerate(gaps, 1):
        arrived = moment
        waiting = arrived if waiting is None else waiting
        while moment < arrived + gap:
            if news.due(entry, after(moment)):
                assert moment - waiting <= 60
                news.taken()
                waiting = None
            moment += 1
        moment = arrived + gap


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (None, local(2026, 3, 11, 0, 1), True),
        (date(2026, 3, 10), local(2026, 3, 11, 0, 0, 4), False),
        (date(2026, 3, 10), local(2026, 3, 11, 0, 0, 5), True),
        (date(2026, 3, 9), local(2026, 3, 11, 0, 1), True),
        (date(2026, 3, 11), local(2026, 3, 11, 23, 59), False),
    ],
)
def test_each_day_is_judged_once_shortly_after_midnight(
    last: date | None, now: datetime, due: bool
) -> None:
    assert daily_run_due(last, now) is due


def test_what_begins_or_ends_at_midnight_is_judged_within_half_a_minute() -> None:
    midnight = local(2026, 3, 11, 0, 0)
    seconds = range(60)
    late = [
        each
        for each in seconds
        if daily_run_due(date(2026, 3, 10), midnight + timedelta(seconds=each))
    ]
    assert (late[0], late) == (5, list(range(5, 60)))


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (local(2026, 3, 11, 7, 59), False),
        (local(2026, 3, 11, 8, 0), True),
        (local(2026, 3, 11, 20, 0), False),
        (local(2026, 3, 14, 9, 0), False),
        (local(2026, 3, 15, 9, 0), False),
        (local(2026, 3, 16, 9, 0), True),
    ],
)
def test_reminders_go_out_from_eight_on_working_days(now: datetime, due: bool) -> None:
    assert reminders_due(now) is due


@pytest.mark.django_db
def test_a_job_of_the_day_is_asked_for_once() -> None:
    days = [date(2026, 3, 11), date(2026, 3, 11), date(2026, 3, 12)]
    assert [jobs.once_a_day(jobs.tidy, day) for day in days] == [True, False, True]
    assert jobs.once_a_day(jobs.remind, days[0]) is True
    assert DBTaskResult.objects.count() == 3


@pytest.mark.django_db
def test_judging_now_says_what_it_found() -> None:
    publish_found()
    assert jobs.judge_now.call() == Run.objects.get().counts


@pytest.mark.django_db
def test_tidying_takes_ended_sessions_away() -> None:
    for seconds in (-60, 60):
        session = SessionStore()
        session.set_expiry(timezone.now() + timedelta(seconds=seconds))
        session.save()
    jobs.tidy.call(day="2026-03-11")
    assert Session.objects.count() == 1


@pytest.fixture
def worker(
    transactional_db: None,
    settings: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: Any,
) -> Iterator[None]:
    """A worker at work in a thread, in more of a hurry than usual, with a ledger of its own."""
    settings.DATA = tmp_path
    monkeypatch.setattr(working, "PAUSE", 0.05)
    monkeypatch.setattr(working, "QUIET", timedelta(seconds=0.2))
    stop = Event()
    thread = Thread(target=work, args=(stop,))
    thread.start()
    yield
    stop.set()
    thread.join(20)
    assert not thread.is_alive()
    assert [each for each in caplog.messages if "failed" in each] == []


def becomes(true: object, within: float = 20) -> bool:
    assert callable(true)
    until = time.monotonic() + within
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.05)
    return False


def test_facts_reach_the_ledger_and_are_judged(worker: None) -> None:
    publish_found()
    assert becomes(lambda: Run.objects.count() >= 1)
    runs = Run.objects.count()
    import_facts(kind_named("people"), ANNA, "people.csv", Origin("import"))
    assert becomes(lambda: Entry.objects.filter(index=None).count() == 0)
    assert becomes(lambda: Run.objects.count() > runs)


def test_jobs_are_done(worker: None) -> None:
    job = jobs.judge_now.enqueue()

    def over() -> bool:
        job.refresh()
        return job.status == TaskResultStatus.SUCCESSFUL

    assert becomes(over)


def test_a_second_worker_stands_by_until_the_first_has_ended(transactional_db: None) -> None:
    first = take_turn()
    assert first is not None
    assert (first.held(), take_turn()) == (True, None)
    stop, told = Event(), Event()
    got: list[bool] = []

    def wait() -> None:
        turn = stand_by(stop, told.set)
        got.append(turn is not None)
        if turn:
            turn.end()

    thread = Thread(target=wait)
    thread.start()
    assert told.wait(10)
    first.end()
    thread.join(10)
    assert got == [True]


def test_standing_by_ends_when_told_to(transactional_db: None) -> None:
    turn = take_turn()
    assert turn is not None
    stop = Event()
    stop.set()
    assert stand_by(stop, lambda: None) is None
    turn.end()


def test_a_daily_job_that_failed_is_tried_again_after_a_pause(db: None) -> None:
    day = date(2026, 3, 2)
    jobs.once_a_day(jobs.remind, day)
    DBTaskResult.objects.update(status="FAILED", finished_at=timezone.now())
    assert jobs.once_a_day(jobs.remind, day) is False
    DBTaskResult.objects.update(finished_at=timezone.now() - 2 * jobs.PAUSE)
    assert jobs.once_a_day(jobs.remind, day) is True
    assert jobs.once_a_day(jobs.remind, day) is False
