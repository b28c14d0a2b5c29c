"""The pages: evidence for a policy and a period, downloads, invitations, and what was opened."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from adhere.console.access import OVERSEERS, account_of, roles
from adhere.console.auditing.inviting import invite, send
from adhere.console.auditing.making import chosen_of
from adhere.console.auditing.making import make as make_later
from adhere.console.auditing.models import Audit, Made
from adhere.console.auditing.report import overview
from adhere.console.wording import wording
from adhere.core.policies import current
from adhere.errors import Problem

KEPT = timedelta(days=14)


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget)


def _policies() -> list[tuple[str, str]]:
    return [(each.source.slug, wording(each).title) for each in current()]


class PeriodForm(forms.Form):
    """A policy, one of its clauses, and a period."""

    policy = forms.ChoiceField(label=gettext_lazy("Policy"), required=False)
    clause = forms.CharField(label=gettext_lazy("Clause"), required=False, max_length=100)
    since = _day(gettext_lazy("From"))
    until = _day(gettext_lazy("Until"))

    def __init__(self, allowed: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [each for each in _policies() if not allowed or each[0] in allowed]
        field: Any = self.fields["policy"]
        field.choices = [("", _("All policies")), *found] if not allowed else found

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("since") and given.get("until") and given["until"] < given["since"]:
            self.add_error("until", _("The period ends before it starts."))
        if given.get("clause") and given.get("policy"):
            source = next(each.source for each in current() if each.source.slug == given["policy"])
            if given["clause"] not in {each.id for each in source.clauses}:
                self.add_error("clause", _("This policy has no such clause."))
        elif given.get("clause"):
            self.add_error("policy", _("Choose the policy of this clause."))
        return given


class InviteForm(forms.Form):
    """Whom to invite, to what, until when."""

    name = forms.CharField(label=gettext_lazy("Name of the auditor"), max_length=200)
    email = forms.EmailField(label=gettext_lazy("E-mail"))
    policies = forms.MultipleChoiceField(
        label=gettext_lazy("Policies"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen means all."),
    )
    since = _day(gettext_lazy("Period from"))
    until = _day(gettext_lazy("Period until"))
    ends = _day(gettext_lazy("Last day of access"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["policies"]
        field.choices = _policies()

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("since") and given.get("until") and given["until"] < given["since"]:
            self.add_error("until", _("The period ends before it starts."))
        if given.get("ends") and given["ends"] < timezone.localdate():
            self.add_error("ends", _("This day is over."))
        return given


def _audit_of(request: HttpRequest) -> Audit | None:
    return Audit.objects.filter(account=account_of(request)).first()


def _form(request: HttpRequest, audit: Audit | None) -> PeriodForm:
    today = timezone.localdate()
    allowed = audit.policies if audit else []
    given = {
        "policy": allowed[0] if allowed else "",
        "clause": "",
        "since": audit.since if audit else today - timedelta(days=365),
        "until": audit.until if audit else today,
    }
    asked = request.POST if request.method == "POST" else request.GET
    return PeriodForm(allowed, {**given, **{k: v for k, v in asked.items() if k in given}})


@roles(*OVERSEERS)
def audit(request: HttpRequest) -> HttpResponse:
    """The evidence for a policy and a period, and what can be taken along."""
    own = _audit_of(request)
    form = _form(request, own)
    found = []
    if form.is_valid():
        found = overview(chosen_of(_wanted(request, form)), own.policies if own else None)
    context = {
        "form": form,
        "audit": own,
        "policies": found,
        "made": Made.objects.filter(account=account_of(request)).defer("content"),
        "audits": Audit.objects.select_related("account")
        if account_of(request).has_role("administrator")
        else [],
    }
    return render(request, "auditing/audit.html", context)


def _wanted(request: HttpRequest, form: PeriodForm, kind: str = "") -> Made:
    names = ("policy", "clause", "since", "until")
    return Made(
        account=account_of(request),
        form=kind,
        language=(get_language() or settings.LANGUAGE_CODE)[:2],
        **{name: form.cleaned_data[name] for name in names},
    )


@roles(*OVERSEERS, "auditor")
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Ask the background for a bundle or a report. It changes no record, so auditors may."""
    kind = request.POST.get("form", "")
    form = _form(request, _audit_of(request))
    if kind not in {"pdf", "jsonl"} or not form.is_valid():
        raise Http404
    account = account_of(request)
    Made.objects.filter(asked_at__lt=timezone.now() - KEPT).delete()
    wanted = _wanted(request, form, kind)
    same = {name: getattr(wanted, name) for name in ("form", "policy", "clause", "since", "until")}
    if not Made.objects.filter(account=account, finished_at=None, **same).exists():
        wanted.save()
        make_later.enqueue(wanted.pk)
    return redirect("audit")


@roles(*OVERSEERS)
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """What was made, for whoever asked for it."""
    made = get_object_or_404(Made, pk=pk, account=account_of(request), content__isnull=False)
    kind = "application/pdf" if made.form == "pdf" else "application/jsonl"
    response = HttpResponse(bytes(made.content or b""), content_type=kind)
    name = "-".join(filter(None, ["evidence", made.policy, made.clause, made.until.isoformat()]))
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{made.form}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@roles("administrator")
def invitations(request: HttpRequest) -> HttpResponse:
    """Invite an auditor; the link goes by mail, or is shown once."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        who = account_of(request)
        try:
            made, link = invite(form.cleaned_data, who.person_id or who.email)
        except Problem as problem:
            form.add_error("email", str(problem))
        else:
            if send(made, link):
                messages.success(request, _("The invitation is on its way."))
                return redirect("audit")
            return _shown_once(request, made, link)
    return render(request, "auditing/invite.html", {"form": form})


def _shown_once(request: HttpRequest, made: Audit, link: str) -> HttpResponse:
    response = render(request, "auditing/invited.html", {"audit": made, "link": link})
    response.headers["Cache-Control"] = "no-store"
    return response


@roles("administrator")
def opened(request: HttpRequest, pk: int) -> HttpResponse:
    """What an auditor opened, newest first."""
    found = get_object_or_404(Audit.objects.select_related("account"), pk=pk)
    rows = found.account.opened.all()[:500]
    return render(request, "auditing/opened.html", {"audit": found, "rows": rows})
