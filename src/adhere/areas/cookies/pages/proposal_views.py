"""Proposals: what a document says of trackers; a person answers what it leaves open."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from adhere.areas.cookies import changing
from adhere.areas.cookies.models import Proposal
from adhere.areas.cookies.pages.forms import TrackerForm, told
from adhere.areas.cookies.pages.inventory_views import recorder
from adhere.areas.cookies.readers import KEEPERS
from adhere.console.access import roles
from adhere.documents.read import read
from adhere.errors import Problem

LARGEST = 5_000_000


class DocumentForm(forms.Form):
    """A cookie policy that the company has."""

    document = forms.FileField(
        label=gettext_lazy("Cookie policy"),
        help_text=gettext_lazy("Text, Markdown, HTML, Word or PDF."),
    )

    def clean_document(self) -> object:
        document = self.cleaned_data["document"]
        if document.size > LARGEST:
            raise forms.ValidationError(_("At most 5 MB."))
        return document


def _open(proposal: Proposal) -> list[str]:
    """What a person has still to answer, as the form calls it."""
    labels = {"kind": "tracker_kind"}
    fields = TrackerForm.base_fields
    return [str(fields[labels.get(name, name)].label) for name in changing.open_cells(proposal)]


@roles(*KEEPERS)
def index(request: HttpRequest) -> HttpResponse:
    """Read a document, and list what is still to be decided."""
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["document"]
        try:
            made = changing.fill_from(read(given.read(), name=given.name), given.name)
        except Problem as problem:
            form.add_error("document", told(problem))
        else:
            said = _(
                "%(number)s trackers proposed; nothing is in the inventory before you accept it."
            )
            messages.success(request, said % {"number": made})
            return redirect("cookies:proposals")
    waiting = Proposal.objects.filter(decided="")
    rows = [{"proposal": each, "open": _open(each)} for each in waiting]
    context = {"form": form, "rows": rows, "decided": Proposal.objects.exclude(decided="").count()}
    return render(request, "cookies/inventory/proposals.html", context)


@roles(*KEEPERS)
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer what a document leaves open, and accept."""
    chosen = get_object_or_404(Proposal, pk=pk, decided="")
    values = {
        ("tracker_kind" if name == "kind" else name): cell for name, cell in chosen.values.items()
    }
    read = _("Read in %(document)s, line %(line)s")
    seen = _("Seen by a scan of %(document)s")
    note = (seen if "scan" in chosen.values else read) % {
        "document": chosen.document,
        "line": chosen.line,
    }
    form = TrackerForm(request.POST or None, initial={**values, "note": note})
    if request.method == "POST" and form.is_valid():
        try:
            changing.store(form.values(), recorder(request))
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, told(problem))
        else:
            _decide(request, chosen, "accepted")
            messages.success(request, _("It is in the inventory."))
            return redirect("cookies:proposals")
    context = {"form": form, "proposal": chosen, "open": _open(chosen)}
    return render(request, "cookies/inventory/proposal.html", context)


@roles(*KEEPERS)
@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """A proposal is not wanted."""
    _decide(request, get_object_or_404(Proposal, pk=pk, decided=""), "refused")
    messages.success(request, _("Set aside."))
    return redirect("cookies:proposals")


def _decide(request: HttpRequest, chosen: Proposal, how: str) -> None:
    chosen.decided, chosen.decided_by = how, recorder(request)
    chosen.save(update_fields=["decided", "decided_by"])
