"""The pages of the console itself."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
