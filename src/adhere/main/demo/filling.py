"""Fills the fictitious company: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from random import Random

from django.db import transaction
from django.utils import timezone

from adhere.core.areas import areas
from adhere.core.policies import current
from adhere.core.running import run_today
from adhere.main.demo.acknowledging import planted as not_accepted
from adhere.main.demo.acknowledging import record_acceptances
from adhere.main.demo.company import is_filled, make_controller, record_people
from adhere.main.demo.exempting import record_exemptions
from adhere.main.demo.planted import Planted, path, planted_by, write
from adhere.main.demo.policies import publish_policies
from adhere.main.output import say

SEED = "polderpolis"


def fill() -> bool:
    """Make the company and judge it; False where it was there already. Same seed, same company."""
    if is_filled():
        say("the fictitious company is there already")
        return False
    today = timezone.localdate()
    with transaction.atomic():
        planted = _make(today)
        say("judging it")
        run_today()
        write(planted)
    say(f"{len(planted)} violations were put in on purpose: {path()}")
    return True


def _make(today: date) -> list[Planted]:
    say("making a fictitious company of sixty people")
    make_controller()
    record_people(today)
    for line in publish_policies(today):
        say(f"published {line}")
    record_acceptances(Random(SEED), today)
    bindings = [binding for policy in current() for binding in policy.bindings]
    by_areas = list(planted_by(_by_areas(today), bindings))
    others = planted_by(not_accepted(bindings), bindings)
    return [*record_exemptions(by_areas, today), *others]


def _by_areas(today: date) -> Iterator[Mapping[str, str]]:
    for area in areas():
        if area.demo:
            say(f"two years of {area.title.lower()}")
            # A seed for each, so that one more area changes nothing in the others.
            yield from area.demo(Random(f"{SEED} {area.name}"), today)
