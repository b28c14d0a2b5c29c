"""Taking a report from a mail, being told of what one caused, and how reports are handled."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from adhere.areas.incidents import acting, people, telling, tokens
from adhere.areas.incidents.forms import HandlingForm
from adhere.areas.incidents.models import Handling
from adhere.areas.incidents.views.common import me, told
from adhere.console.access import account_of, everyone, public, roles
from adhere.core.models import Incident
from adhere.core.recording import make_entry
from adhere.errors import Problem


@public
@never_cache
def take(request: HttpRequest, token: str) -> HttpResponse:
    """From a mail: a button, since mail scanners follow links; pressing it takes the report."""
    found = tokens.read(tokens.TAKE, token)
    person = people.at_work().filter(pk=found[1]).first() if found else None
    rows = Incident.objects.filter(key=found[0] if found else "", superseded_by=None)
    incident = rows.filter(retracted=False).first()
    if incident is None or person is None:
        raise Http404("no such report")
    problem, done = "", False
    if request.method == "POST":
        try:
            acting.take(incident.key, person.pk)
            _told_by_mail(incident, person.pk)
            done = True
        except Problem as failed:
            problem = told(failed)
    context = {"incident": incident, "person": person, "done": done, "problem": problem}
    return render(request, "incidents/take.html", context)


def _told_by_mail(incident: Incident, person: str) -> None:
    supervisor = people.supervisor_for(incident)
    if supervisor and supervisor.pk == person:
        telling.opened(incident, telling.SUPERVISOR, supervisor)


@everyone
def subject(request: HttpRequest, key: str) -> HttpResponse:
    """What the person who caused a crash is told, and the button that confirms it."""
    person = account_of(request).person_id
    rows = Incident.objects.filter(key=key, subject=person or "-", superseded_by=None)
    incident = rows.filter(retracted=False).first()
    course = acting.course(key)
    if incident is None or course.asked_at is None:
        raise Http404("nothing was told")
    if request.method == "POST":
        try:
            acting.confirm(key, me(request))
        except Problem as problem:
            messages.error(request, told(problem))
        return redirect("incidents:told", key=key)
    return render(request, "incidents/told.html", {"incident": incident, "course": course})


@roles("security", "administrator")
def handling(request: HttpRequest) -> HttpResponse:
    """How long a report may wait, whether names may be left out, which places there are."""
    form = HandlingForm(request.POST or None, instance=Handling.current())
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            saved = form.save()
            record = {name: getattr(saved, name) for name in HandlingForm.Meta.fields}
            changed = {**record, "changed_by": me(request)}
            make_entry("incident-handling", changed, "", timezone.now()).save()
        messages.success(request, _("Saved."))
        return redirect("incidents:handling")
    return render(request, "incidents/handling.html", {"form": form})
