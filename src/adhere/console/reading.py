"""Reading a policy, and accepting exactly the text that was shown."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from adhere.console.access import account_of, everyone
from adhere.console.framing import framed
from adhere.console.owing import PERSONNEL
from adhere.core.acknowledging import ACKNOWLEDGEMENTS
from adhere.core.models import Acknowledgement, Person, Policy, PolicyText, PolicyVersion
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
    if request.method == "POST":
        return _accept(request, version, texts, person)
    source = parse_policy(text.text, f"{slug}.{text.language}.md")
    context = {
        "version": version,
        "text": text,
        "texts": list(texts.values()),
        "body": framed(render_text(source)),
        "accepted": _accepted(version, person) if person else None,
        "asks": person is not None and version.policy.audience == PERSONNEL,
    }
    return render(request, "console/read.html", context)


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
        record(ACKNOWLEDGEMENTS, [row], Origin("page", person.pk))
    messages.success(
        request, _("Recorded: you have accepted “%(title)s”.") % {"title": shown.title}
    )
    return redirect("me")
