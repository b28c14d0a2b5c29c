"""What is wrong with a visit, one question a function. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from adhere.areas.visitors.facts import Visit
from adhere.core.checking import Person, World


def faults(visit: Visit, world: World) -> Iterator[str]:
    """Everything that a visit lacks, each in a few words."""
    yield from _unaccounted(visit, world)
    yield from _host(visit, world)
    gone = visit.left_at is not None
    if not gone and world.local_day(visit.arrived_at) < world.day:
        yield "nobody noted when the visitor left"
    if visit.badge and visit.badge_returned is False:
        yield f"badge {visit.badge} was not given back"


def _unaccounted(visit: Visit, world: World) -> Iterator[str]:
    if visit.registered:
        return
    if not visit.accompanied_by:
        yield "neither registered nor accompanied"
        return
    fault = _unfit(world.person(visit.accompanied_by), visit, world)
    if fault:
        yield f"not registered, and {visit.accompanied_by}, who went along, {fault}"


def _unfit(companion: Person | None, visit: Visit, world: World) -> str:
    if companion is None:
        return "is not known"
    if companion.role != "employee":
        return "is no employee"
    days = {world.local_day(visit.arrived_at), world.local_day(visit.left_at or visit.arrived_at)}
    missed = [each for each in sorted(days) if not companion.serves(each)]
    return f"did not work here on {missed[0]}" if missed else ""


def _host(visit: Visit, world: World) -> Iterator[str]:
    day = world.local_day(visit.arrived_at)
    if not visit.host:
        yield "there is no host"
        return
    host = world.person(visit.host)
    if host is None:
        yield f"the host {visit.host} is not known"
    elif not host.serves(day):
        yield f"the host {host.name} did not work here on {day}"
