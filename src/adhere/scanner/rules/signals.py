"""What the page tells others of the visitor's choice, against what that choice was."""

from __future__ import annotations

import re
from collections.abc import Iterator

from adhere.scanner.observations import Signal
from adhere.scanner.rules.finding import Finding, Severity, of_signal
from adhere.scanner.rules.seen import Seen
from adhere.scanner.rules.wording import when

# Granted without asking by their own definition.
_NECESSARY = re.compile(
    r"necess|essent|required|security|function|noodzak|functione|erforderlich|notwendig|nécess",
    re.IGNORECASE,
)


def consent_before_choice(seen: Seen) -> Iterator[Finding]:
    for signal in granting(seen, "before"):
        yield of_grant("consent-before-choice", signal)


def refusal_recorded_as_consent(seen: Seen) -> Iterator[Finding]:
    """Where all other signs tell of the refusal and a signal alone denies it, a person decides."""
    sure: Severity = "warning" if "refused" in seen.contradicted else "error"
    for signal in granting(seen, "refused"):
        yield of_grant("refusal-recorded-as-consent", signal, sure)


def granting(seen: Seen, state: str) -> list[Signal]:
    """Each source's last word in a state that was reached, where it grants what needs consent."""
    if state not in seen.reached | seen.contradicted:
        return []
    last = {one.source: one for one in seen.saw.signals if one.state == state}
    return [one for one in last.values() if _granted(one)]


def of_grant(rule: str, signal: Signal, severity: Severity = "error") -> Finding:
    """What a signal claims, as a finding."""
    granted = ", ".join(_granted(signal))
    why = f"{signal.source} says {when(signal.state)} that consent is given to {granted}."
    return Finding(rule, severity, signal.source, signal.state, why, (of_signal(signal),))


def _granted(signal: Signal) -> list[str]:
    return [name for name, on in signal.says.items() if on and not _NECESSARY.search(name)]
