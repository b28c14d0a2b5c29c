"""Forms of this area."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from adhere.areas.clean_desk.models import Rota, WorkplaceRecord, current
from adhere.areas.clean_desk.planning import at_work_on, floors

TURNS = 8  # people on one rota


def _date_input() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, "%Y-%m-%d")


def _people() -> list[tuple[str, str]]:
    here = at_work_on(timezone.localdate()).values()
    return [(person.pk, person.name) for person in here]


class WorkplaceForm(forms.Form):
    """A workplace; its name stays the same once it is recorded."""

    place = forms.CharField(
        label=_("Workplace"), max_length=200, help_text=_("As it stands on the desk, such as 2-14.")
    )
    floor = forms.CharField(label=_("Floor"), max_length=100)
    desk_of = forms.ChoiceField(label=_("Whose desk"), required=False)
    since = forms.DateField(
        label=_("In use since"), widget=_date_input(), initial=timezone.localdate
    )
    until = forms.DateField(
        label=_("Last day of use"),
        widget=_date_input(),
        required=False,
        help_text=_("Empty while it is in use. After it, rounds leave the workplace out."),
    )

    def __init__(self, *args: Any, known: WorkplaceRecord | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["desk_of"]
        if isinstance(owner, forms.ChoiceField):
            owner.choices = [("", _("Shared by several")), *_people()]
        if known:
            del self.fields["place"]
            self.initial = {
                name: getattr(known, name) for name in ("floor", "desk_of", "since", "until")
            }

    def clean_place(self) -> str:
        place = " ".join(self.cleaned_data["place"].split())
        if current(WorkplaceRecord).filter(place=place).exists():
            raise forms.ValidationError(_("This workplace is registered already."))
        return place


class RotaForm(forms.Form):
    """On which days a floor is walked, and who takes turns."""

    floor = forms.ChoiceField(label=_("Floor"))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days"),
        coerce=int,
        choices=list(WEEKDAYS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    weeks = forms.TypedChoiceField(
        label=_("How often"),
        coerce=int,
        choices=[(1, _("every week")), (2, _("every other week")), (4, _("every four weeks"))],
    )
    starts = forms.DateField(label=_("From"), widget=_date_input(), initial=timezone.localdate)
    inspectors = forms.MultipleChoiceField(
        label=_("Who takes turns"),
        widget=forms.SelectMultiple({"size": 8}),
        help_text=_("In the order of their names. Nobody looks at their own desk."),
    )
    sample = forms.IntegerField(
        label=_("Workplaces a round"),
        min_value=1,
        max_value=1000,
        required=False,
        help_text=_(
            "Empty: all of them. With a number, those not looked at for longest come first, and "
            "the round says which it left out."
        ),
    )
    photos = forms.BooleanField(
        label=_("Inspectors may add a photo"),
        required=False,
        help_text=_("Made so small that no face and no screen can be read; kept for 30 days."),
    )

    def __init__(self, *args: Any, known: Rota | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = ("weekdays", "weeks", "starts", "inspectors", "sample", "photos")
        taken = set(Rota.objects.values_list("floor", flat=True))
        free = [floor for floor in floors() if floor not in taken]
        floor, inspectors = self.fields["floor"], self.fields["inspectors"]
        if isinstance(inspectors, forms.MultipleChoiceField):
            inspectors.choices = _people()
        if known:
            del self.fields["floor"]
            self.initial = {name: getattr(known, name) for name in names}
        elif isinstance(floor, forms.ChoiceField):
            floor.choices = [(each, each) for each in free]


class NewDesk(forms.Form):
    """A workplace found on a round that nobody had registered."""

    place = forms.CharField(label=_("A workplace that is not listed"), max_length=200)
