"""How a website's scans become a verdict: the newest decides, those before it say since when."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec

from adhere.areas.cookies.facts import Tracker
from adhere.areas.cookies.judging import active, none_yet
from adhere.areas.cookies.scanning.facts import Scan
from adhere.areas.cookies.scanning.parameters import Scanned
from adhere.areas.cookies.scanning.shape import Found, Report
from adhere.core.checking import State, Subject, Verdict, World

NEEDS = ("scans", "sites", "trackers")
MOST = 3


class Said(msgspec.Struct, frozen=True):
    """What one scan says to one question: its faults, or why it cannot tell, or that all is well.

    ``beside`` says why the question does not arise.
    """

    kept: str
    faults: tuple[str, ...] = ()
    cannot: str = ""
    beside: str = ""

    @property
    def state(self) -> State:
        if self.faults:
            return "not-satisfied"
        return "unknown" if self.cannot else "not-applicable" if self.beside else "satisfied"

    @property
    def why(self) -> str:
        return joined(self.faults) or self.cannot or self.beside or self.kept


def joined(told: Sequence[str]) -> str:
    """The first few sentences, and how many there are besides."""
    more = f" (and {len(told) - MOST} more)" if len(told) > MOST else ""
    return "; ".join(told[:MOST]) + more


def _told(faults: Sequence[Found | str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is certain and what is not, each said once."""
    certain: dict[str, None] = {}
    doubtful: dict[str, None] = {}
    for each in faults:
        why = each if isinstance(each, str) else each.why
        sure = isinstance(each, str) or each.severity == "error"
        (certain if sure else doubtful)[why.rstrip(".")] = None
    return tuple(certain), tuple(doubtful)


class Sight(msgspec.Struct, frozen=True):
    """One scan beside the inventory of its website."""

    scan: Scan
    inventory: Sequence[Tracker]
    world: World

    @property
    def report(self) -> Report:
        return self.scan.report

    def found(self, *rules: str) -> list[Found]:
        """The findings of these rules that count; a note is no breach."""
        return [
            each for each in self.report.findings if each.rule in rules and each.severity != "note"
        ]

    def said(self, kept: str, faults: Sequence[Found | str], *states: str) -> Said:
        """Faults as they are; their absence counts only where each of the states was reached.

        What a scan is not certain of is for a person to look at, and no fault yet.
        """
        certain, doubtful = _told(faults)
        missing = [each for each in states if each not in self.report.states]
        if certain:
            return Said(kept, certain)
        if doubtful:
            return Said(kept, cannot=f"a person has to look: {joined(doubtful)}")
        if not missing:
            return Said(kept)
        if without_dialog := self.needs_no_dialog():
            return Said(kept, beside=without_dialog)
        return Said(kept, cannot=f"the scan did not reach the state “{missing[0]}”")

    def needs_no_dialog(self) -> str:
        """That there is nothing to ask for, and so no dialog; empty where there is."""
        if self.report.dialog.found or self.found("no-dialog"):
            return ""
        return "no dialog is shown, and nothing was seen that needs consent"


Question = Callable[[Sight], Said]


def verdicts(chosen: Scanned, world: World, question: Question) -> Iterator[Verdict]:
    """What the newest scan of each website says, and since which scan without a break."""
    yield from none_yet(world)
    for site in active(world):
        scans = world.by(Scan, "site").get(site.key, [])
        rows = [each for each in world.facts(Tracker) if each.site in ("", site.key)]
        if not scans:
            yield Verdict(site.subject, "unknown", "it was never scanned")
            continue
        day = world.local_day(scans[-1].happened_at)
        if chosen.stale.after(day) < world.day:
            why = f"the last scan is of {day.isoformat()}: too old to tell"
            yield Verdict(site.subject, "unknown", why, chosen.stale.after(day))
            continue
        yield _verdict(site.subject, [Sight(each, rows, world) for each in scans], question)


def _verdict(subject: Subject, sights: Sequence[Sight], question: Question) -> Verdict:
    said = question(sights[-1])
    first = sights[-1]
    for earlier in reversed(sights[:-1]):
        if question(earlier).state != said.state:
            break
        first = earlier
    refs = tuple(dict.fromkeys((sights[-1].scan.ref, first.scan.ref)))
    since = first.world.local_day(first.scan.happened_at)
    return Verdict(subject, said.state, said.why, since, refs)
