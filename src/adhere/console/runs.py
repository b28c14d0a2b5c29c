"""Runs: when everything was judged, and judging it now."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django_tasks import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from adhere.console.access import OVERSEERS, account_of, roles
from adhere.console.lists import Column, Empty, Listing, list_page
from adhere.console.templatetags.console import state_bar
from adhere.console.words import STATE_WORDS
from adhere.core.checking import STATES
from adhere.core.jobs import judge_now
from adhere.core.models import Run

JUDGES = ("security", "administrator")


def _seconds(run: Run) -> str:
    return f"{(run.finished_at - run.started_at).total_seconds():.1f} s"


def _count(state: str) -> Column:
    return Column(
        state,
        STATE_WORDS[state],
        value=lambda run: run.counts.get(state, 0),
        number=True,
    )


RUNS = Listing(
    name="runs",
    columns=(
        Column("started", _("Started"), "started_at", order=("started_at",)),
        Column("took", _("Took"), value=_seconds, number=True),
        Column(
            "findings",
            _("Findings"),
            value=lambda run: sum(run.counts.values()),
            show=lambda run: state_bar(run.counts),
        ),
        *(_count(state) for state in STATES),
    ),
    order="-started",
    empty=Empty(
        _("Nothing judged yet"),
        _(
            "A run judges every clause for every subject. It happens each night by itself, "
            "and whenever news comes in."
        ),
    ),
)


@roles(*OVERSEERS)
def runs(request: HttpRequest) -> HttpResponse:
    lead = _("Each time everything was judged.")
    may_run = account_of(request).has_role(*JUDGES)
    rows = Run.objects.all()
    context = {"title": _("Runs"), "lead": lead, "may_run": may_run}
    return list_page(RUNS, request, rows, "console/runs.html", **context)


@roles(*JUDGES)
@require_POST
def run_now(request: HttpRequest) -> HttpResponse:
    """Ask the background for a run, and show how it goes."""
    return redirect("run-progress", job=judge_now.enqueue().id)


@roles(*JUDGES)
def run_progress(request: HttpRequest, job: str) -> HttpResponse:
    """How the run goes; the page asks again by itself until it is done."""
    try:
        result = judge_now.get_result(job)
    except TaskResultDoesNotExist:
        return redirect("runs")
    over = result.status in {TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED}
    context = {
        "job": job,
        "over": over,
        "failed": result.status == TaskResultStatus.FAILED,
        "running": result.status == TaskResultStatus.RUNNING,
        "run": Run.objects.first() if over else None,
    }
    partial = getattr(request, "htmx", None) and request.htmx.target == "progress"  # type: ignore[attr-defined]
    name = "console/components/run_progress.html" if partial else "console/run_progress.html"
    return render(request, name, context)
