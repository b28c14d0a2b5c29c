"""Accounts and their roles. Nobody changes their own, and every change is in the ledger."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from adhere.console.access import account_of, roles
from adhere.console.links import account_for, make_sign_in_link
from adhere.console.lists import Column, Empty, Filter, Listing, Rows, list_page
from adhere.console.models import ROLES, Account
from adhere.console.showing import in_language
from adhere.core.recording import make_entry
from adhere.core.world import end_of
from adhere.errors import Problem

GIVEN = [(name, word) for name, word in ROLES.items() if name != "personnel"]


def _with_role(rows: Rows, role: str) -> Rows:
    # Roles are lists in two JSON columns; SQLite has no containment, so this looks in Python.
    held = [row.pk for row in rows if role in row.roles]
    return rows.filter(pk__in=held)


ACCOUNTS = Listing(
    name="accounts",
    columns=(
        Column("name", gettext_lazy("Name"), order=("person__name", "email")),
        Column("email", gettext_lazy("E-mail"), order=("email",)),
        Column("roles", gettext_lazy("Roles"), value=lambda row: _words(row.roles)),
        Column("ends", gettext_lazy("Ends"), "ends_at", order=("ends_at",)),
        Column("active", gettext_lazy("May sign in"), "is_active", order=("is_active",)),
        Column("last", gettext_lazy("Last sign-in"), "last_login", order=("last_login",)),
    ),
    order="email",
    search=("email", "person__name"),
    filters=(Filter("role", gettext_lazy("Role"), _with_role, lambda: list(ROLES.items())),),
    link=lambda row: reverse("role", args=[row.pk]),
    empty=Empty(gettext_lazy("No accounts yet")),
)


def _words(held: frozenset[str]) -> list[str]:
    return [str(word) for name, word in ROLES.items() if name in held]


class AccountForm(forms.Form):
    """What an administrator settles of an account."""

    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles besides those of the person's teams"),
        choices=GIVEN,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    ends_at = forms.DateField(
        label=gettext_lazy("Ends after"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("The last day, as for an auditor's visit."),
    )
    is_active = forms.BooleanField(label=gettext_lazy("May sign in"), required=False)


class NewAccountForm(forms.Form):
    """An account for an address; the person of that address is found by itself."""

    email = forms.EmailField(label=gettext_lazy("E-mail"))


@roles("administrator")
def accounts(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _add(request)
    return list_page(
        ACCOUNTS,
        request,
        Account.objects.select_related("person"),
        "console/roles.html",
        form=NewAccountForm(),
    )


def _add(request: HttpRequest) -> HttpResponse:
    form = NewAccountForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["email"])))
        return redirect("roles")
    try:
        made = account_for(form.cleaned_data["email"], [])
    except Problem as problem:
        messages.error(request, in_language(str(problem), "en"))
        return redirect("roles")
    return redirect("role", pk=made.pk)


@roles("administrator")
def account(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Account.objects.select_related("person"), pk=pk)
    own = found == account_of(request)
    if request.method == "POST" and own:
        raise PermissionDenied
    form = AccountForm(request.POST if request.method == "POST" else None, initial=_initial(found))
    if request.method == "POST" and form.is_valid():
        change(found, form.cleaned_data, account_of(request))
        messages.success(request, _("Saved and entered in the ledger."))
        return redirect("role", pk=pk)
    context = {"account": found, "form": form, "own": own, "held": _words(found.roles)}
    return render(request, "console/role.html", context)


def _initial(found: Account) -> dict[str, Any]:
    ends = timezone.localtime(found.ends_at).date() if found.ends_at else None
    return {"roles": found.extra_roles, "ends_at": ends, "is_active": found.is_active}


@transaction.atomic
def change(found: Account, wanted: dict[str, Any], by: Account) -> None:
    """Change an account's roles, end and access, with an entry that says who changed what."""
    before = _record(found)
    found.extra_roles = sorted(wanted["roles"])
    ends = wanted["ends_at"]
    found.ends_at = end_of(ends) if ends else None
    found.is_active = wanted["is_active"]
    found.save(update_fields=["extra_roles", "ends_at", "is_active"])
    entry = {
        "account": found.email,
        "before": before,
        "after": _record(found),
        "changed_by": by.person_id or by.email,
    }
    make_entry("roles", entry, found.person_id or "", timezone.now()).save()


def _record(found: Account) -> dict[str, Any]:
    return {
        "roles": sorted(found.extra_roles),
        "ends_at": found.ends_at.isoformat() if found.ends_at else None,
        "may_sign_in": found.is_active,
    }


@roles("administrator")
@require_POST
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """A sign-in link to hand over, shown once. It does not spare a second factor."""
    found = get_object_or_404(Account, pk=pk)
    if found == account_of(request):
        raise PermissionDenied
    url = make_sign_in_link(found, trusted=False)
    who = account_of(request)
    entry = {"account": found.email, "made_by": who.person_id or who.email}
    make_entry("sign-in-links", entry, found.person_id or "", timezone.now()).save()
    response = render(request, "console/role_link.html", {"account": found, "link": url})
    response.headers["Cache-Control"] = "no-store"
    return response
