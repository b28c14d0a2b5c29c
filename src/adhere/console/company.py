"""The company's own page: who publishes the policies and where they can be reached."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from adhere.console.access import account_of, roles
from adhere.core.models import Controller
from adhere.core.recording import make_entry


class CompanyForm(forms.ModelForm[Controller]):
    """The fields of the controller (GDPR Art. 13(1)(a))."""

    website = forms.URLField(
        label=gettext_lazy("Website"), required=False, assume_scheme="https", max_length=200
    )

    class Meta:
        model = Controller
        fields = ("name", "registration", "address", "email", "website")
        widgets = {"address": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "name": gettext_lazy("Name"),
            "registration": gettext_lazy("Registration number"),
            "address": gettext_lazy("Address"),
            "email": gettext_lazy("E-mail for questions"),
        }
        help_texts = {
            "name": gettext_lazy("As it stands in the published policies."),
            "email": gettext_lazy("Shown to everybody who reads a policy."),
        }


@roles("administrator")
def company(request: HttpRequest) -> HttpResponse:
    form = CompanyForm(request.POST or None, instance=Controller.current())
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            saved = form.save()
            record = {name: getattr(saved, name) for name in CompanyForm.Meta.fields}
            who = account_of(request)
            make_entry(
                "company", {**record, "changed_by": who.person_id or who.email}, "", timezone.now()
            ).save()
        messages.success(request, _("Saved."))
        return redirect("company")
    return render(request, "console/company.html", {"form": form})
