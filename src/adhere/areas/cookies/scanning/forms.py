"""What a person says of scans: when, and what they know better."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from adhere.areas.cookies.models import Site
from adhere.areas.cookies.pages.forms import purpose_choices, told
from adhere.areas.cookies.scan_models import LONGEST_HOST, LONGEST_NAME, Scan, ScanPlan
from adhere.areas.cookies.scanning.asking import MOST_PAGES, checked_start
from adhere.areas.cookies.scanning.naming import EVERY
from adhere.errors import Problem


class PlanForm(forms.Form):
    """How often a website is scanned, from where, and how much of it."""

    every = forms.ChoiceField(label=_("How often"), required=False, choices=tuple(EVERY.items()))
    url = forms.CharField(
        label=_("First page"),
        required=False,
        max_length=500,
        help_text=_("Empty for the first of its addresses."),
    )
    max_pages = forms.IntegerField(label=_("Pages, at most"), min_value=1, max_value=MOST_PAGES)

    def __init__(self, *args: Any, site: Site, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.site = site

    def clean_url(self) -> str:
        try:
            return checked_start(self.cleaned_data["url"], self.site)
        except Problem as problem:
            raise forms.ValidationError(told(problem)) from None

    def store(self, plan: ScanPlan) -> None:
        """Keep what was said."""
        for name in ("every", "url", "max_pages"):
            setattr(plan, name, self.cleaned_data[name])
        plan.save()


class CorrectionForm(forms.Form):
    """A tracker's vendor and purpose as a person knows them."""

    name = forms.CharField(
        label=_("Name"), max_length=LONGEST_NAME, help_text=_("* stands for anything.")
    )
    domain = forms.CharField(
        label=_("Host name"),
        required=False,
        max_length=LONGEST_HOST,
        help_text=_("Empty for wherever a tracker of this name is set."),
    )
    vendor = forms.CharField(label=_("Provider"), max_length=200)
    purpose = forms.ChoiceField(label=_("Purpose"))
    reason = forms.CharField(
        label=_("Why"), max_length=500, help_text=_("How you know; kept with the correction.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        purpose = self.fields["purpose"]
        if isinstance(purpose, forms.ChoiceField):
            purpose.choices = [("", _("Choose …")), *purpose_choices()]


class OtherScanForm(forms.Form):
    """Another scan of the same website, to compare with."""

    other = forms.ModelChoiceField(label=_("Compare with"), queryset=Scan.objects.none())

    def __init__(self, *args: Any, scan: Scan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["other"]
        if isinstance(field, forms.ModelChoiceField):
            others = Scan.objects.filter(site=scan.site).exclude(pk=scan.pk)
            field.queryset = others.defer("report")
