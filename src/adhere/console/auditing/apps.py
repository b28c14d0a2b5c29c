"""The handing over as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class AuditingConfig(AppConfig):
    name = "adhere.console.auditing"
    label = "auditing"
