"""What the fictitious company asked for: open, granted, refused, ended, renewed, withdrawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from adhere.core.models import Person, Request
from adhere.core.policies import clause_ids
from adhere.core.recording import Origin
from adhere.core.requesting import ask, consent, end, refuse, withdraw

SOURCE = "demo"
TEST = {
    "template": "penetration-test",
    "reason": "Yearly test of the customer portal, ordered by the board.",
    "risk": "The portal may slow down; the on-call engineer watches and can stop it.",
    "scope": {
        "hosts": "portal.polderpolis.example\napi.polderpolis.example",
        "times": "Saturdays from 22:00 to 04:00",
    },
}
ADMINISTRATION = {
    "template": "system-administration",
    "reason": "Cuts hosts off the network that disturb production.",
    "risk": "A healthy host may be cut off by mistake; it is back within minutes.",
    "scope": {"hosts": "production network"},
}


def fill(random: Random, today: date) -> Iterator[dict[str, str]]:
    """Make requests of every kind in every state. Nothing is violated by them."""
    if not {f"work-behaviours/{name}" for name in ("scanning", "interference")} <= clause_ids():
        return
    security, askers = _cast(random, today)
    first, second = security[0].pk, security[1].pk
    tester, engineer, analyst, designer = (each.pk for each in askers)
    pair = ["scanning", "security-breaches"]
    test = _ask("exemption", tester, today, -400, (-390, -360), clauses=pair, **TEST)
    _consent(test, today, -396, first, "Only from the two addresses agreed.")
    _consent(test, today, -395, second)
    again = {"renews": test.key, "clauses": pair, **TEST}
    test = _ask("exemption", tester, today, -20, (-10, 20), **again)
    _consent(test, today, -16, second, "The same conditions as last year.")
    _consent(test, today, -15, first)
    guard = {"clauses": ["interference"], **ADMINISTRATION}
    made = _ask("exemption", engineer, today, -90, (-85, 200), **guard)
    _consent(made, today, -87, first, "Each use is told to the team the same day.")
    made = _ask("exemption", analyst, today, -150, (-145, 100), clauses=["interception"],
                reason="Traces a fault in the replication between two sites.")  # fmt: skip
    _consent(made, today, -147, second, "Headers only.")
    end(made.key, _by(second, today, -120), "The fault was found.")
    made = _ask("exemption", designer, today, -60, (-55, 30), clauses=["malicious-programs"],
                reason="Wants to show malware at work in a talk.")  # fmt: skip
    refuse(made.key, _by(first, today, -58), "A recording shows the same without the danger.")
    _ask("exemption", engineer, today, -1, (1, 5), clauses=pair,
         reason="Looks into a warning of the intrusion detection.")  # fmt: skip
    _changes(today, first, engineer, analyst)
    _software(today, (first, second), analyst, designer)
    yield from ()


def _changes(today: date, decides: str, engineer: str, analyst: str) -> None:
    made = _ask("change", engineer, today, -40, (-35, 300), what="Screen lock of the wall display",
                reason="The display in the hall shows the rota; it has no keyboard.")  # fmt: skip
    _consent(made, today, -38, decides, "The display stays without access to data.")
    made = _ask("change", analyst, today, -30, (-28, 60), what="Older TLS on the print server",
                reason="The old printer knows nothing newer.")  # fmt: skip
    withdraw(made.key, _by(analyst, today, -29))
    _ask("change", analyst, today, -2, (2, 90), what="Larger disk cache on laptops",
         reason="Builds are slow.")  # fmt: skip


def _software(today: date, team: Sequence[str], analyst: str, designer: str) -> None:
    made = _ask("software", designer, today, -200, (-195, 150), what="Inkscape 1.4",
                reason="Draws figures for the manual.")  # fmt: skip
    _consent(made, today, -198, team[0])
    made = _ask("software", analyst, today, -300, (-295, -100), what="Wireshark 4.4",
                reason="Reads the captures of the replication fault.")  # fmt: skip
    _consent(made, today, -297, team[1], "Removed when the fault is found.")
    made = _ask("software", designer, today, -25, (-20, 60), what="A free font manager",
                reason="Keeps fonts in order.")  # fmt: skip
    refuse(made.key, _by(team[1], today, -24), "It sends what is typed to its maker.")
    _ask("software", designer, today, -3, (0, 180), what="Blender 4.5",
         reason="Pictures for the spring campaign.")  # fmt: skip


def _cast(random: Random, today: date) -> tuple[list[Person], list[Person]]:
    present = Person.objects.filter(joined__lt=today - timedelta(days=420), left=None)
    people = sorted(present, key=lambda each: each.pk)
    security = [each for each in people if "security" in each.teams]
    others = [each for each in people if "security" not in each.teams]
    return security, random.sample(others, 4)


def _ask(
    sort: str, who: str, today: date, ago: int, span: tuple[int, int], **given: Any
) -> Request:
    start, until = (today + timedelta(days=each) for each in span)
    clauses = [f"work-behaviours/{name}" for name in given.pop("clauses", ())]
    return ask(sort, _by(who, today, ago), clauses=clauses, start=start, until=until, **given)


def _consent(made: Request, today: date, ago: int, who: str, conditions: str = "") -> None:
    consent(made.key, _by(who, today, ago, 14), conditions)


def _by(who: str, today: date, ago: int, hour: int = 10) -> Origin:
    day = today + timedelta(days=ago)
    return Origin(SOURCE, who, datetime.combine(day, time(hour), timezone.get_default_timezone()))
