"""Forms of this area."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from adhere.areas.training.models import Plan, TrainingSession
from adhere.core.models import Person


class SessionForm(forms.Form):
    """A session and its arrangements; times are the company's local times."""

    programme = forms.CharField(
        label=_("Programme"),
        max_length=60,
        initial="security",
        help_text=_("The name that the policy uses, such as security."),
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    begins = forms.TimeField(label=_("From"), widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    ends = forms.TimeField(label=_("Until"), widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    trainer = forms.ModelChoiceField(
        Person.objects.none(), label=_("Trainer"), required=False, empty_label=_("Nobody yet")
    )
    capacity = forms.IntegerField(
        label=_("Places"),
        min_value=1,
        max_value=10_000,
        required=False,
        help_text=_("Who signs up beyond this waits until a place comes free."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        at_work = Person.objects.filter(joined__lte=today).exclude(left__lt=today)
        trainer = self.fields["trainer"]
        if isinstance(trainer, forms.ModelChoiceField):
            trainer.queryset = at_work

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", _("A session ends after it starts."))
        return cleaned

    def session(self) -> dict[str, Any]:
        """The session's values, as they are recorded."""
        found = self.cleaned_data
        return {
            "programme": found["programme"],
            "title": found["title"],
            "starts_at": _moment(found["day"], found["begins"]),
            "ends_at": _moment(found["day"], found["ends"]),
        }

    def plan(self) -> dict[str, Any]:
        """The arrangements around it."""
        return {name: self.cleaned_data[name] for name in ("place", "trainer", "capacity")}


def initial_of(session: TrainingSession, plan: Plan) -> dict[str, Any]:
    """What the form shows for a session that exists."""
    starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    return {
        "programme": session.programme,
        "title": session.title,
        "day": starts.date(),
        "begins": starts.time(),
        "ends": ends.time(),
        "place": plan.place,
        "trainer": plan.trainer_id,
        "capacity": plan.capacity,
    }


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, timezone.get_default_timezone())
