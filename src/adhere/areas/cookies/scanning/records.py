"""The import kind ``tracker-corrections``: what people know better than the data, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from adhere.areas.cookies.purposes import all_purposes
from adhere.areas.cookies.scan_models import Correction
from adhere.areas.cookies.scanning import facts
from adhere.core import columns
from adhere.core.areas import FactKind
from adhere.errors import Problem, nearest


def validate(rows: Sequence[tuple[int, dict[str, Any]]], _at: datetime) -> None:
    """A purpose that the banner knows."""
    known = [each.slug for each in all_purposes()]
    for line, row in rows:
        if row["purpose"] not in known:
            said = f"unknown purpose “{row['purpose']}”"
            expected = nearest(row["purpose"], known)
            raise Problem(said, line=line, field="purpose", expected=expected)


CORRECTIONS = FactKind(
    name=facts.Correction.kind,
    model=Correction,
    row=facts.Correction,
    columns=(
        columns.text("name"),
        columns.text("domain", required=False),
        columns.text("vendor"),
        columns.text("purpose"),
        columns.text("reason"),
    ),
    key=("name", "domain"),
    happened="",
    validate=validate,
)
