"""The checks of what is stored and sent, in each state of consent, that a scan decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from adhere.areas.cookies.scanning.judging import NEEDS, Said, Sight, verdicts
from adhere.areas.cookies.scanning.matching import purposes_of
from adhere.areas.cookies.scanning.parameters import ForPurpose, Scanned
from adhere.areas.cookies.scanning.shape import Found
from adhere.core.checking import Verdict, World, check

REFUSALS = ("tracker-despite-refusal", "request-despite-refusal")


def _faults(sight: Sight, purpose: str, rules: Sequence[str], states: Sequence[str]) -> list[Found]:
    """Findings of the rules, and fingerprinting in the states, of one purpose or of any."""
    found = [
        *sight.found(*rules),
        *(each for each in sight.found("fingerprinting") if each.state in states),
    ]
    return [
        each
        for each in found
        if purpose == "any" or purpose in purposes_of(each, sight.report, sight.inventory)
    ]


@check(
    "cookies.nothing_before_consent",
    strength="measured",
    subject="website",
    needs=NEEDS,
    parameters=ForPurpose,
)
def nothing_before_consent(chosen: ForPurpose, world: World) -> Iterable[Verdict]:
    """No tracker is stored and none is asked for before the visitor has answered"""

    def question(sight: Sight) -> Said:
        rules = ("tracker-before-consent", "request-before-consent")
        faults = _faults(sight, chosen.purpose, rules, ("before", "ignored"))
        return sight.said("nothing that needs consent appears before it", faults, "before")

    return verdicts(chosen, world, question)


@check(
    "cookies.refusal_honoured",
    strength="measured",
    subject="website",
    needs=NEEDS,
    parameters=ForPurpose,
)
def refusal_honoured(chosen: ForPurpose, world: World) -> Iterable[Verdict]:
    """After a refusal no tracker that needs consent appears"""

    def question(sight: Sight) -> Said:
        faults = _faults(sight, chosen.purpose, REFUSALS, ("refused",))
        # What appears beside the one purpose that was chosen is told there.
        faults = [each for each in faults if not each.state.startswith("purpose:")]
        # Consent noted against a refusal concerns every purpose.
        faults += sight.found("refusal-recorded-as-consent")
        return sight.said("nothing that needs consent appears after a refusal", faults, "refused")

    return verdicts(chosen, world, question)


@check(
    "cookies.withdrawal_honoured",
    strength="measured",
    subject="website",
    needs=NEEDS,
    parameters=Scanned,
)
def withdrawal_honoured(chosen: Scanned, world: World) -> Iterable[Verdict]:
    """After a withdrawal the trackers are gone and none comes back"""

    def question(sight: Sight) -> Said:
        rules = ("tracker-survives-withdrawal", "tracker-respawns")
        faults = _faults(sight, "any", rules, ("withdrawn",))
        return sight.said("nothing that needs consent outlives a withdrawal", faults, "withdrawn")

    return verdicts(chosen, world, question)


@check(
    "cookies.gpc_honoured",
    strength="measured",
    subject="website",
    needs=NEEDS,
    parameters=Scanned,
)
def gpc_honoured(chosen: Scanned, world: World) -> Iterable[Verdict]:
    """A browser that sends Global Privacy Control meets no such tracker"""

    def question(sight: Sight) -> Said:
        faults = _faults(sight, "any", ("tracker-despite-gpc",), ("gpc",))
        kept = "nothing that needs consent appears in a browser that sends the signal"
        return sight.said(kept, faults, "gpc")

    return verdicts(chosen, world, question)


@check(
    "cookies.stored_securely",
    strength="measured",
    subject="website",
    needs=NEEDS,
    parameters=Scanned,
)
def stored_securely(chosen: Scanned, world: World) -> Iterable[Verdict]:
    """Cookies that can be protected in transit and from scripts are"""

    def question(sight: Sight) -> Said:
        # How a cookie was written is certain, even where what it is for is not.
        faults = [each.why for each in sight.found("insecure-cookie")]
        return sight.said("every cookie is protected as well as it can be", faults, "accepted")

    return verdicts(chosen, world, question)
