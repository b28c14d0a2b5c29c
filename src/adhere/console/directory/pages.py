"""The page for administrators: tokens, made here, shown once and taken away."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from adhere.console.access import account_of, roles
from adhere.console.directory import tokens
from adhere.console.directory.models import Group, Listed, Token


class TokenForm(forms.Form):
    """What a token is called."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=100,
        help_text=gettext_lazy("The directory that will use it, such as Entra ID or Okta."),
    )


@roles("administrator")
def directory(request: HttpRequest) -> HttpResponse:
    form = TokenForm(request.POST if request.method == "POST" else None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        who = account_of(request)
        secret = tokens.make(form.cleaned_data["name"], who.person_id or who.email)
        form = TokenForm()
    context = {
        "form": form,
        "secret": secret,
        "tokens": Token.objects.all(),
        "address": f"{settings.URL}/scim/v2",
        "users": Listed.objects.filter(forgotten_at=None).count(),
        "groups": Group.objects.count(),
    }
    response = render(request, "directory/directory.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@roles("administrator")
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a token's power away."""
    token = get_object_or_404(Token, pk=pk)
    who = account_of(request)
    tokens.revoke(token, who.person_id or who.email)
    messages.success(request, _("The token is revoked and opens nothing any more."))
    return redirect("directory")
