"""The pages of an audit, mounted at ``/audit/``."""

from __future__ import annotations

from django.urls import path

from adhere.console.auditing import pages

urlpatterns = [
    path("", pages.audit, name="audit"),
    path("invite/", pages.invitations, name="audit-invite"),
    path("make/", pages.make, name="audit-make"),
    path("made/<int:pk>/", pages.download, name="audit-download"),
    path("opened/<int:pk>/", pages.opened, name="audit-opened"),
]
