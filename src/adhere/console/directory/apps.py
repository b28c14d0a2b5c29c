"""The directory as Django sees it."""

from __future__ import annotations

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Lets people who leave lose their access, whichever way it became known."""

    name = "adhere.console.directory"
    label = "directory"

    def ready(self) -> None:
        from adhere.console import leaving  # noqa: F401
