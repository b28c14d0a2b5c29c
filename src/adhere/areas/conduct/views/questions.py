"""The questions about a policy, one a page, and the acceptance that follows them."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from adhere.areas.conduct.terms import Terms, terms_of
from adhere.areas.conduct.understanding import (
    Given,
    Standing,
    accept,
    again,
    answer,
    sentence_of,
    standing,
)
from adhere.console.access import account_of, everyone
from adhere.core.models import Person, PolicyText
from adhere.errors import Problem

LARGEST = 50
logger = logging.getLogger(__name__)


@everyone
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """The next question; a wrong answer shows the sentence first. Answers are kept at once."""
    terms, person = _found(slug), _person(request)
    text = _text(request, terms, person)
    try:
        if request.method == "POST":
            return _answered(request, terms, person, text)
        found = standing(terms, person, text.language)
    except Problem:
        logger.exception("the questions about %s cannot be asked", slug)
        messages.error(
            request, _("The questions cannot be read now. Please tell the security team.")
        )
        return redirect("read-policy", slug=slug)
    if found is None:
        return redirect("read-policy", slug=slug)
    context = {
        "policy": terms.policy.version,
        "text": text,
        "language": text.language,
        "found": found,
        "done": len(found.attempt.clauses) - len(found.open),
        "total": len(found.attempt.clauses),
        "drawn": found.drawn,
        "several": found.drawn is not None and len(found.drawn.question.right) > 1,
        "last": _last(found, text),
        "missed": [_sentence(text, each) for each in found.missed],
        "texts": list(terms.policy.version.texts.all()),
    }
    response = render(request, _template(found), context)
    response.headers["Cache-Control"] = "no-store"
    return response


@everyone
@require_POST
def once_more(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the clauses again that were not answered right at once."""
    terms, person = _found(slug), _person(request)
    text = _text(request, terms, person)
    again(terms, person, text.language)
    return redirect(_here(slug, text))


@everyone
@require_POST
def accepting(request: HttpRequest, slug: str) -> HttpResponse:
    """Sign that this person accepts the text whose hash the page carried."""
    terms, person = _found(slug), _person(request)
    text = _text(request, terms, person)
    if text.sha256 != request.POST.get("sha256"):
        messages.warning(
            request, _("A newer version has come while you were reading. Please read this one.")
        )
        return redirect("read-policy", slug=slug)
    if request.POST.get("understood") != "yes":
        messages.error(request, _("Tick the box to say that you have read and understood it."))
        return redirect(_here(slug, text))
    try:
        accept(terms, person, text)
    except Problem:
        messages.error(request, _("Some questions are still open."))
        return redirect(_here(slug, text))
    messages.success(request, _("Recorded: you have accepted “%(title)s”.") % {"title": text.title})
    return redirect("read-policy", slug=slug)


def _answered(request: HttpRequest, terms: Terms, person: Person, text: PolicyText) -> HttpResponse:
    chosen = [int(each) for each in request.POST.getlist("place")[:LARGEST] if each.isdecimal()]
    number = request.POST.get("number", "")
    if not chosen:
        messages.error(request, _("Choose an answer first."))
    elif number.isdecimal():
        given = Given(int(number[:6]), request.POST.get("question", ""), chosen)
        answer(terms, person, text.language, given)
    return redirect(_here(terms.slug, text))


def _here(slug: str, text: PolicyText) -> str:
    return f"{reverse('conduct:questions', args=[slug])}?language={text.language}"


def _template(found: Standing) -> str:
    if found.open:
        return "conduct/question.html"
    return "conduct/accept.html" if found.passed else "conduct/again.html"


def _last(found: Standing, text: PolicyText) -> dict[str, Any] | None:
    """The answer just given, with the sentence that it leads back to."""
    if not found.answers:
        return None
    last = found.answers[-1]
    return {"right": last.right, "answered": last.answered, **_sentence(text, last.clause)}


def _sentence(text: PolicyText, clause: str) -> dict[str, str]:
    return {"clause": clause, "sentence": sentence_of(text, clause)}


def _found(slug: str) -> Terms:
    terms = terms_of(slug)
    if terms is None:
        raise Http404("nobody has to accept this policy")
    return terms


def _person(request: HttpRequest) -> Person:
    """Oneself: nobody answers or accepts for somebody else."""
    person = account_of(request).person
    if person is None:
        raise Http404("this account belongs to nobody who works here")
    return person


def _text(request: HttpRequest, terms: Terms, person: Person) -> PolicyText:
    """The newest text in the language chosen, else in the person's, else the one that binds."""
    version = terms.policy.version
    texts = {each.language: each for each in version.texts.all()}
    wanted = request.POST.get("language") or request.GET.get("language") or person.language
    return texts.get(wanted) or texts[version.language]
