"""Files in and out: facts of any kind, all or nothing, with one clear message."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from adhere.console.access import account_of, roles
from adhere.console.exporting import csv_response
from adhere.console.facts import newest
from adhere.core.importing import import_facts
from adhere.core.kinds import kind_named, kinds
from adhere.core.recording import Origin, Recorded
from adhere.errors import Problem

KEEPERS = ("administrator", "security")
LARGEST = 20_000_000


class ImportForm(forms.Form):
    """A file and what its rows are."""

    kind = forms.ChoiceField(label=gettext_lazy("What the rows are"))
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or JSON Lines, UTF-8. Importing a file twice changes nothing."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.jsonl,.ndjson,.json,text/csv"}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["kind"].choices = [(name, name) for name in sorted(kinds())]  # type: ignore[attr-defined]


class _Tried(Exception):
    def __init__(self, done: Recorded) -> None:
        self.done = done


@roles(*KEEPERS)
def imports(request: HttpRequest) -> HttpResponse:
    form = ImportForm(
        request.POST or None, request.FILES or None, initial={"kind": request.GET.get("kind", "")}
    )
    problem, tried = None, None
    if request.method == "POST" and form.is_valid():
        try:
            if "try" in request.POST:
                tried = _try(request, form)
            else:
                done = _import(request, form)
                messages.success(request, _said(form.cleaned_data["kind"], done))
                return redirect("import")
        except Problem as found:
            problem = found
    context = {"form": form, "problem": problem, "tried": tried, "kinds": _formats()}
    return render(request, "console/import.html", context, status=422 if problem else 200)


def _import(request: HttpRequest, form: ImportForm) -> Recorded:
    file = form.cleaned_data["file"]
    if file.size > LARGEST:
        raise Problem(
            f"{file.size:,} bytes",
            file=file.name,
            expected=f"at most {LARGEST:,} here; use the command line for more",
        )
    who = account_of(request)
    origin = Origin("import", who.person_id or who.email)
    return import_facts(kind_named(form.cleaned_data["kind"]), file.read(), file.name, origin)


def _try(request: HttpRequest, form: ImportForm) -> str:
    """What importing would do; nothing is kept."""
    try:
        with transaction.atomic():
            raise _Tried(_import(request, form))
    except _Tried as tried:
        return _said(form.cleaned_data["kind"], tried.done)


def _said(kind: str, done: Recorded) -> str:
    return _("%(kind)s: %(added)d added, %(corrected)d corrected, %(unchanged)d known already") % {
        "kind": kind,
        "added": done.added,
        "corrected": done.corrected,
        "unchanged": done.unchanged,
    }


def _formats() -> list[tuple[str, list[tuple[str, str, bool]]]]:
    return [
        (name, [(column.name, column.expected, column.required) for column in kind.columns])
        for name, kind in sorted(kinds().items())
    ]


@roles(*KEEPERS, "data-protection")
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """All current facts of a kind in its import format."""
    found = kinds().get(kind)
    if found is None:
        raise Http404
    rows = newest(found).order_by("pk")
    return csv_response(
        kind,
        [column.name for column in found.columns],
        (
            [
                _cell(column.write(value))
                if (value := getattr(row, column.field)) is not None
                else ""
                for column in found.columns
            ]
            for row in rows.iterator(chunk_size=1000)
        ),
    )


def _cell(written: object) -> str:
    return "" if written is None else str(written)
