"""Two demands of one sentence: the programme is offered, and everybody attends it.

Common to both checks
---------------------
- Days are calendar days in the company's time zone. A session's day is the local day of its
  ``starts_at``. ``d`` is the judged day.
- A session belongs to the programme when its own programme holds all the words of that name,
  whatever their case: ``security`` finds “Security awareness” too.
- A session is *offered* when it belongs to the programme, is not cancelled, and its day is not
  after ``d``. That nobody came does not make it less offered: whether people come is the other
  demand's matter. A session that did not take place is to be cancelled.
- A re-scheduled session is the same session with corrected times; only its newest day counts. One
  moved past ``d`` is not offered yet.
- Something of day ``s`` is *within* the window on ``d`` when ``within.before(d) < s <= d``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated

import msgspec

from adhere.areas.training.facts import Attendance, Session
from adhere.areas.training.roll import ONE, Roll, offered_on
from adhere.areas.training.standing import (
    Case,
    Standing,
    Terms,
    away_on,
    expires,
    standing,
)
from adhere.core.checking import Person, Verdict, World, check
from adhere.core.durations import Duration
from adhere.core.judging import NOTHING_YET
from adhere.core.parameters import Parameters, between

Programme = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]


class Offered(Parameters, frozen=True):
    """How often a programme is offered within each window."""

    programme: Programme = "security"
    times: Annotated[int, msgspec.Meta(ge=1, le=52)] = 2
    within: Duration = Duration(12, "mo")

    def __post_init__(self) -> None:
        between("within", self.within, "1d", "10y")


class Attended(Parameters, frozen=True):
    """Within what window everybody attends; what joiners and the long absent are granted."""

    programme: Programme = "security"
    within: Duration = Duration(12, "mo")
    grace: Duration = Duration(90, "d")
    long_absence: Duration = Duration(30, "d")

    def __post_init__(self) -> None:
        between("within", self.within, "1d", "10y")
        between("grace", self.grace, "1d", "2y")
        between("long_absence", self.long_absence, "1d", "2y")

    @property
    def terms(self) -> Terms:
        return Terms(self.within, self.grace, self.long_absence)


@check(
    "training.offered",
    strength="inspected",
    subject="company",
    needs=("training-sessions",),
    parameters=Offered,
)
def offered(parameters: Offered, world: World) -> Iterator[Verdict]:
    """The programme was offered often enough in the window that ends on the day.

    One verdict, on the company.

    - ``n`` is the number of distinct days within the window on which the programme was offered:
      two groups on one day are one occasion.
    - ``satisfied`` when ``n >= times``.
    - Otherwise ``unknown`` while the company is younger than the window: let ``start`` be the
      earliest of every known person's ``joined`` and the day of every recorded session of any
      programme, cancelled ones included; it is younger while ``within.before(d) < start``.
    - Otherwise ``not-satisfied``, ``since`` the first day of the unbroken run of days up to ``d``
      on which the company was old enough and ``n < times``, but never before the day of the first
      recorded session of any programme, cancelled ones included.
    - Facts: the sessions offered within the window, oldest first. ``since`` is None unless
      ``not-satisfied``.
    """
    days = offered_on(parameters.programme, world)
    after = parameters.within.before(world.day)
    counted = sorted((day, key) for key, day in days.items() if day > after)
    facts = tuple(f"{Session.kind}/{key}" for _, key in counted)
    number = len({day for day, _ in counted})
    window = f"in the {parameters.within.words} up to {world.day.isoformat()}"
    said = f"“{parameters.programme}” was offered on {_days(number)} {window}"
    if number >= parameters.times:
        yield Verdict(world.company, "satisfied", said, None, facts)
        return
    recorded = _first_recorded(world)
    old_enough = expires(_start(world, recorded), parameters.within)
    wanted = f"{said}; {parameters.times} wanted"
    if world.day < old_enough:
        why = f"{wanted}, by {(old_enough - ONE).isoformat()} when the first window is full"
        yield Verdict(world.company, "unknown", why, None, facts)
        return
    since = _too_few_since(sorted(set(days.values())), parameters)
    yield Verdict(world.company, "not-satisfied", wanted, max(since, old_enough, recorded), facts)


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number or 'no'} days"


def _first_recorded(world: World) -> date:
    return min(world.local_day(session.starts_at) for session in world.facts(Session))


def _start(world: World, recorded: date) -> date:
    return min((person.joined for person in world.facts(Person)), default=recorded)


def _too_few_since(days: Sequence[date], parameters: Offered) -> date:
    """The day after the last one on which ``times`` session days lay within one window."""
    times = parameters.times
    groups = zip(days, days[times - 1 :], strict=False)
    ends = [(expires(first, parameters.within), last) for first, last in groups]
    return max((end for end, last in ends if last < end), default=date.min)


@check(
    "training.attended",
    strength="inspected",
    subject="person",
    needs=("attendance", "training-sessions", "absences"),
    parameters=Attended,
)
def attended(parameters: Attended, world: World) -> Iterator[Verdict]:
    """Every employee and contractor attended a session of the programme within the window.

    One verdict for each person at work on ``d`` (``joined <= d``, and ``left`` not before ``d``);
    none for those who have left or not yet joined. When neither sessions nor attendance of any
    programme are recorded: one ``unknown`` on the company. When the programme itself has no
    offered session yet: ``unknown`` for each person.

    Only attendance at offered sessions counts, by the session's day. An outcome ``excused`` counts
    unless the person attended another session of that day; ``absent`` and no record are the same.

    1. *Long absence*: a person's absences that overlap or touch are one; it is long when it lasts
       at least ``long_absence`` days, first and last included, or its end is open (``last`` is
       then ``d``). A session is *offered to a person* when its day is not in a long absence of
       theirs.
    2. *Covered*: with ``a`` the latest day attended, the person is covered from ``a`` through the
       last day on which ``a`` is still within the window.
    3. In order of their start, each long absence that ends after ``a`` and begins no later than
       the day after the covered end moves that end by its number of days after ``a``: the window
       stands still while somebody is away.
    4. *Starting on day x* (``joined``; or the day after a long absence) one is in order through
       the latest of: ``grace.after(x)``; the first day from ``x`` on that a session was offered to
       the person, at most ``within.after(x)`` (which also stands where there was none yet); the
       programme's first offered day ever.
    5. *Excused*: whoever is excused from a session offered to them on day ``e``, while in order on
       ``e``, stays so through the next later day offered to them, at most ``within.after(e)``
       (which also stands while there was none yet). An excuse does not count when the day
       offered to them just before ``e`` was excused too (for the run from ``a`` of rule 7: and
       lies after ``a``): who cannot come twice in a row needs an exemption.
    6. *Returned*: whoever was in order on the day before a long absence (it begins no later than
       the day after the due day) is in order through it, and then as one who starts on the day
       after it (rule 4).
    7. The *due day* is the last day in order. Run rules 5 and 6 over excuses and long absences in
       order of their (first) day, twice: from rule 4 with ``joined`` (excuses from ``joined`` on,
       absences that end on or after it), and, where ``a`` exists, from the covered end (excuses
       after ``a``, absences that end after it); each rule only ever moves the due day later. The
       later of both results is the due day.

    States, the first that fits:

    - ``satisfied`` when ``a`` exists and ``d`` is not after the covered end. Nobody is satisfied
      without an attended session.
    - ``not-applicable`` when ``d`` lies in a long absence, whatever was owed before it.
    - ``not-applicable`` when ``d`` is not after the due day: a joiner, somebody back, or excused.
    - ``not-satisfied``, ``since`` the later of the day after the due day and the day after the
      last long absence that ended before ``d``.

    Facts: the person's attendance records at offered sessions of the programme from day ``a`` on
    (all of them where ``a`` does not exist), whatever their outcome, by session day, then key;
    then the records of long absences that end after ``a`` (without ``a``: on or after
    ``joined``), by start. A ``not-satisfied`` without any names the latest session offered to the
    person by day, then key, where there is one.
    ``since`` is None unless ``not-satisfied``.
    """
    if not world.has((Session.kind, Attendance.kind)):
        yield Verdict(world.company, "unknown", NOTHING_YET)
        return
    roll = Roll(parameters.programme, parameters.terms, world)
    for person in world.people():
        if not roll.offered:
            why = f"no session of “{parameters.programme}” is recorded yet"
            yield Verdict(person.subject, "unknown", why)
        else:
            yield _verdict(person, roll)


def _verdict(person: Person, roll: Roll) -> Verdict:
    case, day = roll.case(person), roll.world.day
    found = standing(case, roll.terms)
    facts = roll.shown_by(person, case)
    away = away_on(day, case.away)
    if found.covered and day <= found.covered:
        why = f"attended on {case.attended[-1].isoformat()}, good until {found.covered.isoformat()}"
        return Verdict(person.subject, "satisfied", why, None, facts)
    if away:
        until = "" if away.open else f" until {away.last.isoformat()}"
        why = f"on long absence since {away.first.isoformat()}{until}"
        return Verdict(person.subject, "not-applicable", why, None, facts)
    if day <= found.due:
        return Verdict(person.subject, "not-applicable", _granted(found), None, facts)
    back = max((span.last + ONE for span in case.away if span.last < day), default=date.min)
    since = max(found.due + ONE, back)
    shown = facts or roll.latest_missed(case)
    return Verdict(person.subject, "not-satisfied", _broken(case, found), since, shown)


def _granted(found: Standing) -> str:
    words = {"joined": "joined on", "returned": "back from long absence on"}
    began = f"{words.get(found.reason, 'excused on')} {found.event.isoformat()}"
    if found.open:
        return f"{began}, has until the next session, at the latest {found.due.isoformat()}"
    return f"{began}, has until {found.due.isoformat()}"


def _broken(case: Case, found: Standing) -> str:
    last = (
        f"last attended on {case.attended[-1].isoformat()}" if case.attended else "never attended"
    )
    why = f"{last}, was due by {found.due.isoformat()}"
    if found.reason == "excused":
        why += f"; excused on {found.event.isoformat()}, and not at the session after it"
    return why
