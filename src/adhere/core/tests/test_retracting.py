"""Every kind of fact can be taken back, whatever its own field of time is called."""

from __future__ import annotations

import pytest

from adhere.core.incidents import INCIDENTS, report, restore
from adhere.core.models import Incident
from adhere.core.recording import Origin, retract

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def test_an_incident_is_taken_back_and_taken_up_again() -> None:
    made = report("other", Origin("page", "anna"), key="i1", description="a window")
    retract(INCIDENTS, ["i1"], Origin("page", "anna"))
    taken_back = Incident.objects.get(key="i1", superseded_by=None)
    assert (taken_back.retracted, taken_back.happened_at) == (True, made.happened_at)
    again = restore("i1", Origin("page", "anna"), "it was one after all")
    assert (again.retracted, again.description) == (False, "a window")
