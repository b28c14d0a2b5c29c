"""One-off background jobs; each is kept in the database with its outcome."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.management import call_command
from django.db.models import Q
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

PAUSE = timedelta(minutes=30)
# Jobs that take minutes wait in a queue of their own, so that a mail never waits for them.
LONG = "long"


@task()
def judge_now() -> dict[str, int]:
    """Run all checks for today; what was found, by state."""
    from adhere.core.models import Run
    from adhere.core.running import run_today

    run_today()
    newest = Run.objects.first()
    return dict(newest.counts) if newest else {}


@task()
def remind(day: str) -> int:
    """Send the reminders of a day; how many were sent."""
    from adhere.core.reminders import send_reminders

    return int(send_reminders(date.fromisoformat(day)) or 0)


@task()
def tidy(day: str) -> None:
    """Take away sessions that have ended and jobs that are long done; each area's daily work."""
    from adhere.core.areas import areas

    call_command("clearsessions", verbosity=0)
    call_command("prune_db_task_results", verbosity=0)
    for area in areas():
        if area.daily:
            area.daily(date.fromisoformat(day))


def once_a_day(job: Any, day: date) -> bool:
    """Enqueue a job that takes its day, unless that was done already; whether it was now.

    One that failed, say because no mail server answered, is tried again after ``PAUSE``.
    """
    arguments = {"args": [], "kwargs": {"day": day.isoformat()}}
    known = DBTaskResult.objects.filter(task_path=job.module_path, args_kwargs=arguments)
    failed_before = Q(status="FAILED", finished_at__lt=timezone.now() - PAUSE)
    if known.exclude(failed_before).exists():
        return False
    job.enqueue(day=day.isoformat())
    return True
