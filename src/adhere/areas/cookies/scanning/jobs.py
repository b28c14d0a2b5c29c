"""The background job that scans a website, and says how far it is."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django_tasks import task

from adhere.areas.cookies.models import Site
from adhere.areas.cookies.scan_models import Scan, ScanJob
from adhere.areas.cookies.scanning import engine
from adhere.areas.cookies.scanning.storing import Done, store
from adhere.areas.cookies.scanning.telling import tell_new
from adhere.core.jobs import LONG
from adhere.errors import Problem

if TYPE_CHECKING:
    from adhere.scanner.scanning import Progress

LONGEST = timedelta(hours=1)
EACH = 1.0  # seconds between two looks at how far it is
logger = logging.getLogger(__name__)


@task(queue_name=LONG)
def scan_website(job: int) -> int | None:
    """Scan what a job asks for; the scan that was kept, or None where it failed."""
    asked = ScanJob.objects.get(pk=job)
    asked.begun_at = timezone.now()
    asked.save(update_fields=["begun_at"])
    scan = _scanned(asked)
    if scan:
        tell_new(scan)
    return scan.pk if scan else None


def _scanned(job: ScanJob) -> Scan | None:
    site = Site.objects.get(pk=job.site)
    try:
        question = engine.prepared(site, job.url, job.max_pages)
        done = _watched(job, lambda tell: engine.run(question, tell))
        job.scan = store(site.slug, done, job.by)
    except Problem as problem:
        expected = f" (expected: {problem.expected})" if problem.expected else ""
        job.failure = f"{problem.message}{expected}"[:500]
    except Exception as error:
        # It stays with the job, where a person sees it; the next scan starts afresh.
        logger.exception("the scan of %s failed", job.url)
        job.failure = f"the scan broke off: {type(error).__name__}"[:500]
    job.ended_at = timezone.now()
    job.save(update_fields=["scan", "failure", "ended_at"])
    return job.scan


def _watched(job: ScanJob, run: Callable[[Callable[[Progress], None]], Done]) -> Done:
    """Run beside a loop of its own, and note each second how far it is."""
    told: list[Progress] = []
    with ThreadPoolExecutor(1, thread_name_prefix="scan") as pool:
        future = pool.submit(run, told.append)
        while wait_for([future], timeout=EACH).not_done:
            if told:
                _note(job, told[-1])
    return future.result()


def _note(job: ScanJob, told: Progress) -> None:
    job.done, job.planned = told.done, told.planned
    job.at, job.state = told.page[:300], told.state[:60]
    job.save(update_fields=["done", "planned", "at", "state"])
