"""The checks that compare what a scan saw with what the inventory declares.

They compare with the inventory as it stands on the day judged, so that a row that is accepted
or corrected settles a finding before the next scan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from adhere.areas.cookies.facts import Tracker
from adhere.areas.cookies.judging import most_days
from adhere.areas.cookies.scanning.judging import NEEDS, Said, Sight, verdicts
from adhere.areas.cookies.scanning.matching import about, declared_of, purposes_of, row_of
from adhere.areas.cookies.scanning.parameters import ForPurpose, Lifetimes, OfParty, Scanned
from adhere.areas.cookies.scanning.shape import Found, Seen
from adhere.core.checking import Verdict, World, check
from adhere.documents.quantities import retention_days
from adhere.scanner.declared import Declaration

DAY = 86_400


@check(
    "cookies.declared",
    strength="measured",
    subject="website",
    needs=NEEDS,
    parameters=OfParty,
)
def declared(chosen: OfParty, world: World) -> Iterable[Verdict]:
    """Each tracker seen stands in the inventory, with its vendor"""

    def question(sight: Sight) -> Said:
        kept = "every tracker seen stands in the inventory"
        return sight.said(kept, list(_undeclared(sight, chosen)), "accepted")

    return verdicts(chosen, world, question)


def _undeclared(sight: Sight, chosen: OfParty) -> Iterator[Found]:
    for found, seen, row in _standing(sight, "undeclared-tracker"):
        party, purpose = (seen.party, seen.purpose) if seen else ("", "")
        if not row and chosen.party in ("any", party) and chosen.purpose in ("any", purpose):
            yield found
    if chosen.party == "first":
        return
    told = Declaration(tuple(declared_of(row) for row in sight.inventory))
    for found in sight.found("undeclared-vendor"):
        named = told.names(found.subject) or told.names(found.subject.partition(".")[0])
        if not named and chosen.purpose in ("any", *purposes_of(found, sight.report, ())):
            yield found


def _standing(sight: Sight, rule: str) -> Iterator[tuple[Found, Seen | None, Tracker | None]]:
    """The findings of a rule, each with the tracker and the row that it is about."""
    for found in sight.found(rule):
        seen = next(about(found, sight.report), None)
        yield found, seen, row_of(seen, sight.inventory) if seen else None


@check(
    "cookies.party_right",
    strength="measured",
    subject="website",
    needs=NEEDS,
    parameters=Scanned,
)
def party_right(chosen: Scanned, world: World) -> Iterable[Verdict]:
    """First-party trackers are set by this website and read by it alone"""

    def question(sight: Sight) -> Said:
        faults = [
            found
            for found, seen, row in _standing(sight, "wrong-party")
            if not (seen and row and seen.party == row.party)
        ]
        faults += sight.found("cookie-syncing", "identifier-in-url")
        return sight.said("every party is as declared", faults, "accepted")

    return verdicts(chosen, world, question)


@check(
    "cookies.purpose_right",
    strength="measured",
    subject="website",
    needs=NEEDS,
    parameters=ForPurpose,
)
def purpose_right(chosen: ForPurpose, world: World) -> Iterable[Verdict]:
    """Each tracker serves the purpose under which it is declared"""

    def question(sight: Sight) -> Said:
        faults = [
            found
            for found, seen, row in _standing(sight, "wrong-purpose")
            if not (seen and row and seen.purpose == row.purpose)
            and (chosen.purpose == "any" or (row and row.purpose == chosen.purpose))
        ]
        return sight.said("every purpose is as declared", faults, "accepted")

    return verdicts(chosen, world, question)


@check(
    "cookies.necessary_is_necessary",
    strength="measured",
    subject="website",
    needs=NEEDS,
    parameters=Scanned,
)
def necessary_is_necessary(chosen: Scanned, world: World) -> Iterable[Verdict]:
    """Nothing declared strictly necessary is used for more"""

    def question(sight: Sight) -> Said:
        faults = [
            found
            for found, _, row in _standing(sight, "not-strictly-necessary")
            if row is None or row.strictly_necessary
        ]
        kept = "nothing declared strictly necessary is known to be more"
        return sight.said(kept, faults, "accepted")

    return verdicts(chosen, world, question)


@check(
    "cookies.lifetimes_kept",
    strength="measured",
    subject="website",
    needs=NEEDS,
    parameters=Lifetimes,
)
def lifetimes_kept(chosen: Lifetimes, world: World) -> Iterable[Verdict]:
    """No tracker lives longer than its declaration or the limit"""
    limit = most_days(chosen.longest)

    def question(sight: Sight) -> Said:
        faults = [
            f"{each.name} lives for {_days(each)}, {row.retention} declared"
            for each, row in _lasting(sight)
            if row and (days := retention_days(row.retention)) and _outlives(each, days[1])
        ]
        faults += [
            f"{each.name} lives for {_days(each)}, at most {chosen.longest.words} allowed"
            for each, _ in _lasting(sight)
            if (each.lifetime_seconds or 0) > limit * DAY
        ]
        kept = f"nothing lives longer than declared, or than {chosen.longest.words}"
        return sight.said(kept, faults, "accepted")

    return verdicts(chosen, world, question)


def _lasting(sight: Sight) -> Iterator[tuple[Seen, Tracker | None]]:
    """What was written to outlast the session, each with its row."""
    for each in sight.report.trackers:
        if each.lifetime_seconds:
            yield each, row_of(each, sight.inventory)


def _outlives(seen: Seen, days: int) -> bool:
    """More than half as long again, and by a day at least; sessions have a check of their own."""
    lifetime, said = seen.lifetime_seconds or 0, days * DAY
    return days > 0 and lifetime > 1.5 * said and lifetime - said >= DAY


def _days(seen: Seen) -> str:
    days = round((seen.lifetime_seconds or 0) / DAY)
    return f"{days} days" if days > 1 else "a day" if days else "less than a day"


@check(
    "cookies.sessions_end",
    strength="measured",
    subject="website",
    needs=NEEDS,
    parameters=Scanned,
)
def sessions_end(chosen: Scanned, world: World) -> Iterable[Verdict]:
    """What is declared to end with the session is stored for no longer"""

    def question(sight: Sight) -> Said:
        faults = [
            f"{each.name} is declared to end with the session and lives for {_days(each)}"
            for each, row in _lasting(sight)
            if row and retention_days(row.retention) == (0, 0)
        ]
        return sight.said("what is declared for the session ends with it", faults, "accepted")

    return verdicts(chosen, world, question)
