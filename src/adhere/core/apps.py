"""The core as Django sees it: facts are guarded in the database itself."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class CoreConfig(AppConfig):
    """Puts the guards of the fact tables up after each migration."""

    name = "adhere.core"
    label = "core"

    def ready(self) -> None:
        from adhere.core.guarding import lower, raise_up

        # Down while tables are rebuilt: SQLite loses or trips over triggers then.
        pre_migrate.connect(lower, sender=self, dispatch_uid="adhere-guards-down")
        post_migrate.connect(raise_up, sender=self, dispatch_uid="adhere-guards-up")
