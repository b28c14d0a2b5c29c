"""Who stands how with a programme; one's own training; certificates."""

from __future__ import annotations

from collections import Counter

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from adhere.areas.training import programmes
from adhere.areas.training.certificates import attended_record, certificate
from adhere.areas.training.listings import people_of
from adhere.areas.training.models import (
    ATTENDED,
    Attendance,
    Feed,
    SignUp,
    TrainingSession,
    current,
)
from adhere.areas.training.views.common import PLANNERS, found_session, person_of
from adhere.console.access import account_of, everyone, oversees, roles
from adhere.console.lists import list_page
from adhere.core.models import Person


@roles(*PLANNERS, "data-protection")
def programme(request: HttpRequest, programme: str) -> HttpResponse:
    """Who attended a programme, and who is due by when."""
    if programme not in programmes.programme_names():
        raise Http404("no such programme")
    today = timezone.localdate()
    found = programmes.owed(today, programme)
    rows = Person.objects.filter(joined__lte=today).exclude(left__lt=today)
    return list_page(
        people_of(programme, found),
        request,
        rows,
        "training/programme.html",
        programme=programme,
        counts=Counter(each.state for each in found),
        demanded=bool(found),
        coming=programmes.upcoming(programme)[:3],
    )


@everyone
def mine(request: HttpRequest) -> HttpResponse:
    """A person's own training: what is owed, where they signed up, what they attended."""
    person = person_of(request)
    attended = current(Attendance).filter(person=person.pk, outcome=ATTENDED)
    keys = list(attended.values_list("session", flat=True))
    signed = SignUp.objects.filter(person=person).values_list("session", flat=True)
    now = timezone.now()
    context = {
        "person": person,
        "owed": programmes.owed(timezone.localdate(), person=person.pk),
        "coming": programmes.upcoming(after=now)[:5],
        "signed": programmes.upcoming(after=now).filter(key__in=list(signed)),
        "attended": current(TrainingSession).filter(key__in=keys).order_by("-starts_at"),
        "feed": Feed.objects.filter(person=person).first(),
    }
    return render(request, "training/mine.html", context)


@everyone
def own_certificate(request: HttpRequest, key: str) -> HttpResponse:
    """The certificate of an attended session: one's own, or anybody's for who oversees."""
    session = found_session(key)
    wanted = request.GET.get("person") or account_of(request).person_id or ""
    if wanted != account_of(request).person_id and not oversees(request):
        raise PermissionDenied
    person = get_object_or_404(Person, pk=wanted)
    record = attended_record(session.key, person.pk)
    if record is None or session.cancelled:
        raise Http404(_("no attendance is recorded"))
    response = HttpResponse(certificate(record, person), content_type="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="certificate.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response
