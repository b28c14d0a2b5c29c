"""Nobody has accepted a text on a day that is still to come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from adhere.core.models import Acknowledgement
from adhere.errors import Problem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("company")]


def test_an_acceptance_that_is_still_to_come_is_refused(take_in: Callable[..., Any]) -> None:
    before = Acknowledgement.objects.count()
    with pytest.raises(Problem, match="still to come") as caught:
        take_in("acknowledgements", "policy,version,person,at\ndesk-rules,1,bram,2436-01-10\n")
    assert (caught.value.line, caught.value.field) == (2, "at")
    assert Acknowledgement.objects.count() == before
