"""Forms of this area."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from adhere.areas.visitors.announcing import EVERY, Guest, last_day, rule_of, standing
from adhere.areas.visitors.models import Announcement, DeskSettings, VisitRecord
from adhere.areas.visitors.rules import rules_in
from adhere.core.models import Person

RECURS = {
    "daily": _("Every day"),
    "weekly": _("Every week"),
    "fortnightly": _("Every two weeks"),
    "monthly": _("Every month"),
}


def _at_work() -> Any:
    today = timezone.localdate()
    return Person.objects.filter(joined__lte=today).exclude(left__lt=today)


def _languages() -> list[tuple[str, Any]]:
    return list(settings.LANGUAGES)


class AnnouncementForm(forms.Form):
    """A visit to come; times are the company's local times."""

    host = forms.ModelChoiceField(Person.objects.none(), label=_("Host"))
    people = forms.CharField(
        label=_("Visitors"),
        max_length=10_000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_(
            "One a line: name, e-mail, language. E-mail and language (en, nl, fr, de) "
            "may be left out."
        ),
    )
    company = forms.CharField(label=_("Company"), max_length=200, required=False)
    purpose = forms.CharField(label=_("Purpose"), max_length=200, required=False)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    begins = forms.TimeField(label=_("From"), widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    ends = forms.TimeField(label=_("Until"), widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    every = forms.ChoiceField(
        label=_("Recurs"), required=False, choices=[("", _("Once")), *RECURS.items()]
    )
    until = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text=_("Only for a visit that recurs."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        host = self.fields["host"]
        if isinstance(host, forms.ModelChoiceField):
            host.queryset = _at_work()

    def clean_people(self) -> list[Guest]:
        return [_guest(line) for line in self.cleaned_data["people"].splitlines() if line.strip()]

    def values(self) -> dict[str, Any]:
        """The announcement's own values. A ``Problem`` where it recurs without an end."""
        found = self.cleaned_data
        zone = timezone.get_default_timezone()
        return {
            "host": found["host"],
            "company": found["company"],
            "purpose": found["purpose"],
            "place": found["place"],
            "starts_at": datetime.combine(found["day"], found["begins"], zone),
            "ends_at": datetime.combine(found["day"], found["ends"], zone),
            "rule": rule_of(found["every"], found["until"]),
        }


def _guest(line: str) -> Guest:
    name, email, language, *more = [*(each.strip() for each in line.split(",")), "", ""]
    if language not in {"", *dict(settings.LANGUAGES)} or any(more):
        message = _("“%(line)s”: name, e-mail, language (en, nl, fr or de), and nothing more.")
        raise forms.ValidationError(message, params={"line": line})
    if not name:
        raise forms.ValidationError(_("“%(line)s” has no name."), params={"line": line})
    if email:
        validate_email(email)
    return Guest(name[:200], email, language or "en")


def initial_of(announcement: Announcement) -> dict[str, Any]:
    """What the form shows for an announcement that exists."""
    starts = timezone.localtime(announcement.starts_at)
    every = announcement.rule.partition(";UNTIL=")[0]
    lines = [f"{each.name}, {each.email}, {each.language}" for each in standing(announcement)]
    return {
        "host": announcement.host_id,
        "people": "\n".join(lines),
        "company": announcement.company,
        "purpose": announcement.purpose,
        "place": announcement.place,
        "day": starts.date(),
        "begins": starts.time(),
        "ends": timezone.localtime(announcement.ends_at).time(),
        "every": next((name for name, rule in EVERY.items() if rule == every), ""),
        "until": last_day(announcement) if announcement.rule else None,
    }


class VisitForm(forms.Form):
    """What the front desk corrects in a visit."""

    visitor = forms.CharField(label=_("Visitor"), max_length=200)
    company = forms.CharField(label=_("Company"), max_length=200, required=False)
    host = forms.ModelChoiceField(Person.objects.all(), label=_("Host"), required=False)
    registered = forms.BooleanField(label=_("Registered as a visitor"), required=False)
    accompanied_by = forms.ModelChoiceField(
        Person.objects.filter(role="employee"),
        label=_("Accompanied by"),
        required=False,
        help_text=_("An employee who stays with the visitor for the whole visit."),
    )
    left_at = forms.DateTimeField(
        label=_("Left at"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
        help_text=_("Empty while the visitor is inside or nobody knows."),
    )
    badge = forms.CharField(label=_("Badge"), max_length=40, required=False)
    badge_returned = forms.NullBooleanField(
        label=_("Badge given back"),
        required=False,
        widget=forms.Select(choices=[("", _("Not noted")), ("true", _("Yes")), ("false", _("No"))]),
    )

    def changes(self) -> dict[str, Any]:
        """The visit's values as they are recorded."""
        found = dict(self.cleaned_data)
        for name in ("host", "accompanied_by"):
            found[name] = found[name].pk if found[name] else ""
        return found


def visit_initial(visit: VisitRecord) -> dict[str, Any]:
    """What the form shows of a visit."""
    names = ("visitor", "company", "host", "registered", "accompanied_by", "badge")
    word = {None: "", True: "true", False: "false"}[visit.badge_returned]
    left = timezone.localtime(visit.left_at) if visit.left_at else None
    return {**{name: getattr(visit, name) for name in names}, "left_at": left,
            "badge_returned": word}  # fmt: skip


class WalkInForm(forms.Form):
    """What somebody unannounced says at the desk."""

    name = forms.CharField(label=_("Your name"), max_length=200)
    company = forms.CharField(label=_("Company"), max_length=200, required=False)
    host = forms.CharField(
        label=_("Whom do you visit?"), max_length=200, help_text=_("First and last name.")
    )
    purpose = forms.CharField(label=_("Purpose"), max_length=200, required=False)


class SettingsForm(forms.Form):
    """How long visitors' data is kept, photos, and the house rules in each language."""

    retention_days = forms.IntegerField(
        label=_("Days that visitors' data is kept"),
        min_value=1,
        max_value=1830,
        help_text=_("Each night, visits older than this are deleted with everything about them."),
    )
    photo = forms.BooleanField(label=_("Offer to take a photo at the desk"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in _languages():
            self.fields[f"rules_{code}"] = forms.CharField(
                label=_("House rules, %(language)s") % {"language": name},
                required=False,
                max_length=5_000,
                widget=forms.Textarea({"rows": 6, "lang": code}),
                help_text=_("One a line. Empty: the rules that come with the house."),
            )

    def save(self) -> None:
        """Store them; a text that is ours stays ours, so that it is bettered with the house."""
        found = self.cleaned_data
        rules = {}
        for code, _name in _languages():
            text = "\n".join(found[f"rules_{code}"].split("\r\n")).strip()
            if text and text != _shipped(code):
                rules[code] = text
        DeskSettings.objects.update_or_create(
            pk=1,
            defaults={
                "retention_days": found["retention_days"],
                "photo": found["photo"],
                "rules": rules,
            },
        )


def _shipped(code: str) -> str:
    return rules_in(code) if code not in DeskSettings.current().rules else ""


def settings_initial() -> dict[str, Any]:
    """The settings as they stand."""
    now = DeskSettings.current()
    rules = {f"rules_{code}": rules_in(code) for code, _name in _languages()}
    return {"retention_days": now.retention_days, "photo": now.photo, **rules}
