"""Sessions: the list, one of them, planning, signing up."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from adhere.areas.training import arranging, telling
from adhere.areas.training.attending import outcomes_of
from adhere.areas.training.forms import SessionForm, initial_of
from adhere.areas.training.listings import SESSIONS
from adhere.areas.training.models import ATTENDED, SignUp, TrainingSession, current
from adhere.areas.training.programmes import programme_names
from adhere.areas.training.views.common import PLANNERS, found_session, may_take, person_of, told
from adhere.console.access import account_of, everyone, oversees, roles
from adhere.console.lists import list_page
from adhere.core.models import Person
from adhere.errors import Problem


@everyone
def index(request: HttpRequest) -> HttpResponse:
    """Every session, newest first."""
    context = {
        "plans": account_of(request).has_role(*PLANNERS),
        "programmes": programme_names() if oversees(request) else [],
        "has_person": account_of(request).person_id is not None,
    }
    return list_page(
        SESSIONS, request, current(TrainingSession), "training/sessions.html", **context
    )


@everyone
def session(request: HttpRequest, key: str) -> HttpResponse:
    """One session: when, where, who is signed up; sign-up by the person."""
    chosen = found_session(key)
    person = account_of(request).person
    outcome = outcomes_of(key).get(person.pk) if person else None
    plan = arranging.plan_of(key)
    signed = SignUp.objects.filter(session=key).count()
    takes = may_take(request, chosen)
    now = timezone.now()
    context = {
        "session": chosen,
        "plan": plan,
        "signed": signed,
        "free": None if plan.capacity is None else max(0, plan.capacity - signed),
        "place": arranging.place_of(key, person.pk) if person else None,
        "outcome": outcome.outcome if outcome else "",
        "has_certificate": outcome is not None and outcome.outcome == ATTENDED,
        "over": chosen.ends_at <= now,
        "begun": chosen.starts_at <= now,
        "door_open": arranging.door_open(chosen, now),
        "may_plan": account_of(request).has_role(*PLANNERS),
        "may_take": takes,
        "person": person,
        "roster": _roster(key) if takes or oversees(request) else [],
        "corrections": arranging.sequence_of([key])[key],
    }
    return render(request, "training/session.html", context)


def _roster(key: str) -> list[dict[str, str]]:
    outcomes = {person: row.outcome for person, row in outcomes_of(key).items()}
    signed = list(SignUp.objects.filter(session=key).select_related("person"))
    listed = [(each.person_id, each.person.name) for each in signed]
    others = Person.objects.filter(pk__in=outcomes.keys() - {pk for pk, _name in listed})
    listed += [(person.pk, person.name) for person in others]
    return [{"name": name, "outcome": outcomes.get(pk, "")} for pk, name in listed]


@roles(*PLANNERS)
def create(request: HttpRequest) -> HttpResponse:
    """Plan a session."""
    return _form(request, SessionForm(request.POST or None), None)


@roles(*PLANNERS)
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Move a session or change what is said of it."""
    chosen = found_session(key)
    initial = initial_of(chosen, arranging.plan_of(key))
    return _form(request, SessionForm(request.POST or None, initial=initial), chosen)


def _form(request: HttpRequest, form: SessionForm, chosen: TrainingSession | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            values = form.session()
            if chosen:
                values["cancelled"] = chosen.cancelled
            recorder = account_of(request).person_id or account_of(request).email
            key = arranging.arrange(values, form.plan(), recorder, chosen.key if chosen else "")
        except Problem as problem:
            form.add_error(None, told(problem))
        else:
            if chosen and _moved(chosen, key):
                telling.tell_change.enqueue(key)
            messages.success(request, _("The session is recorded."))
            return redirect("training:session", key=key)
    return render(request, "training/session_form.html", {"form": form, "session": chosen})


def _moved(before: TrainingSession, key: str) -> bool:
    after = found_session(key)
    return (before.starts_at, before.ends_at) != (after.starts_at, after.ends_at)


@roles(*PLANNERS)
@require_POST
def cancel_session(request: HttpRequest, key: str) -> HttpResponse:
    """Cancel a session; calendars of those who signed up show it."""
    chosen = found_session(key)
    try:
        arranging.cancel(chosen, account_of(request).person_id or account_of(request).email)
    except Problem as problem:
        messages.error(request, told(problem))
    else:
        telling.tell_change.enqueue(key)
        messages.success(request, _("The session is cancelled."))
    return redirect("training:session", key=key)


@everyone
@require_POST
def sign_up_self(request: HttpRequest, key: str) -> HttpResponse:
    """Sign up, or undo it."""
    chosen, person = found_session(key), person_of(request)
    try:
        if request.POST.get("undo"):
            arranging.undo_sign_up(chosen, person.pk)
            messages.success(request, _("You are no longer signed up."))
        elif arranging.sign_up(chosen, person).waiting:
            messages.info(request, _("Every place is taken: you are on the waiting list."))
        else:
            messages.success(request, _("You are signed up."))
    except Problem as problem:
        messages.error(request, told(problem))
    return redirect("training:session", key=key)
