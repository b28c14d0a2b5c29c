"""Makes bundles and reports in the background."""

from __future__ import annotations

import io
from typing import Any

from django.utils import timezone, translation
from django_tasks import task

from adhere.console.auditing.models import Made
from adhere.console.auditing.report import as_pdf
from adhere.core.evidence import export_evidence
from adhere.core.evidence_choosing import Chosen
from adhere.core.jobs import LONG
from adhere.core.recording import start_of
from adhere.core.world import end_of
from adhere.errors import Problem


def chosen_of(wanted: Made) -> Chosen:
    """The part of the evidence that was asked for."""
    return Chosen(wanted.policy, wanted.clause, start_of(wanted.since), end_of(wanted.until))


@task(queue_name=LONG)
def make(pk: int) -> None:
    """Make what was asked for, and keep it or say why not."""
    wanted = Made.objects.select_related("account__audit").get(pk=pk)
    try:
        content: Any = _report(wanted) if wanted.form == "pdf" else _bundle(wanted)
        Made.objects.filter(pk=pk).update(content=content, finished_at=timezone.now())
    except Exception as error:
        said = str(error) if isinstance(error, Problem) else "it failed; the server's log says why"
        Made.objects.filter(pk=pk).update(failure=said, finished_at=timezone.now())
        raise


def _bundle(wanted: Made) -> bytes:
    out = io.BytesIO()
    export_evidence(out, chosen_of(wanted))
    return out.getvalue()


def _report(wanted: Made) -> bytes:
    with translation.override(wanted.language):
        return as_pdf(wanted, chosen_of(wanted))
