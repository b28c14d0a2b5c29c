"""Addresses: the console's own, and below ``/<area>/`` those of every area that has some."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

from adhere.core.areas import ROOT, area_names, has_module

urlpatterns = [
    *(
        path(f"{name.replace('_', '-')}/", include(f"{ROOT}.{name}.urls"))
        for name in area_names()
        if has_module(name, "urls")
    ),
    *([path("demo/", include("adhere.main.demo.pages"))] if settings.DEMO else []),
    path("", include("adhere.console.urls")),
]

handler400 = "adhere.console.errors.unusable"
handler403 = "adhere.console.errors.not_allowed"
handler404 = "adhere.console.errors.not_found"
handler500 = "adhere.console.errors.broken"
