"""For the data protection officer: somebody shows a receipt and asks what is kept, or to erase."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from adhere.areas.cookies.consents import erasing, showing_receipt, standing, withdrawing
from adhere.areas.cookies.consents.record_views import shown_of
from adhere.areas.cookies.consents.showing_receipt import Shown
from adhere.areas.cookies.models import ConsentRecord
from adhere.areas.cookies.readers import READERS
from adhere.console.access import account_of, roles
from adhere.errors import Problem

SALT = "adhere.cookies.consents.proof"
HALF_AN_HOUR = 1_800


class ReceiptForm(forms.Form):
    """The file that the visitor downloaded from the banner."""

    receipt = forms.FileField(
        label=gettext_lazy("Receipt"),
        help_text=gettext_lazy(
            "The JSON file that the visitor saved from the banner. It is read, not kept."
        ),
    )


@roles(*READERS)
def by_receipt(request: HttpRequest) -> HttpResponse:
    """Verify a receipt; show the record and history it proves."""
    form = ReceiptForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    status = 200
    if request.method == "POST":
        shown = _read(form)
        status = 200 if shown else 422
        if shown:
            context |= _context(request, shown)
    return render(request, "cookies/consents/receipt.html", context, status=status)


def _read(form: ReceiptForm) -> Shown | None:
    if not form.is_valid():
        return None
    file = form.cleaned_data["receipt"]
    try:
        return showing_receipt.read(file.read(showing_receipt.LARGEST + 1))
    except Problem as problem:
        form.add_error("receipt", _("This is no receipt of ours") + f": {problem}")
        return None


def _context(request: HttpRequest, shown: Shown) -> dict[str, Any]:
    if shown.record is None:
        return {"shown": shown}
    history = standing.history_of(shown.record)
    seal = ""
    if shown.held:
        proven = {"subject": shown.record.subject, "by": account_of(request).pk}
        seal = signing.dumps(proven, salt=SALT)
    gives = withdrawing.standing_consents(history[-1])
    found = {"shown": shown, "record": shown.record, "seal": seal, "gives": gives}
    return found | shown_of(shown.record, history)


def _proven(request: HttpRequest) -> str:
    """The subject that a receipt proved to this account a moment ago; empty without."""
    try:
        proven = signing.loads(request.POST.get("seal", ""), salt=SALT, max_age=HALF_AN_HOUR)
    except signing.BadSignature:
        return ""
    sure = request.POST.get("sure") == "yes" and proven["by"] == account_of(request).pk
    return str(proven["subject"]) if sure else ""


@roles(*READERS)
def erase(request: HttpRequest) -> HttpResponse:
    """Erase what a receipt proved a moment ago, after a confirmation."""
    if request.method == "POST":
        subject = _proven(request)
        if not subject:
            messages.error(request, _("Nothing was done: show the receipt again and confirm."))
        elif not ConsentRecord.objects.filter(subject=subject).exists():
            messages.info(request, _("Nothing is left to erase."))
        else:
            account = account_of(request)
            count = erasing.erase_subject(subject, by=account.person_id or account.email)
            said = _("%d records are erased. Their leaves stay in the ledger and say so.")
            messages.success(request, said % count)
    return redirect("cookies:consent-proof")


@roles(*READERS)
def withdraw(request: HttpRequest) -> HttpResponse:
    """Record the withdrawal of whoever showed the receipt, after a confirmation."""
    if request.method == "POST":
        subject = _proven(request)
        made = withdrawing.withdraw_subject(subject) if subject else None
        if not subject:
            messages.error(request, _("Nothing was done: show the receipt again and confirm."))
        elif made is None:
            messages.info(request, _("No consent stands that could be withdrawn."))
        else:
            messages.success(request, _("The withdrawal is recorded."))
            return redirect("cookies:consent-record", made.pk)
    return redirect("cookies:consent-proof")
