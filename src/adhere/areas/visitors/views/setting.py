"""The settings of the desk, and its tablets."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from adhere.areas.visitors.forms import SettingsForm, settings_initial
from adhere.areas.visitors.models import Desk
from adhere.areas.visitors.views.common import SETTERS, digest
from adhere.console.access import account_of, roles


@roles(*SETTERS)
def change(request: HttpRequest) -> HttpResponse:
    """How long visitors' data is kept, photos, house rules."""
    form = SettingsForm(request.POST or None, initial=settings_initial())
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The settings are saved."))
        return redirect("visitors:settings")
    may = account_of(request).has_role(*SETTERS)
    context = {"form": form, "desks": Desk.objects.order_by("name"), "may": may}
    return render(request, "visitors/settings.html", context)


@roles(*SETTERS)
@require_POST
def add_desk(request: HttpRequest) -> HttpResponse:
    """A new tablet: its address is shown once."""
    secret = secrets.token_urlsafe(32)
    name = request.POST.get("name", "").strip()[:100] or _("Front desk")
    Desk.objects.create(name=name, secret_sha256=digest(secret), made_at=timezone.now())
    address = settings.URL + reverse("visitors:pair", args=[secret])
    response = render(request, "visitors/paired.html", {"address": address, "name": name})
    response.headers["Cache-Control"] = "no-store"
    return response


@roles(*SETTERS)
@require_POST
def revoke_desk(request: HttpRequest, pk: int) -> HttpResponse:
    """A tablet that is no desk any more."""
    get_object_or_404(Desk, pk=pk).delete()
    messages.success(request, _("The tablet is no front desk any more."))
    return redirect("visitors:settings")
