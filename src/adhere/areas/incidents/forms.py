"""Forms of this area."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from adhere.areas.incidents import photos
from adhere.areas.incidents.finding import person_typed
from adhere.areas.incidents.models import Handling
from adhere.areas.incidents.words import ANSWERS, SEVERITIES, SORTS
from adhere.core.policies import clause_ids, resolve_clause
from adhere.errors import Problem

_PHOTO = {"accept": ",".join(f"image/{each.lower()}" for each in photos.FORMATS)}


class _Photo(forms.FileField):
    """A picture, cleaned; empty where there is none."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        found = super().clean(data, initial)
        if not isinstance(found, UploadedFile):
            return b""
        try:
            return photos.cleaned(found, found.size or 0)
        except Problem:
            raise forms.ValidationError(
                _("This picture cannot be read: send a JPEG, PNG or WebP of at most 15 MB.")
            ) from None


class QuickForm(forms.Form):
    """An unrecognised person, from a phone: one press says it all."""

    once = forms.CharField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(choices=list(ANSWERS.items()))
    place = forms.CharField(label=_("Where"), max_length=200, required=False)
    photo = _Photo(label=_("Photo"), required=False, widget=forms.FileInput(_PHOTO))
    anonymous = forms.BooleanField(label=_("Leave my name out"), required=False)


class ReportForm(forms.Form):
    """Everything else that breaks a clause."""

    once = forms.CharField(widget=forms.HiddenInput)
    sort = forms.ChoiceField(
        label=_("What is it?"), choices=list(SORTS.items()), widget=forms.RadioSelect
    )
    description = forms.CharField(
        label=_("What happened?"), max_length=5000, widget=forms.Textarea({"rows": 5})
    )
    place = forms.CharField(
        label=_("Where"), max_length=200, required=False, widget=forms.TextInput({"list": "places"})
    )
    at = forms.DateTimeField(
        label=_("When"),
        required=False,
        help_text=_("Now, if you leave it empty."),
        widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
    )
    who = forms.CharField(
        label=_("Who did it"),
        max_length=200,
        required=False,
        help_text=_("A name, if you know it. They are not told who named them."),
        widget=forms.TextInput({"list": "people", "autocomplete": "off"}),
    )
    action = forms.CharField(
        label=_("For a crash: what caused it"),
        max_length=200,
        required=False,
        help_text=_("The action in a few words, such as: restarted the server by hand."),
    )
    answer = forms.ChoiceField(
        label=_("For an unrecognised person: did you speak to them?"),
        required=False,
        choices=[("", _("not said")), *ANSWERS.items()],
    )
    clause = forms.CharField(
        label=_("Which clause"),
        max_length=210,
        required=False,
        help_text=_("Type a word to search. Leave it empty if you do not know."),
        widget=forms.TextInput({"list": "clauses", "autocomplete": "off"}),
    )
    severity = forms.ChoiceField(
        label=_("How bad is it?"),
        required=False,
        choices=[("", _("not said")), *SEVERITIES.items()],
    )
    photo = _Photo(label=_("Photo"), required=False, widget=forms.FileInput(_PHOTO))
    anonymous = forms.BooleanField(
        label=_("Leave my name out"),
        required=False,
        help_text=_("Nothing that is kept says who reported it, so nobody can ask you back."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not Handling.current().anonymous:
            del self.fields["anonymous"]

    def clean_at(self) -> datetime:
        found = self.cleaned_data["at"] or timezone.now()
        if found > timezone.now():
            raise forms.ValidationError(_("This is still to come."))
        return found

    def clean_who(self) -> str:
        typed = self.cleaned_data["who"]
        found = person_typed(typed) if typed else None
        if typed and found is None:
            raise forms.ValidationError(
                _("Nobody, or more than one, is called so: write the whole name or the address.")
            )
        return found.pk if found else ""

    def clean_clause(self) -> str:
        typed = self.cleaned_data["clause"]
        try:
            return resolve_clause(typed, clause_ids()) if typed else ""
        except Problem:
            raise forms.ValidationError(_("No clause is called so: choose one.")) from None

    def fields_of_incident(self) -> dict[str, Any]:
        """What is recorded."""
        found = self.cleaned_data
        names = ("sort", "description", "place", "action", "answer", "clause", "severity")
        kept = {name: found[name] for name in names}
        # What only one kind has is nothing for the others.
        if found["sort"] != "crash":
            kept["action"] = ""
        if found["sort"] != "unrecognised-person":
            kept["answer"] = ""
        return {**kept, "subject": found["who"], "happened_at": found["at"]}


class DetailsForm(ReportForm):
    """What the security team knows more closely."""

    field_order = ("severity", "clause", "who", "action", "place", "answer")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("once", "sort", "description", "at", "photo", "anonymous"):
            self.fields.pop(name, None)
        self.fields["who"].help_text = ""

    def fields_of_incident(self) -> dict[str, Any]:
        return {
            "subject" if name == "who" else name: value for name, value in self.cleaned_data.items()
        }


class HandlingForm(forms.ModelForm[Handling]):
    """How the company handles reports."""

    take_within = forms.IntegerField(
        label=_("Minutes until a report goes further up"),
        min_value=1,
        max_value=1440,
        help_text=_("If nobody takes it by then, the supervisor's supervisor is told too."),
    )

    class Meta:
        model = Handling
        fields = ("take_within", "anonymous", "places")
        widgets = {"places": forms.Textarea({"rows": 6})}
        labels = {"anonymous": _("Reports without a name"), "places": _("Places")}
        help_texts = {
            "anonymous": _("People may leave their name out; then it is kept nowhere."),
            "places": _("One a line; offered when somebody reports."),
        }
