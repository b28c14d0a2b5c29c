"""Attendance: the trainer's list, and the code at the door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from adhere.areas.training import attending
from adhere.areas.training.arranging import door_open
from adhere.areas.training.models import ABSENT, ATTENDED, SignUp, TrainingSession
from adhere.areas.training.views.common import found_session, may_take, person_of, told
from adhere.console.access import account_of, everyone
from adhere.core.models import Person
from adhere.core.recording import day_of
from adhere.errors import Problem

FOUND = 20


@dataclass(frozen=True)
class Line:
    """One person on the list: what is recorded, and whether they signed up."""

    person: Person
    outcome: str
    signed_up: bool
    problem: str = ""


@everyone
def roll(request: HttpRequest, key: str) -> HttpResponse:
    """The list that a trainer ticks, on a phone too; each tick is recorded at once."""
    session = found_session(key)
    reading = request.method in {"GET", "HEAD"} and account_of(request).has_role("auditor")
    if not (may_take(request, session) or reading):
        raise PermissionDenied
    if request.method == "POST":
        return _tick(request, session)
    words = request.GET.get("q", "").strip().replace("\x00", "")[:100]
    lines = _lines(session)
    context = {
        "session": session,
        "lines": lines,
        "words": words,
        "found": _found(session, words, lines) if words else [],
        "open": sum(not line.outcome for line in lines),
        "can_take": may_take(request, session),
    }
    return render(request, "training/attendance.html", context)


def _tick(request: HttpRequest, session: TrainingSession) -> HttpResponse:
    recorder = account_of(request).person_id or account_of(request).email
    if request.POST.get("rest"):
        return _rest(request, session, recorder)
    person = get_object_or_404(Person, pk=request.POST.get("person", ""))
    problem = ""
    try:
        attending.take(session, person.pk, request.POST.get("outcome", ""), recorder)
    except Problem as error:
        problem = told(error)
    if getattr(request, "htmx", False):
        outcome = getattr(attending.outcomes_of(session.key).get(person.pk), "outcome", "")
        signed = SignUp.objects.filter(session=session.key, person=person).exists()
        line = Line(person, outcome, signed, problem)
        context = {"session": session, "line": line, "can_take": True}
        return render(request, "training/attendance_line.html", context)
    if problem:
        messages.error(request, problem)
    return redirect("training:attendance", key=session.key)


def _rest(request: HttpRequest, session: TrainingSession, recorder: str) -> HttpResponse:
    """Record that those without an outcome were absent."""
    try:
        for line in _lines(session):
            if not line.outcome and line.person.pk != recorder:
                attending.take(session, line.person.pk, ABSENT, recorder)
    except Problem as error:
        messages.error(request, told(error))
    return redirect("training:attendance", key=session.key)


def _lines(session: TrainingSession) -> list[Line]:
    outcomes = attending.outcomes_of(session.key)
    signed = set(SignUp.objects.filter(session=session.key).values_list("person", flat=True))
    people = Person.objects.filter(pk__in={*outcomes, *signed})
    return [
        Line(person, getattr(outcomes.get(person.pk), "outcome", ""), person.pk in signed)
        for person in people
    ]


def _found(session: TrainingSession, words: str, lines: list[Line]) -> list[Line]:
    day = day_of(session.starts_at)
    people = Person.objects.filter(joined__lte=day).exclude(left__lt=day)
    for word in words.split():
        people = people.filter(Q(name__icontains=word) | Q(id__icontains=word))
    listed = [line.person.pk for line in lines]
    return [Line(person, "", False) for person in people.exclude(pk__in=listed)[:FOUND]]


@everyone
def door(request: HttpRequest, key: str) -> HttpResponse:
    """The code at the door, changed every thirty seconds; for the trainer's screen."""
    session = found_session(key)
    if not may_take(request, session):
        raise PermissionDenied
    opened = door_open(session, timezone.now())
    context: dict[str, Any] = {"session": session, "door_open": opened}
    if opened:
        code = attending.door_code(session)
        address = settings.URL + reverse("training:here", args=[session.key, code])
        picture = segno.make(address, error="m").svg_data_uri(scale=8, border=3, light="white")
        outcomes = attending.outcomes_of(session.key).values()
        came = sum(each.outcome == ATTENDED for each in outcomes)
        context.update(picture=picture, address=address, came=came)
    part = getattr(request, "htmx", False)
    template = "training/door_code.html" if part else "training/door.html"
    response = render(request, template, context)
    response.headers["Cache-Control"] = "no-store"
    return response


@everyone
def here(request: HttpRequest, key: str, code: str) -> HttpResponse:
    """What the phone shows after scanning: one button says "I am here"."""
    session, person = found_session(key), person_of(request)
    context: dict[str, Any] = {"session": session, "person": person}
    try:
        if request.method == "POST":
            attending.come_in(session, person, request.POST.get("seen", ""))
            context["done"] = True
        else:
            attending.read_code(code, timezone.now(), session)
            context["seen"] = attending.seen_code(session, person.pk)
    except Problem as problem:
        context["problem"] = problem
    response = render(request, "training/here.html", context)
    response.headers["Cache-Control"] = "no-store"
    response.status_code = 403 if "problem" in context else 200
    return response
