"""Reading a policy, and accepting exactly the text that was shown."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adhere.console.access import account_of, everyone, oversees
from adhere.console.framing import framed
from adhere.console.owing import PERSONNEL, accepted_versions
from adhere.core.acknowledging import ACKNOWLEDGEMENTS, PAGE
from adhere.core.areas import areas
from adhere.core.asking_again import changes_since
from adhere.core.models import Acknowledgement, Person, Policy, PolicyText, PolicyVersion
from adhere.core.receipting import receipt_of
from adhere.core.recording import Origin, record
from adhere.documents.policy import parse_policy
from adhere.documents.policy import render as render_text


@everyone
def read(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest text in one's own language, with the button that accepts it."""
    version = _newest(slug)
    person = account_of(request).person
    texts = {text.language: text for text in version.texts.all()}
    text = _chosen(request, version, texts, person)
    questions = _questions(version, person)
    if request.method == "POST":
        if questions:
            messages.info(request, _("Please answer the questions first."))
            return redirect(questions)
        return _accept(request, version, texts, person)
    source = parse_policy(text.text, f"{slug}.{text.language}.md")
    last = _last_accepted(version, person) if person else 0
    context = {
        "version": version,
        "text": text,
        "texts": list(texts.values()),
        "body": framed(render_text(source)),
        "accepted": _accepted(version, person) if person else None,
        "asks": person is not None and version.policy.audience == PERSONNEL,
        "questions": questions,
        "last": last,
        "changes": changes_since(version, last, text.language) if last else [],
    }
    return render(request, "console/read.html", context)


@everyone
@require_safe
def receipt(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The signed receipt of an acceptance: one's own, or anybody's for who oversees."""
    own = account_of(request).person_id or ""
    wanted = request.GET.get("person") or own
    if not wanted or (wanted != own and not oversees(request)):
        raise PermissionDenied
    found = get_object_or_404(
        Acknowledgement.objects.select_related("entry"),
        superseded_by=None,
        retracted=False,
        person=wanted,
        policy=slug,
        version=number,
    )
    response = HttpResponse(receipt_of(found.entry), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{number}-receipt.json"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _questions(version: PolicyVersion, person: Person | None) -> str:
    """Where the questions about a version are, if this person still has to answer any."""
    if person is None or version.policy.audience != PERSONNEL:
        return ""
    told = (area.asks(version.policy_id, person.pk) for area in areas() if area.asks)
    return next(filter(None, told), "")


def _last_accepted(version: PolicyVersion, person: Person) -> int:
    """The newest earlier version that a person accepted; 0 is none."""
    numbers = [n for slug, n in accepted_versions(person.pk) if slug == version.policy_id]
    return max((n for n in numbers if n < version.number), default=0)


def _newest(slug: str) -> PolicyVersion:
    policy = get_object_or_404(Policy, pk=slug)
    found = policy.versions.order_by("-number").select_related("policy").first()
    if found is None:
        raise Http404
    return found


def _chosen(
    request: HttpRequest,
    version: PolicyVersion,
    texts: dict[str, PolicyText],
    person: Person | None,
) -> PolicyText:
    wanted = request.GET.get("language") or (person.language if person else "")
    return texts.get(wanted) or texts[version.language]


def _accepted(version: PolicyVersion, person: Person) -> Acknowledgement | None:
    rows = Acknowledgement.objects.filter(superseded_by=None, retracted=False, person=person.pk)
    return rows.filter(policy=version.policy_id, version=version.number).first()


def _accept(
    request: HttpRequest,
    version: PolicyVersion,
    texts: dict[str, PolicyText],
    person: Person | None,
) -> HttpResponse:
    """Record that this person accepts the text whose hash the page carried, if it still stands."""
    if person is None or version.policy.audience != PERSONNEL:
        raise Http404
    shown = texts.get(request.POST.get("language", ""))
    if shown is None or shown.sha256 != request.POST.get("sha256"):
        messages.warning(
            request, _("A newer version has come while you were reading. Please read this one.")
        )
        return redirect(request.get_full_path())
    if request.POST.get("understood") != "yes":
        messages.error(request, _("Tick the box to say that you have read and understood it."))
        return redirect(request.get_full_path())
    if not _accepted(version, person):
        row = {
            "policy": version.policy_id,
            "version": version.number,
            "person": person.pk,
            "happened_at": timezone.now(),
            "score": None,
            "language": shown.language,
            "sha256": shown.sha256,
        }
        record(ACKNOWLEDGEMENTS, [row], Origin(PAGE, person.pk))
    messages.success(
        request, _("Recorded: you have accepted “%(title)s”.") % {"title": shown.title}
    )
    return redirect("me")
