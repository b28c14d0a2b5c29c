"""The company's own copy of the shipped policies, and their first publication."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings

from adhere.core.publishing import NotCovered, publish
from adhere.core.texts import LIBRARY, load_folder
from adhere.errors import Problem


def policies_here() -> Path:
    """The company's policy folder; made with the shipped texts where there is none."""
    folder = Path(settings.DATA) / "policies"
    if not folder.is_dir():
        half = folder.with_name("policies.new")
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(parents=True)
        for text in sorted(LIBRARY.glob("*.md")):
            shutil.copyfile(text, half / text.name)
        half.rename(folder)
    return folder


def publish_found() -> list[str]:
    """Publish what is new or changed in the policy folder; one line for each new version.

    Raises ``Problem`` with the first fault where coverage finds any; nothing is published then.
    """
    try:
        done = publish(load_folder(policies_here()))
    except NotCovered as refused:
        faults = [fault for covered in refused.covered for fault in covered.all_faults]
        more = f" (and {len(faults) - 1} more: see adhere coverage)" if len(faults) > 1 else ""
        first = faults[0]
        raise Problem(
            f"{first.message}{more}",
            file=first.file,
            line=first.line,
            expected=first.expected or None,
        ) from None
    return [
        f"{each.slug}: version {each.number} published ({', '.join(each.languages)})"
        for each in done
        if each.new
    ]
