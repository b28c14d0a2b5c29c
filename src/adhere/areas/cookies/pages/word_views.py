"""Purposes and providers: how visitors are told of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from adhere.areas.cookies import words
from adhere.areas.cookies.consents import naming
from adhere.areas.cookies.models import Notice, Purpose, Tracker, Vendor
from adhere.areas.cookies.pages.forms import PurposeForm, VendorForm
from adhere.areas.cookies.pages.inventory_views import may_change
from adhere.areas.cookies.pages.listings import NOTICES, VENDORS
from adhere.areas.cookies.purposes import SHIPPED, all_purposes, words_of
from adhere.areas.cookies.readers import KEEPERS
from adhere.console.access import roles
from adhere.console.lists import list_page


@roles(*KEEPERS)
def purposes(request: HttpRequest) -> HttpResponse:
    """Every purpose, in the order in which visitors see them."""
    counts: dict[str, int] = {}
    standing = Tracker.objects.filter(superseded_by=None, retracted=False)
    for slug in standing.values_list("purpose", flat=True):
        counts[slug] = counts.get(slug, 0) + 1
    rows = [
        {
            "purpose": each,
            **words_of(each, naming.language()),
            "trackers": counts.get(each.slug, 0),
            "own": len(each.words),
            "shipped": each.slug in SHIPPED,
        }
        for each in all_purposes()
    ]
    context = {"rows": rows, "may_change": may_change(request)}
    return render(request, "cookies/inventory/purposes.html", context)


@roles(*KEEPERS)
def new_purpose(request: HttpRequest) -> HttpResponse:
    """A purpose of the company's own."""
    form = PurposeForm(request.POST or None, initial={"language": "en", "order": 60})
    if request.method == "POST" and form.is_valid():
        _save(Purpose(slug=form.cleaned_data["slug"]), form)
        messages.success(request, _("The purpose is there; say it in the other languages too."))
        return redirect("cookies:purposes")
    return render(request, "cookies/inventory/purpose_form.html", {"form": form})


@roles(*KEEPERS)
def purpose(request: HttpRequest, slug: str) -> HttpResponse:
    """What a purpose is called and says, in one language at a time."""
    chosen = next((each for each in all_purposes() if each.slug == slug), None)
    if chosen is None:
        raise Http404("no such purpose")
    language = request.GET.get("language", "en")
    initial = {
        **words_of(chosen, language),
        "language": language if language in words.shipped() else "en",
        "order": chosen.order,
        "signals": chosen.signals,
    }
    form = PurposeForm(request.POST or None, initial=initial, purpose=chosen)
    if request.method == "POST" and form.is_valid():
        _save(chosen, form)
        messages.success(request, _("Recorded. Visitors see it once it is published."))
        return redirect("cookies:purposes")
    languages = [(each, words.name_of(each)) for each in words.shipped()]
    context = {"form": form, "purpose": chosen, "languages": languages, "here": initial["language"]}
    return render(request, "cookies/inventory/purpose_form.html", context)


def _save(purpose: Purpose, form: PurposeForm) -> None:
    found: dict[str, Any] = form.cleaned_data
    said = {"title": found["title"], "text": found["text"]}
    if dict(words_of(purpose, found["language"])) != said:
        purpose.words = {**purpose.words, found["language"]: said}
    purpose.order, purpose.signals = found["order"], found["signals"]
    purpose.save()


@roles(*KEEPERS)
def vendors(request: HttpRequest) -> HttpResponse:
    """Every provider that a tracker names."""
    return list_page(VENDORS, request, Vendor.objects.all(), "cookies/inventory/vendors.html")


@roles(*KEEPERS)
def vendor(request: HttpRequest, name: str) -> HttpResponse:
    """Who a provider is, and which hosts belong to it."""
    chosen = get_object_or_404(Vendor, pk=name)
    initial = {"hosts": "\n".join(chosen.hosts)}
    form = VendorForm(request.POST or None, instance=chosen, initial=initial)
    if request.method == "POST" and form.is_valid():
        saved = form.save(commit=False)
        saved.hosts = form.cleaned_data["hosts"]
        saved.save()
        messages.success(request, _("Recorded. Visitors see it once it is published."))
        return redirect("cookies:vendors")
    standing = Tracker.objects.filter(superseded_by=None, retracted=False, vendor=name)
    context = {"form": form, "vendor": chosen, "trackers": standing.order_by("name")}
    return render(request, "cookies/inventory/vendor.html", context)


@roles(*KEEPERS)
def notices(request: HttpRequest) -> HttpResponse:
    """Everything that banners ever showed."""
    return list_page(NOTICES, request, Notice.objects.all(), "cookies/inventory/notices.html")
