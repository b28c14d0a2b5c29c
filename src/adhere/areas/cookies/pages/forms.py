"""Forms of the inventory and of the websites."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from adhere.areas.cookies import sites, words
from adhere.areas.cookies.config import ENTRIES, POSITIONS, with_defaults
from adhere.areas.cookies.consents import naming
from adhere.areas.cookies.models import KINDS, PARTIES, Purpose, Site, Tracker, Vendor
from adhere.areas.cookies.purposes import SIGNALS, all_purposes, words_of
from adhere.areas.cookies.records import TRACKERS
from adhere.errors import Problem

_LIMITS = {"name": 120, "domain": 150}
_KIND_WORDS = {
    "cookie": _("Cookie"),
    "local-storage": _("Local storage"),
    "session-storage": _("Session storage"),
    "indexed-db": _("Browser database"),
    "cache": _("Browser cache"),
    "pixel": _("Pixel"),
    "script": _("Script"),
    "iframe": _("Frame"),
    "request": _("Request"),
    "other": _("Other"),
}
_PARTY_WORDS = {"first": _("First party"), "third": _("Third party")}
_YES_NO = [("", _("Choose …")), ("yes", _("Yes")), ("no", _("No"))]


def kind_choices() -> list[tuple[str, Any]]:
    return [(kind, _KIND_WORDS[kind]) for kind in KINDS]


def party_choices() -> list[tuple[str, Any]]:
    return [(party, _PARTY_WORDS[party]) for party in PARTIES]


def purpose_choices() -> list[tuple[str, str]]:
    return [(each.slug, words_of(each, naming.language())["title"]) for each in all_purposes()]


def site_choices() -> list[tuple[str, str]]:
    return list(Site.objects.values_list("slug", "title"))


def told(problem: Problem) -> str:
    """A problem in one line."""
    return (
        gettext("%(problem)s; expected: %(expected)s")
        % {"problem": problem.message, "expected": problem.expected}
        if problem.expected
        else problem.message
    )


class TrackerForm(forms.Form):
    """One tracker; what is empty is asked."""

    name = forms.CharField(label=_("Name"), max_length=_LIMITS["name"])
    tracker_kind = forms.ChoiceField(label=_("Kind"))
    domain = forms.CharField(
        label=_("Host name"),
        max_length=_LIMITS["domain"],
        help_text=_("Who can read it, such as www.example.com."),
    )
    party = forms.ChoiceField(label=_("Party"))
    vendor = forms.CharField(label=_("Provider"), max_length=200)
    purpose = forms.ChoiceField(label=_("Purpose"))
    strictly_necessary = forms.ChoiceField(label=_("Strictly necessary"), choices=_YES_NO)
    retention = forms.CharField(
        label=_("Retention"), max_length=200, help_text=_("Such as session, 6 months, 1 year.")
    )
    site = forms.ChoiceField(label=_("Website"), required=False)
    reason = forms.CharField(
        label=_("What it does"),
        max_length=500,
        required=False,
        help_text=_("Of a strictly necessary one: why the website does not work without it."),
    )
    note = forms.CharField(
        label=_("Why this change"), max_length=500, help_text=_("Kept with the record.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        blank: list[tuple[str, Any]] = [("", _("Choose …"))]
        for name, choices in (
            ("tracker_kind", blank + kind_choices()),
            ("party", blank + party_choices()),
            ("purpose", [*blank, *purpose_choices()]),
            ("site", [("", _("Every website")), *site_choices()]),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices
        vendors = Vendor.objects.values_list("name", flat=True)
        self.vendors = list(vendors)

    def clean_domain(self) -> str:
        column = next(each for each in TRACKERS.columns if each.name == "domain")
        try:
            return str(column.read(self.cleaned_data["domain"].strip()))
        except ValueError:
            raise forms.ValidationError(_("A host such as www.example.com.")) from None

    def values(self) -> dict[str, Any]:
        """As they are recorded."""
        found = dict(self.cleaned_data)
        return {**found, "strictly_necessary": found["strictly_necessary"] == "yes"}


def initial_of(tracker: Tracker) -> dict[str, Any]:
    """A form's first values for a known tracker."""
    names = ("name", "tracker_kind", "domain", "party", "vendor", "purpose", "retention", "site")
    found = {name: getattr(tracker, name) for name in (*names, "reason")}
    return {**found, "strictly_necessary": "yes" if tracker.strictly_necessary else "no"}


