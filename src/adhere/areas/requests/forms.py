"""Forms of this area."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from adhere.areas.requests.words import TEMPLATES
from adhere.console.wording import wording
from adhere.core.models import Person, Request
from adhere.core.policies import current

Choices = list[tuple[str, str]]
DAY = {"type": "date"}


def clause_choices(words: str = "", keep: Collection[str] = ()) -> Choices:
    """Clauses in force in the words of the page: those kept, then those that hold every word."""
    every: Choices = []
    for policy in current():
        said = {each.id: each.text for each in wording(policy).clauses}
        for clause in policy.source.clauses:
            text = f"{clause.id}: {said.get(clause.id, clause.text)}"
            text += f" ({_('takes two consents')})" if clause.consents > 1 else ""
            every.append((f"{policy.source.slug}/{clause.id}", text))
    wanted = words.casefold().split()
    kept = [each for each in every if each[0] in keep]
    fit = [each for each in every if all(word in " ".join(each).casefold() for word in wanted)]
    return kept + [each for each in fit if each not in kept]


class AskForm(forms.Form):
    """What is asked for; which fields there are follows from the kind."""

    what = forms.CharField(label=_("What"), max_length=200)
    clauses = forms.MultipleChoiceField(
        label=_("Clauses to be exempt from"), widget=forms.CheckboxSelectMultiple
    )
    subject = forms.CharField(
        label=_("For whom or what"),
        max_length=300,
        required=False,
        widget=forms.TextInput({"list": "subjects", "autocomplete": "off"}),
        help_text=_("The id of a person or device, or company. Blank means you."),
    )
    hosts = forms.CharField(
        label=_("Hosts"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("The machines or addresses that it is limited to, one a line."),
    )
    times = forms.CharField(
        label=_("Times"),
        max_length=300,
        required=False,
        help_text=_("When it happens, such as Saturdays from 22:00 to 04:00."),
    )
    reason = forms.CharField(
        label=_("Why the work calls for it"), max_length=4000, widget=forms.Textarea({"rows": 3})
    )
    risk = forms.CharField(
        label=_("What could go wrong, and what is done about it"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )
    start = forms.DateField(label=_("From"), widget=forms.DateInput(DAY, "%Y-%m-%d"))
    until = forms.DateField(
        label=_("Until"),
        widget=forms.DateInput(DAY, "%Y-%m-%d"),
        help_text=_("The last day; a year at most."),
    )

    def __init__(self, sort: str, *args: Any, template: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.template = template
        self.fields["start"].initial = timezone.localdate
        if sort == "exemption":
            del self.fields["what"]
            field = self.fields["clauses"]
            if isinstance(field, forms.MultipleChoiceField):
                field.choices = clause_choices(keep=self._chosen())
        else:
            del self.fields["clauses"]
        if sort == "software":
            del self.fields["times"]
        if template == "penetration-test":
            for name in ("hosts", "times", "risk"):
                self.fields[name].required = True
        if template == "system-administration":
            self.fields["hosts"].required = True

    def _chosen(self) -> list[str]:
        data: Any = self.data
        return list(data.getlist("clauses") if self.is_bound else self.initial.get("clauses", ()))

    def given(self) -> dict[str, Any]:
        """The fields as a request takes them."""
        found = dict(self.cleaned_data)
        scope = {name: found.pop(name) for name in ("hosts", "times") if found.get(name)}
        found = {name: value for name, value in found.items() if name not in {"hosts", "times"}}
        return {**found, "scope": scope, "template": self.template}


TEMPLATE_CLAUSES = {
    "penetration-test": ("scanning", "circumvention", "security-breaches"),
    "system-administration": ("interference", "circumvention"),
}


def initial_for(template: str) -> dict[str, Any]:
    """What a ready-made kind fills in: the clauses that such work departs from."""
    names = TEMPLATE_CLAUSES.get(template, ())
    return {"clauses": [key for key, _text in clause_choices() if key.rpartition("/")[2] in names]}


def initial_of(renewed: Request) -> dict[str, Any]:
    """What a renewal begins with: all but the days."""
    names = ("what", "clauses", "subject", "reason", "risk")
    return {name: getattr(renewed, name) for name in names} | dict(renewed.scope)


def subjects_for(person: Person) -> Iterable[Person]:
    """Whom a person may well ask for: themselves and those they supervise."""
    return [person, *Person.objects.filter(supervisor=person.pk)[:200]]


def template_choices(sort: str) -> list[tuple[str, Any]]:
    """The ready-made kinds of one kind of request."""
    return list(TEMPLATES.items()) if sort == "exemption" else []
