"""The pages about the directory, mounted at ``/directory/``."""

from __future__ import annotations

from django.urls import path

from adhere.console.directory import pages

urlpatterns = [
    path("", pages.directory, name="directory"),
    path("tokens/<int:pk>/revoke/", pages.revoke, name="revoke-token"),
]