class SiteForm(forms.Form):
    """A website and how its banner behaves."""

    slug = forms.CharField(
        label=_("Short name"), max_length=40, help_text=_("Part of the snippet, such as shop.")
    )
    title = forms.CharField(label=_("Title"), max_length=200)
    origins = forms.CharField(
        label=_("Addresses"),
        widget=forms.Textarea({"rows": 2}),
        help_text=_("One a line, such as https://www.example.com."),
    )
    cookie_domain = forms.CharField(
        label=_("Share among subdomains"),
        required=False,
        max_length=253,
        help_text=_("Such as .example.com; empty for the one host."),
    )
    group = forms.SlugField(
        label=_("Group"),
        required=False,
        max_length=40,
        help_text=_("Websites of the same group share an answer."),
    )
    language = forms.ChoiceField(label=_("Language of the company"))
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        required=False,
        widget=forms.SelectMultiple({"size": 6}),
        help_text=_("None chosen means all of them."),
    )
    months = forms.IntegerField(label=_("Ask again after (months)"), min_value=1, max_value=13)
    record_months = forms.IntegerField(
        label=_("Keep records for (months)"), min_value=1, max_value=120
    )
    position = forms.ChoiceField(label=_("Place"))
    entry = forms.ChoiceField(label=_("Way back to the choice"))
    theme = forms.CharField(
        label=_("Theme"),
        required=False,
        widget=forms.Textarea({"rows": 3, "class": "mono"}),
        help_text=_("Custom properties, one a line, such as --adhere-accent: #063."),
    )
    privacy_url = forms.CharField(label=_("Privacy policy"), max_length=300)
    contact_url = forms.CharField(label=_("Contact"), required=False, max_length=300)
    rights_url = forms.CharField(label=_("Rights"), required=False, max_length=300)
    gpc = forms.BooleanField(label=_("Honour Global Privacy Control"), required=False)
    gcm = forms.BooleanField(label=_("Google Consent Mode v2"), required=False)
    tcf = forms.BooleanField(label=_("IAB TCF"), required=False)
    gpp = forms.BooleanField(label=_("IAB GPP"), required=False)
    active = forms.BooleanField(label=_("Shows the banner"), required=False)

    def __init__(self, *args: Any, site: Site | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.site = site
        if site:
            del self.fields["slug"]
        languages = [(each, words.name_of(each)) for each in words.shipped()]
        places = {"bottom": _("At the bottom"), "center": _("In the middle")}
        entries = {"corner": _("A button in the corner"), "link": _("A link in the page")}
        for name, choices in (
            ("language", languages),
            ("languages", languages),
            ("position", [(each, places[each]) for each in POSITIONS]),
            ("entry", [(each, entries[each]) for each in ENTRIES]),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"])
        if not sites.SLUG.fullmatch(slug):
            raise forms.ValidationError(_("Lower-case letters, digits and hyphens."))
        if Site.objects.filter(pk=slug).exists():
            raise forms.ValidationError(_("This name is taken."))
        return slug

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        try:
            self._check(found)
        except Problem as problem:
            field = problem.field if problem.field in self.fields else None
            self.add_error(field, told(problem))
        return found

    def _check(self, found: dict[str, Any]) -> None:
        if "origins" in found:
            lines = filter(None, (line.strip() for line in found["origins"].splitlines()))
            found["origins"] = list(dict.fromkeys(map(sites.checked_origin, lines)))
            found["cookie_domain"] = sites.checked_domain(
                found.get("cookie_domain", ""), found["origins"]
            )
        if "theme" in found:
            found["theme"] = sites.checked_theme(found["theme"])
        for name in ("privacy_url", "contact_url", "rights_url"):
            if name in found:
                found[name] = sites.checked_link(found[name], name)
        if not self.errors:
            sites.checked_settings({name: found[name] for name in with_defaults({})})

    def stored(self) -> Site:
        """The website of these values, not yet saved."""
        found = self.cleaned_data
        site = self.site or Site(slug=found["slug"])
        for name in ("title", "origins", "cookie_domain", "group", "language", "active"):
            setattr(site, name, found[name])
        site.languages = sorted(found["languages"])
        site.settings = {name: found[name] for name in with_defaults({})}
        return site


def site_initial(site: Site) -> dict[str, Any]:
    """A form's first values for a known website."""
    settings = with_defaults(site.settings)
    theme = "\n".join(f"{name}: {value}" for name, value in settings["theme"].items())
    names = ("title", "cookie_domain", "group", "language", "languages", "active")
    return {
        **{name: getattr(site, name) for name in names},
        **settings,
        "theme": theme,
        "origins": "\n".join(site.origins),
    }


class PurposeForm(forms.Form):
    """A purpose in one language, and what it switches on."""

    slug = forms.SlugField(label=_("Short name"), max_length=40)
    title = forms.CharField(label=_("Title"), max_length=100)
    text = forms.CharField(label=_("Text"), max_length=500, widget=forms.Textarea({"rows": 3}))
    language = forms.ChoiceField(label=_("Language"))
    order = forms.IntegerField(label=_("Place in the list"), min_value=1, max_value=999)
    signals = forms.MultipleChoiceField(
        label=_("Google’s consent signals"),
        required=False,
        choices=[(each, each) for each in SIGNALS],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, purpose: Purpose | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if purpose:
            del self.fields["slug"]
        language = self.fields["language"]
        if isinstance(language, forms.ChoiceField):
            language.choices = [(each, words.name_of(each)) for each in words.shipped()]

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"]).lower()
        if slug in {each.slug for each in all_purposes()}:
            raise forms.ValidationError(_("This name is taken."))
        return slug


class VendorForm(forms.ModelForm[Vendor]):
    """Who receives what a tracker collects."""

    hosts = forms.CharField(
        label=_("Host names"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One a line; *.example.net for all below. Consent opens the wall for these."),
    )
    url = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    policy_url = forms.URLField(label=_("Privacy policy"), required=False, assume_scheme="https")

    class Meta:
        model = Vendor
        fields = ("url", "policy_url", "country")
        labels = {"country": _("Country (two letters)")}

    def clean_country(self) -> str:
        country = str(self.cleaned_data["country"]).upper()
        if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
            raise forms.ValidationError(_("Two letters, such as BE."))
        return country

    def clean_hosts(self) -> list[str]:
        column = next(each for each in TRACKERS.columns if each.name == "domain")
        found = []
        for line in filter(None, map(str.strip, self.cleaned_data["hosts"].splitlines())):
            try:
                found.append(str(column.read(line)))
            except ValueError:
                raise forms.ValidationError(
                    _("“%(host)s” is no host name."), params={"host": line}
                ) from None
        return list(dict.fromkeys(found))
