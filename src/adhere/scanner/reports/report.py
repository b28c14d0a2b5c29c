"""All that a report tells."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from msgspec import Struct

from adhere.scanner.observations import Observations
from adhere.scanner.rules.finding import SEVERITIES, Finding, Severity
from adhere.scanner.rules.judging import judge, unjudged
from adhere.scanner.rules.seen import Seen

FailOn = Literal["error", "warning", "note", "never"]
FAIL_ON: tuple[FailOn, ...] = ("error", "warning", "note", "never")


class Report(Struct, dict=True):
    """What a scan saw and what that means. ``fail_on`` is the least severity that fails it."""

    seen: Seen
    fail_on: FailOn = "warning"

    @property
    def saw(self) -> Observations:
        return self.seen.saw

    @cached_property
    def findings(self) -> list[Finding]:
        """The surest first."""
        return judge(self.seen)

    @cached_property
    def unjudged(self) -> dict[str, str]:
        """The rules whose silence says nothing, with why."""
        return unjudged(self.seen)

    @property
    def failed(self) -> bool:
        """Whether anything is as severe as ``fail_on``."""
        return any(self.fails(each) for each in self.findings)

    def fails(self, finding: Finding) -> bool:
        return (
            FAIL_ON.index(finding.severity) <= FAIL_ON.index(self.fail_on) != FAIL_ON.index("never")
        )

    def counts(self) -> dict[Severity, int]:
        """How many findings of each severity."""
        return {each: sum(one.severity == each for one in self.findings) for each in SEVERITIES}
