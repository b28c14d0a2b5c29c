"""Addresses: the console's own, and below ``/<area>/`` those of every area that has some."""

from __future__ import annotations

from django.urls import include, path

from adhere.core.areas import ROOT, area_names, has_module

urlpatterns = [
    *(
        path(f"{name.replace('_', '-')}/", include(f"{ROOT}.{name}.urls"))
        for name in area_names()
        if has_module(name, "urls")
    ),
    path("accounts/", include("allauth.urls")),
    path("", include("adhere.console.urls")),
]
