"""Addresses of the published policies, mounted at ``/policies/``."""

from __future__ import annotations

from django.urls import path, register_converter

from adhere.console.published import views
from adhere.documents.policy import LANGUAGES


class Language:
    """One of the languages a policy may be in."""

    regex = "|".join(LANGUAGES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Language, "language")

_VERSION = "<slug:slug>/v/<int:number>/"
urlpatterns = [
    path("", views.index, name="published"),
    path("signed-in/", views.sign_in, name="published-sign-in"),
    path("<slug:slug>/", views.policy, name="published-policy"),
    path("<slug:slug>.pdf", views.pdf, name="published-policy-pdf"),
    path("<slug:slug>/<language:language>/", views.policy, name="published-text"),
    path("<slug:slug>/<language:language>.pdf", views.pdf, name="published-text-pdf"),
    path("<slug:slug>/<language:language>/text.md", views.source, name="published-source"),
    path(f"{_VERSION}changes/", views.changes, name="published-changes"),
    path(f"{_VERSION}changes.pdf", views.changes_pdf, name="published-changes-pdf"),
    path(f"{_VERSION}<language:language>/", views.policy, name="published-version"),
    path(f"{_VERSION}<language:language>.pdf", views.pdf, name="published-version-pdf"),
    path(f"{_VERSION}<language:language>/text.md", views.source, name="published-version-source"),
]
