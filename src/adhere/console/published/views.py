"""The pages: what is published, each text, its changes, its PDF and its source."""

from __future__ import annotations

import base64
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from adhere.console.access import everyone, public
from adhere.console.published import showing
from adhere.console.published.finding import PUBLIC, kept, preferred, refused, shown
from adhere.console.published.pdf import as_pdf
from adhere.console.published.words import NAMES, WORDS
from adhere.core.models import Policy, PolicyText
from adhere.core.publishing import newest


@public
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every policy that the visitor may read."""
    language = preferred(request, WORDS, "en")
    policies = Policy.objects.all()
    if not request.user.is_authenticated:
        policies = policies.filter(audience=PUBLIC)
    listed = [row for policy in policies if (row := _listed(policy, language))]
    context = {
        "w": WORDS[language],
        "language": language,
        "title": WORDS[language]["policies"],
        "policies": listed,
        "more": not request.user.is_authenticated
        and Policy.objects.exclude(audience=PUBLIC).exists(),
    }
    with translation.override(language):
        response = render(request, "published/index.html", context)
    response["Vary"] = "Accept-Language, Cookie"
    return response


@everyone
@require_safe
def sign_in(request: HttpRequest) -> HttpResponse:
    """From the public list to the whole one."""
    return redirect("published")


def _listed(policy: Policy, language: str) -> dict[str, Any] | None:
    version = newest(policy.slug)
    if version is None:
        return None
    texts: dict[str, PolicyText] = {text.language: text for text in version.texts.all()}
    chosen = texts.get(language, texts[version.language])
    words = WORDS[language]
    when = showing.spelled(version.published_at, language, clock=False)
    return {
        "title": chosen.title,
        "text_language": chosen.language,
        "url": reverse("published-text", args=[policy.slug, chosen.language]),
        "version": words["version"].format(number=version.number),
        "published": words["published"].format(when=when),
        "languages": [
            {
                "name": NAMES[code],
                "code": code,
                "url": reverse("published-text", args=[policy.slug, code]),
            }
            for code in texts
        ],
    }


@public
@require_safe
def policy(
    request: HttpRequest, slug: str, number: int | None = None, language: str | None = None
) -> HttpResponse:
    """A text: the current one, or that of a version."""
    found = shown(request, slug, number, language)

    def build() -> HttpResponse:
        context = {**showing.page(found), **_links(found, number is not None)}
        with translation.override(found.language):
            return render(request, "published/policy.html", context)

    return refused(request, found.version.policy) or kept(request, found, f"page {number}", build)


@public
@require_safe
def changes(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What a version changed, sentence by sentence; ``?lang=`` chooses the language."""
    found = shown(request, slug, number, _asked(request))

    def build() -> HttpResponse:
        context = {
            **showing.frame(found),
            "changed": showing.changed(found),
            "versions": showing.versions(found),
            **_links(found, True),
        }
        with translation.override(found.language):
            return render(request, "published/changes.html", context)

    return refused(request, found.version.policy) or kept(request, found, "changes", build)


def _asked(request: HttpRequest) -> str | None:
    asked = request.GET.get("lang")
    return asked if asked in WORDS else None


@public
@require_safe
def pdf(
    request: HttpRequest, slug: str, number: int | None = None, language: str | None = None
) -> HttpResponse:
    """A text for paper."""
    found = shown(request, slug, number, language)
    return refused(request, found.version.policy) or kept(
        request, found, "pdf", lambda: _paper(found, "policy")
    )


@public
@require_safe
def changes_pdf(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What a version changed, for paper."""
    found = shown(request, slug, number, _asked(request))
    return refused(request, found.version.policy) or kept(
        request, found, "changes pdf", lambda: _paper(found, "changes")
    )


def _paper(found: showing.Shown, what: str) -> HttpResponse:
    name = f"{found.version.policy_id}-{found.version.number}-{found.language}"
    name += "-changes.pdf" if what == "changes" else ".pdf"
    response = HttpResponse(as_pdf(found, what), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@public
@require_safe
def source(
    request: HttpRequest, slug: str, language: str, number: int | None = None
) -> HttpResponse:
    """The exact bytes whose SHA-256 an acknowledgement names."""
    found = shown(request, slug, number, language)

    def build() -> HttpResponse:
        response = HttpResponse(
            found.text.text.encode(), content_type="text/markdown; charset=utf-8"
        )
        digest = base64.b64encode(bytes.fromhex(found.text.sha256)).decode()
        response["Repr-Digest"] = f"sha-256=:{digest}:"
        return response

    return refused(request, found.version.policy) or kept(request, found, "source", build)


def _links(found: showing.Shown, permanent: bool) -> dict[str, str]:
    """Where the PDF, the source and the changes of this page stand."""
    slug, number = found.version.policy_id, found.version.number
    own = [slug, number, found.language] if permanent else [slug, found.language]
    which = "version" if permanent else "text"
    text = "published-version-source" if permanent else "published-source"
    return {
        "pdf_url": reverse(f"published-{which}-pdf", args=own),
        "source_url": reverse(text, args=own),
        "changes_url": reverse("published-changes", args=[slug, number]) if number > 1 else "",
    }
