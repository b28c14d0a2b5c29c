"""Websites: their settings with a live preview, the snippet, and whether a page carries it."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from adhere.areas.cookies.config import with_defaults
from adhere.areas.cookies.models import Notice, Site
from adhere.areas.cookies.notices import content_of, languages_of, newest, next_notices
from adhere.areas.cookies.packages.carrying import Found, carries
from adhere.areas.cookies.packages.making import KINDS, Website, package
from adhere.areas.cookies.packages.snippets import banner_address, tag
from adhere.areas.cookies.pages.fetching import fetched
from adhere.areas.cookies.pages.forms import SiteForm, site_initial, told
from adhere.areas.cookies.pages.inventory_views import may_change
from adhere.areas.cookies.pages.listings import SITES
from adhere.areas.cookies.readers import KEEPERS
from adhere.areas.cookies.shown import shown_script
from adhere.areas.cookies.wall.data import checked, wall_data
from adhere.areas.cookies.wall.policy import policy
from adhere.areas.cookies.wall.servers.static import LOADER
from adhere.console.access import roles
from adhere.console.lists import list_page
from adhere.core.recording import make_entry
from adhere.errors import Problem

_PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; "
)
_WITH_FRAME = _PAGE + "frame-src 'self'; frame-ancestors 'none'; font-src 'self'"
_FRAMED = _PAGE + "frame-ancestors 'self'"


@roles(*KEEPERS)
def index(request: HttpRequest) -> HttpResponse:
    """Every website that shows the banner."""
    context = {"may_change": may_change(request)}
    return list_page(SITES, request, Site.objects.all(), "cookies/inventory/sites.html", **context)


@roles(*KEEPERS)
def create(request: HttpRequest) -> HttpResponse:
    """A website joins."""
    initial = {**with_defaults({}), "theme": "", "language": "en", "active": True}
    form = SiteForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        site = form.stored()
        _save(request, site)
        return redirect("cookies:site", slug=site.slug)
    return render(request, "cookies/inventory/site_form.html", {"form": form})


@roles(*KEEPERS)
def site(request: HttpRequest, slug: str) -> HttpResponse:
    """One website: settings and preview, the snippet, the packages."""
    chosen = get_object_or_404(Site, pk=slug)
    form = SiteForm(request.POST or None, initial=site_initial(chosen), site=chosen)
    if request.method == "POST" and form.is_valid():
        _save(request, form.stored())
        return redirect("cookies:site", slug=slug)
    return _site_page(request, chosen, form)


def _site_page(request: HttpRequest, chosen: Site, form: SiteForm, **more: Any) -> HttpResponse:
    shown = newest(chosen.slug)
    context = {
        "site": chosen,
        "form": form,
        "check": more.pop("check", None)
        or CarriedForm(initial={"address": (chosen.origins or [""])[0]}),
        "snippet": tag(settings.URL, chosen.slug),
        "banner": banner_address(settings.URL, chosen.slug),
        "packages": KINDS,
        "notice": next(iter(shown.values()), None),
        "languages": languages_of(chosen),
        "may_change": may_change(request),
        **more,
    }
    response = render(request, "cookies/inventory/site.html", context)
    response.headers["Content-Security-Policy"] = _WITH_FRAME
    return response


def _save(request: HttpRequest, chosen: Site) -> None:
    """Store a website; what its banner shows changes when that is published."""
    now = timezone.now()
    if chosen._state.adding:
        chosen.created_at = now
    chosen.save()
    names = (
        "slug",
        "title",
        "origins",
        "cookie_domain",
        "group",
        "language",
        "languages",
        "active",
    )
    values = {name: getattr(chosen, name) for name in names}
    make_entry("cookie-sites", {**values, "settings": chosen.settings, "at": now}, "", now).save()
    messages.success(request, _("Recorded. Visitors see it once it is published."))


class CarriedForm(forms.Form):
    """A page to look at: its address, or its HTML."""

    address = forms.CharField(label=gettext_lazy("Address of a page"), max_length=500)
    page = forms.CharField(
        label=gettext_lazy("Or its HTML"),
        required=False,
        max_length=2_000_000,
        widget=forms.Textarea({"rows": 3, "class": "mono"}),
        help_text=gettext_lazy("For a page that this server cannot reach."),
    )


@roles(*KEEPERS)
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """Whether a page really carries the banner."""
    chosen = get_object_or_404(Site, pk=slug)
    form = CarriedForm(request.POST or None)
    found: list[Found] | None = None
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["address"]
        try:
            page = form.cleaned_data["page"] or fetched(address, list(chosen.origins))
            wall = _static_policy(chosen) if LOADER in page else None
            found = carries(page, slug, settings.URL, address, wall=wall)
        except Problem as problem:
            form.add_error("address", told(problem))
    return _site_page(
        request,
        chosen,
        SiteForm(initial=site_initial(chosen), site=chosen),
        check=form,
        carried=found,
    )


def _wall(chosen: Site, shown: Notice) -> dict[str, Any]:
    """What a wall of this website is made of."""
    known = Notice.objects.filter(site=chosen.slug).order_by("-number")
    hashes = known.values_list("sha256", flat=True)
    return wall_data(content_of(shown), settings.URL, chosen.origins, hashes)


def _static_policy(chosen: Site) -> str | None:
    """The policy that a page on a static host must start with; None before the first notice."""
    shown = newest(chosen.slug).get(chosen.language)
    return policy(checked(_wall(chosen, shown)), static=True) if shown else None


@roles(*KEEPERS)
def download(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """A package for one way to add the banner."""
    chosen = get_object_or_404(Site, pk=slug)
    shown = newest(slug).get(chosen.language)
    if kind not in KINDS:
        raise Http404("no such package")
    if shown is None:
        messages.error(request, _("Publish a notice first: the package is made of it."))
        return redirect("cookies:site", slug=slug)
    name, body = package(kind, Website(slug, chosen.title, settings.URL, _wall(chosen, shown)))
    response = HttpResponse(body, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@roles(*KEEPERS)
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The page in the frame: a sketch of a website with the banner on it."""
    chosen = get_object_or_404(Site, pk=slug)
    context = {
        "site": chosen,
        "query": request.GET.urlencode(),
        "language": _language(request, chosen),
    }
    return _framed(request, context)


@roles(*KEEPERS)
def preview_script(request: HttpRequest, slug: str) -> HttpResponse:
    """The banner as it would be with the settings in the address; it only shows."""
    chosen = get_object_or_404(Site, pk=slug)
    given = request.GET.copy()
    if "title" in given:
        form = SiteForm(given, site=chosen)
        if not form.is_valid():
            fault = json.dumps(_("Some settings do not fit."))
            return _script(f"document.body.dataset.fault={fault}")
        chosen = form.stored()
    language = _language(request, chosen)
    contents = next_notices(chosen).contents
    content = contents.get(language) or contents[chosen.language]
    return _script(shown_script(content, "0" * 64))


def _language(request: HttpRequest, chosen: Site) -> str:
    wanted = request.GET.get("l", "")
    return wanted if wanted in languages_of(chosen) else chosen.language


def _framed(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    response = render(request, "cookies/inventory/preview.html", context)
    response.headers["Content-Security-Policy"] = _FRAMED
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _script(text: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    patch_cache_control(response, no_store=True)
    return response
